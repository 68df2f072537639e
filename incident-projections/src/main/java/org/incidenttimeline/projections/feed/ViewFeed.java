package org.incidenttimeline.projections.feed;

import java.util.function.Function;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.store.Follower;
import org.incidenttimeline.projections.store.LiveView;

/**
 * Hands every event of the log to one view, in the transaction that also moves the processor's token. Each view
 * has a feed, and each feed a processor of its own, called by the view's name and of one segment: the position that a
 * view notes then says that everything before is applied.
 */
public final class ViewFeed {
    private final LiveView view;
    private final Follower follower;
    private final Function<EventMessage<?>, Recorded> recorded;

    public ViewFeed(LiveView view, Function<EventMessage<?>, Recorded> recorded, IncidentHistory history) {
        this.view = view;
        this.follower = new Follower(view, history);
        this.recorded = recorded;
    }

    /** The name of the view, and of the processor that this feed belongs to. */
    public String name() {
        return view.name();
    }

    @EventHandler
    public void on(DomainEvent event, EventMessage<?> message) {
        follower.apply(recorded.apply(message));
    }

    @ResetHandler
    public void reset() {
        view.clear();
    }
}
