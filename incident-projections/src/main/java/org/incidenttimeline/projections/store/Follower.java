package org.incidenttimeline.projections.store;

import org.incidenttimeline.core.event.IncidentEvent.EntryRedacted;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;

/**
 * Hands the events of the log to a view. Where words were taken out of an incident, the view forgets all that it has of it and
 * folds it again from what is left: so no fold has to know which of its words came from which event. The caller holds the
 * transaction.
 */
public final class Follower {
    private final LiveView view;
    private final IncidentHistory history;

    public Follower(LiveView view, IncidentHistory history) {
        this.view = view;
        this.history = history;
    }

    /** Applies one event, or the whole incident again. */
    public void apply(Recorded event) {
        if (event instanceof RecordedEvent told && told.event() instanceof EntryRedacted redacted) {
            view.forget(redacted.incidentId());
            history.of(redacted.incidentId()).stream()
                    .filter(earlier -> earlier.version() <= told.version())
                    .forEach(view::apply);
        } else {
            view.apply(event);
        }
    }
}
