package org.incidenttimeline.projections.store;

import java.util.List;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;

/**
 * A view that is kept in tables and follows the log. Events of one stream come in the order of their versions; one
 * that comes again, or after a later one, changes nothing. The caller holds the transaction.
 */
public interface LiveView {
    /** What the view is called in {@code view_progress} and by those who operate it. */
    String name();

    /** The tables that make it up, those first that rest on others. */
    List<String> tables();

    /** Applies one event of an incident and notes its position. */
    void apply(RecordedEvent event);

    /** Applies one event of a runbook and notes its position; most views are of incidents alone. */
    default void apply(RecordedRunbookEvent event) {
        pass(event.position());
    }

    /** Applies one event of a playbook and notes its position. */
    default void apply(RecordedPlaybookEvent event) {
        pass(event.position());
    }

    /** Applies one event of whatever kind. */
    default void apply(Recorded event) {
        switch (event) {
            case RecordedEvent e -> apply(e);
            case RecordedRunbookEvent e -> apply(e);
            case RecordedPlaybookEvent e -> apply(e);
        }
    }

    /** Notes a position at which there is nothing for this view, so that nobody waits for it. */
    void pass(long position);

    /** The place in the whole log up to which every event is applied; 0 before the first. */
    long position();

    /** Forgets all that it has of an incident, whose events then come again from the first one on. */
    void forget(IncidentId incident);

    /** Forgets everything, to be built again from the first event. */
    void clear();
}
