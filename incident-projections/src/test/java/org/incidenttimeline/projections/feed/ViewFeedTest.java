package org.incidenttimeline.projections.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.store.LiveView;
import org.junit.jupiter.api.Test;

class ViewFeedTest {
    private static final class Seen implements LiveView {
        private final List<RecordedEvent> events = new ArrayList<>();

        @Override
        public String name() {
            return "seen";
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public void apply(RecordedEvent event) {
            events.add(event);
        }

        @Override
        public long position() {
            return events.size();
        }

        @Override
        public void clear() {
            events.clear();
        }
    }

    private final Seen seen = new Seen();
    private final List<RecordedEvent> history = RandomHistory.of(9, 100);
    private final AnnotationEventHandlerAdapter handler = new AnnotationEventHandlerAdapter(new ViewFeed(
            seen,
            message -> history.get(Math.toIntExact(((GenericDomainEventMessage<?>) message).getSequenceNumber()))));

    private static EventMessage<?> message(RecordedEvent event) {
        return new GenericDomainEventMessage<>("incident", INCIDENT.value(), event.version() - 1, event.event());
    }

    @Test
    void every_kind_of_event_reaches_the_view() throws Exception {
        for (RecordedEvent event : history) {
            assertThat(handler.canHandle(message(event))).isTrue();
            handler.handle(message(event));
        }

        assertThat(seen.events).isEqualTo(history);
    }

    @Test
    void a_reset_forgets_the_view() throws Exception {
        handler.handle(message(history.getFirst()));

        handler.prepareReset(null);

        assertThat(seen.events).isEmpty();
    }
}
