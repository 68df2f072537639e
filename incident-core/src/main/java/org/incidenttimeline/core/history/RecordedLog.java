package org.incidenttimeline.core.history;

import java.util.List;
import org.incidenttimeline.core.event.Recorded;

/** Reads what the log holds, in the order in which it was recorded. */
public interface RecordedLog {
    /** So many events at most behind a position; empty where there are none yet. */
    List<Recorded> after(long position, int most);

    /** The position of the last event, 0 before the first. */
    long head();
}
