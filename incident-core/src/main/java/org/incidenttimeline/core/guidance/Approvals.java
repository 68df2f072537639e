package org.incidenttimeline.core.guidance;

import static org.incidenttimeline.core.incident.Refusal.APPROVAL_BY_ANOTHER_REQUIRED;
import static org.incidenttimeline.core.incident.Refusal.APPROVAL_BY_HUMAN_REQUIRED;
import static org.incidenttimeline.core.incident.Refusal.REVISION_NOT_LATEST;

import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Text;

/** Who may stand for which revision; the same for everything that responders are told beforehand. */
final class Approvals {
    private Approvals() {}

    /**
     * The reason to record with the approval: only one who approves their own words gives one.
     *
     * @throws org.incidenttimeline.core.incident.RefusedException if the revision is not the newest, a tool
     *     approves it, or its author does without a reason
     */
    static Optional<Text> reason(Standing standing, int revision, Actor approver, Optional<Text> overrideBecause) {
        if (revision != standing.revision()) {
            throw REVISION_NOT_LATEST.because(
                    "The newest revision is " + standing.revision() + "; read it and approve that one.",
                    Map.of("field", "revision", "revision", Integer.toString(standing.revision())));
        }
        if (approver.kind() == Actor.Kind.TOOL) {
            throw APPROVAL_BY_HUMAN_REQUIRED.because(
                    "A tool cannot stand for what responders are told; let a human approve it with their own credential.",
                    Map.of("approver", approver.name().value()));
        }
        if (!standing.author().equals(Optional.of(approver.name()))) {
            return Optional.empty();
        }
        if (overrideBecause.isEmpty()) {
            throw APPROVAL_BY_ANOTHER_REQUIRED.because(
                    approver.name() + " wrote revision " + revision
                            + "; let somebody else approve it, or say in overrideBecause why nobody else can.",
                    Map.of("author", approver.name().value()));
        }
        return overrideBecause;
    }
}
