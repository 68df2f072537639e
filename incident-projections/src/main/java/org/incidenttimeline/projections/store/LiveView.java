package org.incidenttimeline.projections.store;

import java.util.List;
import org.incidenttimeline.core.event.RecordedEvent;

/**
 * A view that is kept in tables and follows the log. Events of one incident come in the order of their versions; one
 * that comes again, or after a later one, changes nothing. The caller holds the transaction.
 */
public interface LiveView {
    /** What the view is called in {@code view_progress} and by those who operate it. */
    String name();

    /** The tables that make it up, those first that rest on others. */
    List<String> tables();

    /** Applies one event and notes its position. */
    void apply(RecordedEvent event);

    /** The place in the whole log up to which every event is applied; 0 before the first. */
    long position();

    /** Forgets everything, to be built again from the first event. */
    void clear();
}
