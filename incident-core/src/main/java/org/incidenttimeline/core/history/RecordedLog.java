package org.incidenttimeline.core.history;

import java.util.List;
import org.incidenttimeline.core.event.RecordedEvent;

/** Reads what the log holds of all incidents, in the order in which it was recorded. */
public interface RecordedLog {
    /** So many events at most behind a position; empty where there are none yet. */
    List<RecordedEvent> after(long position, int most);

    /** The position of the last event, 0 before the first. */
    long head();
}
