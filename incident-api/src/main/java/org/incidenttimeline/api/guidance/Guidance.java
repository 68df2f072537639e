package org.incidenttimeline.api.guidance;

import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.PlaybookInUse;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.RunbookInUse;
import org.incidenttimeline.core.guidance.InUse;
import org.incidenttimeline.core.history.PlaybookHistory;
import org.incidenttimeline.core.history.RunbookHistory;
import org.springframework.stereotype.Component;

/** Looks up what an incident is to follow or to apply, in the log and not in a view: an approval counts at once. */
@Component
public class Guidance {
    private final RunbookHistory runbooks;
    private final PlaybookHistory playbooks;

    Guidance(RunbookHistory runbooks, PlaybookHistory playbooks) {
        this.runbooks = runbooks;
        this.playbooks = playbooks;
    }

    /**
     * The revision of a runbook that is in use.
     *
     * @throws org.incidenttimeline.core.incident.RefusedException if none is
     */
    public RunbookInUse runbook(RunbookId runbook) {
        return InUse.runbook(
                runbook,
                runbooks.of(runbook).stream().map(RecordedRunbookEvent::event).toList());
    }

    /**
     * The revision of a playbook that is in use.
     *
     * @throws org.incidenttimeline.core.incident.RefusedException if none is
     */
    public PlaybookInUse playbook(PlaybookId playbook) {
        return InUse.playbook(
                playbook,
                playbooks.of(playbook).stream()
                        .map(RecordedPlaybookEvent::event)
                        .toList());
    }
}
