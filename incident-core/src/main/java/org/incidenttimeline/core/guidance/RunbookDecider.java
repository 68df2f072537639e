package org.incidenttimeline.core.guidance;

import static org.incidenttimeline.core.incident.Refusal.*;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.command.RunbookCommand.*;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookEvent;
import org.incidenttimeline.core.event.RunbookEvent.*;

/** The rules of a runbook: which events a command leads to, or the refusal that tells why it leads to none. */
public final class RunbookDecider {
    /** A runbook that takes longer to read is refused: nobody reads on while the service is down. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /** A runbook that takes longer to read is taken, with a warning. */
    public static final Duration LONG = Duration.ofMinutes(5);

    private RunbookDecider() {}

    /**
     * Decides a command.
     *
     * @return the events that follow, in order; none when it is so already
     * @throws org.incidenttimeline.core.incident.RefusedException if a rule stands in the way
     */
    public static List<RunbookEvent> decide(Standing standing, RunbookCommand command) {
        if (!standing.isWritten() && !(command instanceof DraftRunbook)) {
            throw RUNBOOK_NOT_DRAFTED.because("There is no runbook " + command.runbookId() + ".");
        }
        return switch (command) {
            case DraftRunbook c -> draft(standing, c);
            case ReviseRunbook c -> revise(standing, c);
            case ApproveRunbook c -> approve(standing, c);
            case RetireRunbook c ->
                standing.retired() ? List.of() : List.of(new RunbookRetired(c.runbookId(), c.because()));
        };
    }

    private static List<RunbookEvent> draft(Standing standing, DraftRunbook c) {
        if (standing.isWritten()) {
            throw RUNBOOK_ALREADY_DRAFTED.because("The identifier " + c.runbookId()
                    + " belongs to a runbook that was drafted before; revise that one.");
        }
        check(c.content());
        return List.of(new RunbookDrafted(c.runbookId(), c.content(), c.author()));
    }

    private static List<RunbookEvent> revise(Standing standing, ReviseRunbook c) {
        requireInUse(standing, c);
        check(c.content());
        return List.of(
                new RunbookRevised(c.runbookId(), standing.revision() + 1, c.content(), c.author(), c.because()));
    }

    private static List<RunbookEvent> approve(Standing standing, ApproveRunbook c) {
        requireInUse(standing, c);
        if (standing.approved() == c.revision()) {
            return List.of();
        }
        var reason = Approvals.reason(standing, c.revision(), c.approver(), c.overrideBecause());
        return List.of(
                new RunbookApproved(c.runbookId(), c.revision(), c.approver().name(), reason));
    }

    private static void requireInUse(Standing standing, RunbookCommand c) {
        if (standing.retired()) {
            throw RUNBOOK_RETIRED.because(
                    "The runbook " + c.runbookId() + " was retired; draft another one under another identifier.");
        }
    }

    private static void check(RunbookContent content) {
        requirePart(content.services(), "services", "the services it is for; * for any");
        requirePart(content.symptoms(), "symptoms", "how one recognises that it is this trouble");
        requirePart(content.firstChecks(), "firstChecks", "what to look at before anything is changed");
        requirePart(content.safeMitigations(), "safeMitigations", "what makes things better and not worse");
        requirePart(content.restoredWhen(), "restoredWhen", "how one knows that the service is truly restored");
        requirePart(content.rollback(), "rollback", "how the mitigations are undone");
        var time = content.readingTime();
        if (time.compareTo(LONGEST) > 0) {
            throw RUNBOOK_TOO_LONG.because(
                    "To read this takes " + time.toMinutes() + " min " + time.toSecondsPart() + " s, and "
                            + LONGEST.toMinutes() + " min is the most: shorten it, or make two of it.",
                    Map.of("readingTime", time.toString(), "longest", LONGEST.toString()));
        }
    }

    private static void requirePart(Collection<?> part, String field, String what) {
        if (part.isEmpty()) {
            throw RUNBOOK_PART_REQUIRED.because("Say in " + field + " " + what + ".", Map.of("field", field));
        }
    }
}
