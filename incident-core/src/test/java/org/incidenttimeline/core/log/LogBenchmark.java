package org.incidenttimeline.core.log;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;

/**
 * What the log costs: durable appends of one event, by 1, 16 and 64 callers, beside the plain INSERT of the same row with
 * a commit each, which is what the database can do when nobody orders or groups anything. The two take turns, and the
 * median round of each is printed, since the disk of one minute is not the disk of the next.
 *
 * <pre>{@code
 * mvn -q -pl incident-core test-compile exec:exec@log-benchmark
 * }</pre>
 */
public final class LogBenchmark {

    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration MEASURED = Duration.ofSeconds(2);
    private static final List<Integer> CALLERS = List.of(1, 16, 64);
    private static final String PAYLOAD =
            "{\"by\":\"ana\",\"occurredAt\":\"2026-03-01T12:00:00Z\",\"text\":{\"text\":\""
                    + "Latency of checkout rose after the deploy of 11:58; the pool of connections is exhausted. "
                            .repeat(4)
                    + "\"}}";
    private static final String METADATA = "{\"requestId\":\"01JZ7K3V9N0000000000000000\"}";

    private final PrintStream out;

    private LogBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Prints a table to standard output, of both databases or of the one whose name is the argument. */
    public static void main(String[] arguments) {
        LogBenchmark benchmark = new LogBenchmark(System.out);
        for (Database kind : Database.values()) {
            if (arguments.length == 0 || List.of(arguments).contains(kind.name())) {
                benchmark.compare(kind);
            }
        }
    }

    private void compare(Database kind) {
        out.printf("%n%-11s %-9s %s %10s%n", kind, "", Load.Result.HEADER, "log / raw");
        for (int callers : CALLERS) {
            List<Load.Result> raw = new ArrayList<>();
            List<Load.Result> log = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                raw.add(raw(kind, callers));
                log.add(log(kind, callers));
            }
            Load.Result rawMedian = Load.median(raw);
            Load.Result logMedian = Load.median(log);
            out.printf("%-11s %-9s %s%n", "", "raw", rawMedian);
            out.printf("%-11s %-9s %s %10.2f%n", "", "log", logMedian, logMedian.perSecond() / rawMedian.perSecond());
        }
    }

    /** {@link EventLog#append} of one event. */
    private static Load.Result log(Database kind, int callers) {
        try (TestDatabase database = TestDatabases.fresh(kind);
                EventLog log = EventLog.open(database.dataSource(), database.writerLock(), Clock.systemUTC())) {
            return Load.run(
                    callers,
                    WARM_UP,
                    MEASURED,
                    (caller, count) -> log.append(
                            new Append("incident", "incident-" + caller, count, List.of(event()), List.of())));
        }
    }

    /** The same row, inserted and committed alone, each caller on its own connection. */
    private static Load.Result raw(Database kind, int callers) {
        AtomicLong position = new AtomicLong();
        try (TestDatabase database = TestDatabases.fresh(kind)) {
            List<RawInsert> inserts = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                inserts.add(new RawInsert(database));
            }
            Load.Result result = Load.run(
                    callers,
                    WARM_UP,
                    MEASURED,
                    (caller, count) ->
                            inserts.get(caller).run("incident-" + caller, count, position.incrementAndGet()));
            for (RawInsert insert : inserts) {
                insert.close();
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "incident.note-added", 1, PAYLOAD, METADATA);
    }

    private static final class RawInsert implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement insert;
        private final Statement flush;
        private final boolean flushes;

        RawInsert(TestDatabase database) throws SQLException {
            connection = DriverManager.getConnection(database.url(), database.user(), "");
            insert = connection.prepareStatement("""
                    insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                           name, revision, recorded_at, payload, metadata)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """);
            flush = connection.createStatement();
            flushes = database.kind() == Database.H2;
        }

        void run(String stream, long sequence, long position) throws SQLException {
            NewEvent event = event();
            insert.setLong(1, position);
            insert.setObject(2, event.eventId());
            insert.setString(3, "incident");
            insert.setString(4, stream);
            insert.setLong(5, sequence);
            insert.setString(6, event.name());
            insert.setInt(7, event.revision());
            insert.setObject(8, OffsetDateTime.now(ZoneOffset.UTC));
            insert.setString(9, event.payload());
            insert.setString(10, event.metadata());
            insert.executeUpdate();
            if (flushes) {
                flush.execute("checkpoint sync");
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
