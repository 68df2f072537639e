package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A writer that takes longer to commit than Axon waits for a gap. With Axon's own engine a reader loses its event for ever
 * (AxonFramework #4829); that control proves that the situation is the one in which events are lost. On the log the other
 * writers come after it, and the reader sees both.
 */
class GapTest {

    private static final Duration GAP_TIMEOUT = Duration.ofSeconds(1);

    private final TestDatabase database = TestDatabases.fresh(Database.POSTGRESQL);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_reader_of_axons_own_engine_loses_the_event_of_a_slow_writer() throws SQLException {
        try (Connection slow = database.dataSource().getConnection()) {
            JdbcEventStorageEngine others = axonsOwn(() -> database.dataSource().getConnection());
            others.createSchema(PostgresEventTableFactory.INSTANCE);
            slow.setAutoCommit(false);
            axonsOwn(() -> withoutClosing(slow)).appendEvents(noted("slow", Instant.now()));
            // The reader comes when the gap has been open for longer than the timeout.
            others.appendEvents(noted("fast", Instant.now().minus(GAP_TIMEOUT.multipliedBy(3))));

            Reader reader = new Reader(others);
            reader.readOn();
            slow.commit();
            reader.readOn();
            others.appendEvents(noted("later", Instant.now()));
            reader.readOn();

            assertThat(reader.seen).containsExactly("fast", "later");
            assertThat(new Reader(others).readOn()).containsExactly("slow", "fast", "later");
        }
    }

    @Test
    void a_reader_of_the_log_sees_the_event_of_a_slow_writer_first() throws Exception {
        try (EventLog log = EventLog.open(
                        database.dataSource(),
                        database.writerLock(),
                        Clock.systemUTC(),
                        database.ledgerKeys(),
                        database.sealingKey());
                Connection slow = database.dataSource().getConnection();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            LogEventStorageEngine engine =
                    new LogEventStorageEngine(log, new EventSerializer(Noted.TYPES), NoOpEventUpcaster.INSTANCE);
            Reader reader = new Reader(engine);
            slow.setAutoCommit(false);
            appendLikeAnotherNode(slow, "slow");

            Future<?> fast = callers.submit(() -> engine.appendEvents(Noted.message("fast", 0)));
            Instant waitingSince = Instant.now();
            await().until(this::somebodyWaitsForALock);
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        reader.readOn();
                        return Duration.between(waitingSince, Instant.now()).compareTo(GAP_TIMEOUT.multipliedBy(3)) > 0;
                    });
            assertThat(reader.seen).isEmpty();
            assertThat(fast.isDone()).isFalse();
            slow.commit();
            fast.get();
            reader.readOn();

            assertThat(reader.seen).containsExactly("slow", "fast");
        }
    }

    /** The tail of a stream of events, read the way a processor does. */
    private static final class Reader {

        private final EventStorageEngine engine;
        private final List<String> seen = new ArrayList<>();
        private @Nullable TrackingToken token;

        Reader(EventStorageEngine engine) {
            this.engine = engine;
        }

        List<String> readOn() {
            for (TrackedEventMessage<?> event : engine.readEvents(token, false).toList()) {
                token = event.trackingToken();
                seen.add(((Noted) event.getPayload()).incident());
            }
            return seen;
        }
    }

    private static JdbcEventStorageEngine axonsOwn(ConnectionProvider connections) {
        EventSerializer serializer = new EventSerializer(Noted.TYPES);
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .gapTimeout(Math.toIntExact(GAP_TIMEOUT.toMillis()))
                .build();
    }

    private static DomainEventMessage<Noted> noted(String incident, Instant at) {
        Noted event = new Noted(incident, "note");
        return new GenericDomainEventMessage<>("incident", incident, 0, new GenericEventMessage<>(event), () -> at);
    }

    /** Keeps the engine from ending the transaction that the test holds open. */
    private static Connection withoutClosing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                GapTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) ->
                        method.getName().equals("close") || method.getName().equals("commit")
                                ? null
                                : method.invoke(connection, arguments));
    }

    private static void appendLikeAnotherNode(Connection connection, String incident) throws SQLException {
        try (Statement head = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                               name, revision, recorded_at, payload, metadata)
                        select last_position, ?, 'incident', ?, 0, 'incident.noted', 1, last_recorded_at, ?, '{}'
                          from log.log_head
                        """)) {
            head.executeUpdate("""
                    update log.log_head
                       set last_position = last_position + 1, ledger_size = ledger_size + 1,
                           ledger_frontier = sha256(convert_to('whatever the leaf is', 'UTF8'))
                    """);
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, incident);
            insert.setString(3, "{\"incident\":\"" + incident + "\",\"text\":\"note\"}");
            insert.executeUpdate();
        }
    }

    private boolean somebodyWaitsForALock() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("""
                        select exists (
                            select from pg_stat_activity
                             where datname = current_database() and wait_event_type = 'Lock')
                        """)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
