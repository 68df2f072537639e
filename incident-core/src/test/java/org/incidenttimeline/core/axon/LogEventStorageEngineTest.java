package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.incidenttimeline.core.log.Append;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.NewEvent;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class LogEventStorageEngineTest {

    private final TestDatabase database;
    private final EventLog log;
    private final LogEventStorageEngine engine;

    LogEventStorageEngineTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
        engine = engine(NoOpEventUpcaster.INSTANCE);
    }

    private LogEventStorageEngine engine(EventUpcaster upcasters) {
        return new LogEventStorageEngine(log, new EventSerializer(Noted.TYPES), upcasters);
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void an_aggregate_is_read_back_as_it_was_appended() {
        DomainEventMessage<Noted> first = Noted.message("a", 0);
        engine.appendEvents(first, Noted.message("a", 1));

        List<? extends DomainEventMessage<?>> read =
                engine.readEvents("a").asStream().toList();

        assertThat(read).hasSize(2);
        assertThat(read.getFirst().getPayload()).isEqualTo(first.getPayload());
        assertThat(read.getFirst().getIdentifier()).isEqualTo(first.getIdentifier());
        assertThat(read.getFirst().getMetaData()).isEqualTo(first.getMetaData());
        assertThat(read.getFirst().getType()).isEqualTo("incident");
        assertThat(read.getFirst().getTimestamp())
                .isEqualTo(log.readAfter(0, 1).getFirst().recordedAt());
        assertThat(read).extracting(DomainEventMessage::getSequenceNumber).containsExactly(0L, 1L);
        assertThat(engine.lastSequenceNumberFor("a")).contains(1L);
        assertThat(engine.lastSequenceNumberFor("b")).isEmpty();
        assertThat(engine.readSnapshot("a")).isEmpty();
    }

    @Test
    void a_taken_sequence_is_axons_conflict_and_so_is_a_taken_stream() {
        engine.appendEvents(Noted.message("a", 0), Noted.message("a", 1));

        assertThatExceptionOfType(ConcurrencyException.class)
                .isThrownBy(() -> engine.appendEvents(Noted.message("a", 1)));
        assertThatExceptionOfType(ConcurrencyException.class)
                .isThrownBy(() -> engine.appendEvents(Noted.message("a", 0)))
                .isNotInstanceOf(AggregateStreamCreationException.class);
        assertThat(log.head()).isEqualTo(2);
    }

    @Test
    void only_events_of_one_aggregate_in_their_order_are_appended() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.appendEvents(GenericEventMessage.asEventMessage(new Noted("a", "free"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.appendEvents(Noted.message("a", 0), Noted.message("b", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.appendEvents(Noted.message("a", 0), Noted.message("a", 2)));
        assertThat(log.head()).isZero();
    }

    @Test
    void a_token_is_a_position() {
        assertThat(engine.createTailToken()).isNull();
        assertThat(engine.createHeadToken()).isNull();
        assertThat(engine.createTokenAt(Instant.now())).isNull();

        engine.appendEvents(Noted.message("a", 0), Noted.message("a", 1));

        assertThat(engine.createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(engine.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
        assertThat(engine.createTokenAt(Instant.MAX)).isEqualTo(new GlobalSequenceTrackingToken(2));
        assertThat(engine.createTokenAt(Instant.EPOCH)).isNull();
    }

    @Test
    void reading_goes_on_behind_the_token_in_batches() {
        for (int batch = 0; batch < 2; batch++) {
            List<DomainEventMessage<?>> events = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                events.add(Noted.message("a", batch * 400L + i));
            }
            engine.appendEvents(events);
        }

        List<TrackingToken> tokens = tokensBehind(new GlobalSequenceTrackingToken(1));

        assertThat(tokens).hasSize(799).startsWith(new GlobalSequenceTrackingToken(2));
        assertThat(tokensBehind(null)).hasSize(800);
        assertThat(tokensBehind(new GlobalSequenceTrackingToken(800))).isEmpty();
    }

    @Test
    void a_token_behind_the_head_is_an_error_since_the_log_was_put_back() {
        engine.appendEvents(Noted.message("a", 0));

        assertThatExceptionOfType(EventStoreException.class)
                .isThrownBy(() -> tokensBehind(new GlobalSequenceTrackingToken(2)));
    }

    @Test
    void an_event_of_unknown_name_is_an_error_and_not_skipped() {
        log.append(new Append(
                "incident",
                "a",
                0,
                List.of(new NewEvent(UUID.randomUUID(), "incident.unheard-of", 1, "{}", "{}")),
                List.of()));

        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> tokensBehind(null));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> engine.readEvents("a").next());
    }

    @Test
    void old_revisions_are_read_through_their_upcasters_and_stay_as_they_are() {
        appendOfRevision(1, "{\"incident\":\"a\",\"said\":\"x\"}");
        appendOfRevision(2, "{\"incident\":\"a\",\"words\":\"y\"}");
        appendOfRevision(3, "{\"incident\":\"a\",\"text\":\"z\"}");
        var today =
                new EventSerializer(new EventTypes(List.of(new EventTypes.Entry(Noted.class, "incident.noted", 3))));
        var upcasting = new LogEventStorageEngine(
                log,
                today,
                new EventUpcasterChain(
                        new Upcaster("incident.noted", 1, payload -> payload.set("words", payload.remove("said"))),
                        new Upcaster("incident.noted", 2, payload -> payload.set("text", payload.remove("words")))));

        assertThat(upcasting.readEvents("a").asStream().map(event -> (Object) event.getPayload()))
                .containsExactly(new Noted("a", "x"), new Noted("a", "y"), new Noted("a", "z"));
        assertThat(log.readStream("a", 0)).extracting(StoredEvent::revision).containsExactly(1, 2, 3);
    }

    private void appendOfRevision(int revision, String payload) {
        log.append(new Append(
                "incident",
                "a",
                revision - 1,
                List.of(new NewEvent(UUID.randomUUID(), "incident.noted", revision, payload, "{}")),
                List.of()));
    }

    @Test
    void an_event_store_on_the_engine_delivers_what_was_there_and_what_comes() throws Exception {
        EmbeddedEventStore store =
                EmbeddedEventStore.builder().storageEngine(engine).build();
        engine.appendEvents(Noted.message("a", 0));
        try (TrackingEventStream events = store.openStream(null)) {
            assertThat(next(events)).isEqualTo(new Noted("a", "note 0"));
            assertThat(events.hasNextAvailable(0, TimeUnit.SECONDS)).isFalse();

            store.publish(Noted.message("a", 1));

            assertThat(next(events)).isEqualTo(new Noted("a", "note 1"));
        } finally {
            store.shutDown();
        }
    }

    private static Object next(TrackingEventStream events) throws InterruptedException {
        assertThat(events.hasNextAvailable(10, TimeUnit.SECONDS)).isTrue();
        return events.nextAvailable().getPayload();
    }

    private List<TrackingToken> tokensBehind(@Nullable TrackingToken token) {
        try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(token, false)) {
            return events.<TrackingToken>map(TrackedEventMessage::trackingToken).toList();
        }
    }
}
