package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class LogEventSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestDatabase database;
    private final EventLog log;
    private final LogEventStorageEngine engine;
    private final LogEventSource source;

    LogEventSourceTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
        engine = new LogEventStorageEngine(log, new EventSerializer(Noted.TYPES), NoOpEventUpcaster.INSTANCE);
        source = new LogEventSource(log, engine);
    }

    @AfterEach
    void close() {
        source.close();
        log.close();
        database.close();
    }

    @Test
    void an_append_of_this_node_is_told_to_whoever_waits() {
        var told = new AtomicInteger();
        var stream = source.openStream(null);
        assertThat(stream.setOnAvailableCallback(told::incrementAndGet)).isTrue();

        engine.appendEvents(Noted.message("a", 0));

        await().atMost(PATIENCE).until(() -> told.get() > 0);
        assertThat(stream.hasNextAvailable()).isTrue();
    }

    @Test
    void whoever_closed_their_stream_is_told_no_more() {
        var told = new AtomicInteger();
        var closed = source.openStream(null);
        closed.setOnAvailableCallback(told::incrementAndGet);
        closed.close();
        var others = new AtomicInteger();
        source.openStream(null).setOnAvailableCallback(others::incrementAndGet);

        engine.appendEvents(Noted.message("a", 0));

        await().atMost(PATIENCE).until(() -> others.get() > 0);
        assertThat(told).hasValue(0);
    }

    @Test
    void what_was_appended_by_way_of_another_engine_is_told_too() {
        var told = new AtomicInteger();
        source.openStream(null).setOnAvailableCallback(told::incrementAndGet);

        new LogEventStorageEngine(log, new EventSerializer(Noted.TYPES), NoOpEventUpcaster.INSTANCE)
                .appendEvents(Noted.message("a", 0));

        await().atMost(PATIENCE).until(() -> told.get() > 0);
    }

    @Test
    void a_stream_goes_on_behind_its_token_with_every_event_once_and_in_order() throws InterruptedException {
        engine.appendEvents(Noted.message("a", 0), Noted.message("a", 1));
        var stream = source.openStream(new GlobalSequenceTrackingToken(1));
        assertThat(positions(stream, 1)).containsExactly(2L);
        assertThat(stream.hasNextAvailable()).isFalse();

        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 50; i++) {
                engine.appendEvents(Noted.message("b", i));
            }
        });

        assertThat(positions(stream, 50))
                .isSorted()
                .startsWith(3L)
                .endsWith(52L)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_look_at_the_next_event_does_not_take_it() throws InterruptedException {
        engine.appendEvents(Noted.message("a", 0));
        var stream = source.openStream(null);

        assertThat(stream.hasNextAvailable(10, TimeUnit.SECONDS)).isTrue();
        var peeked = stream.peek().orElseThrow();

        assertThat(stream.nextAvailable()).isSameAs(peeked);
        assertThat(stream.peek()).isEmpty();
    }

    private static List<Long> positions(BlockingStream<TrackedEventMessage<?>> stream, int count)
            throws InterruptedException {
        var positions = new ArrayList<Long>();
        while (positions.size() < count) {
            assertThat(stream.hasNextAvailable(10, TimeUnit.SECONDS)).isTrue();
            positions.add(stream.nextAvailable().trackingToken().position().orElseThrow());
        }
        return positions;
    }
}
