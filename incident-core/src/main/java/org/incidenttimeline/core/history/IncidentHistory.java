package org.incidenttimeline.core.history;

import java.util.List;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;

/** Reads what the log holds. */
public interface IncidentHistory {
    /** Every event of an incident in the order of its versions; empty when there is no such incident. */
    List<RecordedEvent> of(IncidentId incident);

    /** How many events there are of an incident; 0 when there is no such incident. */
    default long versionOf(IncidentId incident) {
        return of(incident).size();
    }
}
