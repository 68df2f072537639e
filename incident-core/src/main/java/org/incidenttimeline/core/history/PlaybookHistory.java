package org.incidenttimeline.core.history;

import java.util.List;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;

/** Reads what the log holds of playbooks. */
public interface PlaybookHistory {
    /** Every event of a playbook in the order of its versions; empty when there is no such playbook. */
    List<RecordedPlaybookEvent> of(PlaybookId playbook);

    /** How many events there are of a playbook; 0 when there is no such playbook. */
    default long versionOf(PlaybookId playbook) {
        return of(playbook).size();
    }
}
