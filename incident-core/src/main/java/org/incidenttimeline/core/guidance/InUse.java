package org.incidenttimeline.core.guidance;

import static org.incidenttimeline.core.incident.Refusal.*;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookEvent;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.PlaybookInUse;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookEvent;
import org.incidenttimeline.core.event.RunbookEvent.*;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.RunbookInUse;
import org.incidenttimeline.core.incident.RefusedException;

/** Which revision responders act on: the one approved last, of what is not retired. */
public final class InUse {
    private InUse() {}

    /**
     * The revision of a runbook that is in use.
     *
     * @param events everything that happened to it, in order
     * @throws RefusedException if there is no such runbook, none of its revisions was approved, or it was retired
     */
    public static RunbookInUse runbook(RunbookId runbook, List<RunbookEvent> events) {
        var standing = Standing.UNWRITTEN;
        for (var event : events) {
            standing = standing.evolve(event);
        }
        if (!standing.isWritten()) {
            throw RUNBOOK_NOT_DRAFTED.because("There is no runbook " + runbook + ".");
        }
        if (standing.retired()) {
            throw RUNBOOK_RETIRED.because("The runbook " + runbook + " was retired; it is in use no more.");
        }
        int approved = standing.approved();
        return events.stream()
                .flatMap(event -> content(event, approved).stream())
                .findFirst()
                .map(content -> new RunbookInUse(runbook, approved, content))
                .orElseThrow(() -> RUNBOOK_NOT_APPROVED.because(
                        "Nobody has approved the runbook " + runbook + " yet; approve it first."));
    }

    /**
     * The revision of a playbook that is in use.
     *
     * @param events everything that happened to it, in order
     * @throws RefusedException if there is no such playbook, none of its revisions was approved, or it was retired
     */
    public static PlaybookInUse playbook(PlaybookId playbook, List<PlaybookEvent> events) {
        var standing = Standing.UNWRITTEN;
        for (var event : events) {
            standing = standing.evolve(event);
        }
        if (!standing.isWritten()) {
            throw PLAYBOOK_NOT_DRAFTED.because("There is no playbook " + playbook + ".");
        }
        if (standing.retired()) {
            throw PLAYBOOK_RETIRED.because("The playbook " + playbook + " was retired; it is in use no more.");
        }
        int approved = standing.approved();
        return events.stream()
                .flatMap(event -> content(event, approved).stream())
                .findFirst()
                .map(content -> new PlaybookInUse(playbook, approved, content))
                .orElseThrow(() -> PLAYBOOK_NOT_APPROVED.because(
                        "Nobody has approved the playbook " + playbook + " yet; approve it first."));
    }

    private static Optional<RunbookContent> content(RunbookEvent event, int revision) {
        return switch (event) {
            case RunbookDrafted e when revision == 1 -> Optional.of(e.content());
            case RunbookRevised e when revision == e.revision() -> Optional.of(e.content());
            case RunbookDrafted _, RunbookRevised _, RunbookApproved _, RunbookRetired _ -> Optional.empty();
        };
    }

    private static Optional<PlaybookContent> content(PlaybookEvent event, int revision) {
        return switch (event) {
            case PlaybookDrafted e when revision == 1 -> Optional.of(e.content());
            case PlaybookRevised e when revision == e.revision() -> Optional.of(e.content());
            case PlaybookDrafted _, PlaybookRevised _, PlaybookApproved _, PlaybookRetired _ -> Optional.empty();
        };
    }
}
