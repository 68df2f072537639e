package org.incidenttimeline.core.history;

import java.util.List;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RunbookId;

/** Reads what the log holds of runbooks. */
public interface RunbookHistory {
    /** Every event of a runbook in the order of its versions; empty when there is no such runbook. */
    List<RecordedRunbookEvent> of(RunbookId runbook);

    /** How many events there are of a runbook; 0 when there is no such runbook. */
    default long versionOf(RunbookId runbook) {
        return of(runbook).size();
    }
}
