package org.incidenttimeline.projections.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.PlaybookEvent.PlaybookRetired;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RunbookEvent.RunbookRetired;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.store.LiveView;
import org.junit.jupiter.api.Test;

class ViewFeedTest {
    private static final class Seen implements LiveView {
        private final List<RecordedEvent> events = new ArrayList<>();
        private final List<Long> passed = new ArrayList<>();

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
        public void pass(long position) {
            passed.add(position);
        }

        @Override
        public long position() {
            return events.size();
        }

        @Override
        public void forget(IncidentId incident) {
            events.clear();
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
            message -> history.get(Math.toIntExact(((GenericDomainEventMessage<?>) message).getSequenceNumber())),
            _ -> history));

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
    void what_happens_to_runbooks_and_playbooks_moves_a_view_of_incidents_too() throws Exception {
        var ana = history.getFirst().provenance();
        var runbook = new RunbookRetired(new RunbookId("lag"), text("gone"));
        var playbook = new PlaybookRetired(new PlaybookId("outage"), text("gone"));
        var recorded = Map.<DomainEvent, Recorded>of(
                runbook, new RecordedRunbookEvent(runbook, "e-101", 101, 1, instant("14:00"), ana),
                playbook, new RecordedPlaybookEvent(playbook, "e-102", 102, 1, instant("14:00"), ana));
        var feed = new AnnotationEventHandlerAdapter(new ViewFeed(
                seen,
                message -> Objects.requireNonNull(recorded.get((DomainEvent) message.getPayload())),
                _ -> List.of()));

        for (DomainEvent event : List.of(runbook, playbook)) {
            var message = new GenericDomainEventMessage<>("any", event.streamId(), 0, event);
            assertThat(feed.canHandle(message)).isTrue();
            feed.handle(message);
        }

        assertThat(seen.events).isEmpty();
        assertThat(seen.passed).containsExactly(101L, 102L);
    }

    @Test
    void a_reset_forgets_the_view() throws Exception {
        handler.handle(message(history.getFirst()));

        handler.prepareReset(null);

        assertThat(seen.events).isEmpty();
    }
}
