package org.incidenttimeline.core.guidance;

import static org.incidenttimeline.core.incident.Refusal.*;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.PlaybookCommand.*;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookEvent;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.incident.Cadence;

/** The rules of a playbook: which events a command leads to, or the refusal that tells why it leads to none. */
public final class PlaybookDecider {
    /** Most lines of one kind, such as roles or escalations; an application is one append, and one page to read. */
    public static final int MOST_LINES = 50;

    private PlaybookDecider() {}

    /**
     * Decides a command.
     *
     * @return the events that follow, in order; none when it is so already
     * @throws org.incidenttimeline.core.incident.RefusedException if a rule stands in the way
     */
    public static List<PlaybookEvent> decide(Standing standing, PlaybookCommand command) {
        if (!standing.isWritten() && !(command instanceof DraftPlaybook)) {
            throw PLAYBOOK_NOT_DRAFTED.because("There is no playbook " + command.playbookId() + ".");
        }
        return switch (command) {
            case DraftPlaybook c -> draft(standing, c);
            case RevisePlaybook c -> revise(standing, c);
            case ApprovePlaybook c -> approve(standing, c);
            case RetirePlaybook c ->
                standing.retired() ? List.of() : List.of(new PlaybookRetired(c.playbookId(), c.because()));
        };
    }

    private static List<PlaybookEvent> draft(Standing standing, DraftPlaybook c) {
        if (standing.isWritten()) {
            throw PLAYBOOK_ALREADY_DRAFTED.because("The identifier " + c.playbookId()
                    + " belongs to a playbook that was drafted before; revise that one.");
        }
        check(c.content());
        return List.of(new PlaybookDrafted(c.playbookId(), c.content(), c.author()));
    }

    private static List<PlaybookEvent> revise(Standing standing, RevisePlaybook c) {
        requireInUse(standing, c);
        check(c.content());
        return List.of(
                new PlaybookRevised(c.playbookId(), standing.revision() + 1, c.content(), c.author(), c.because()));
    }

    private static List<PlaybookEvent> approve(Standing standing, ApprovePlaybook c) {
        requireInUse(standing, c);
        if (standing.approved() == c.revision()) {
            return List.of();
        }
        var reason = Approvals.reason(standing, c.revision(), c.approver(), c.overrideBecause());
        return List.of(
                new PlaybookApproved(c.playbookId(), c.revision(), c.approver().name(), reason));
    }

    private static void requireInUse(Standing standing, PlaybookCommand c) {
        if (standing.retired()) {
            throw PLAYBOOK_RETIRED.because(
                    "The playbook " + c.playbookId() + " was retired; draft another one under another identifier.");
        }
    }

    private static void check(PlaybookContent content) {
        requireFew(content.services(), "services");
        requireFew(content.roles(), "roles");
        requireFew(content.escalations(), "escalations");
        requireFew(content.decisions(), "decisions");
        requireFew(content.communication(), "communication");
        if (content.roles().isEmpty() && content.communication().isEmpty()) {
            throw PLAYBOOK_EMPTY.because(
                    "Say in roles who takes which role, or in communication who tells whom: nothing else is applied.",
                    Map.of("field", "roles"));
        }
        for (int i = 0; i < content.communication().size(); i++) {
            Cadence.check(content.communication().get(i).cadence(), "communication/" + i + "/cadence");
        }
        requireOneHolder(content);
    }

    /** An incident has one holder of each role but the experts, and a playbook that names two could not be applied. */
    private static void requireOneHolder(PlaybookContent content) {
        for (var severity : Severity.values()) {
            var taken = new HashSet<Role>();
            for (var line : content.forSeverity(severity).roles()) {
                if (line.role() != Role.SUBJECT_EXPERT && !taken.add(line.role())) {
                    throw ROLE_TAKEN_TWICE.because(
                            "For " + severity + " two people take the role " + line.role() + ", and only one can.",
                            Map.of("field", "roles", "role", line.role().name(), "severity", severity.name()));
                }
            }
        }
    }

    private static void requireFew(Collection<?> lines, String field) {
        if (lines.size() > MOST_LINES) {
            throw PLAYBOOK_TOO_LONG.because(
                    "There are " + lines.size() + " lines in " + field + ", and " + MOST_LINES + " is the most.",
                    Map.of("field", field));
        }
    }
}
