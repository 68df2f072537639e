package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.incidenttimeline.core.log.Facts.append;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL. */
class SharedLogTest {

    private static final int WRITERS = 6;
    private static final int APPENDS = 50;

    private final TestDatabase database = TestDatabases.fresh(Database.POSTGRESQL);
    private final EventLog one = open();
    private final EventLog other = open();

    private EventLog open() {
        return EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        database.close();
    }

    @Test
    void a_reader_that_follows_two_nodes_sees_every_event_once_and_in_order() throws Exception {
        int total = 2 * WRITERS * APPENDS;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Long>> reader = threads.submit(() -> {
                List<Long> seen = new ArrayList<>();
                while (seen.size() < total) {
                    one.readAfter(seen.isEmpty() ? 0 : seen.getLast(), 7).forEach(event -> seen.add(event.position()));
                }
                return seen;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (EventLog node : List.of(one, other)) {
                String name = node.equals(one) ? "one" : "other";
                for (int writer = 0; writer < WRITERS; writer++) {
                    String stream = name + writer;
                    writers.add(threads.submit(() -> {
                        for (int i = 0; i < APPENDS; i++) {
                            node.append(append(stream, i));
                        }
                    }));
                }
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(reader.get())
                    .isEqualTo(LongStream.rangeClosed(1, total).boxed().toList());
        }
    }

    @Test
    void of_two_nodes_that_race_for_a_stream_and_a_key_one_wins_each_round() throws Exception {
        int rounds = 40;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                int sequence = round;
                List<Future<Appended>> answers = threads.invokeAll(List.<Callable<Appended>>of(
                        () -> one.append(append("contended", sequence)),
                        () -> other.append(append("contended", sequence)),
                        () -> one.append(append("one" + sequence, 0, new KeyChange.Take("dedup", "k" + sequence))),
                        () -> other.append(
                                append("other" + sequence, 0, new KeyChange.Take("dedup", "k" + sequence)))));
                assertThat(answers.subList(0, 2))
                        .filteredOn(answer -> answer.state() == Future.State.FAILED)
                        .singleElement()
                        .satisfies(answer -> assertThat(answer.exceptionNow()).isInstanceOf(StreamConflict.class));
                assertThat(answers.subList(2, 4))
                        .filteredOn(answer -> answer.state() == Future.State.FAILED)
                        .singleElement()
                        .satisfies(answer -> assertThat(answer.exceptionNow()).isInstanceOf(KeyTaken.class));
            }
        }
        assertThat(one.readStream("contended", 0)).hasSize(rounds);
        assertThat(other.head()).isEqualTo(2L * rounds);
    }

    @Test
    void a_node_that_holds_the_head_for_too_long_makes_the_log_unavailable_and_no_longer() throws SQLException {
        try (Connection stuck = database.dataSource().getConnection();
                Statement lock = stuck.createStatement()) {
            stuck.setAutoCommit(false);
            lock.execute("select 1 from log.log_head for update");

            assertThatExceptionOfType(LogUnavailable.class).isThrownBy(() -> one.append(append("a", 0)));

            stuck.rollback();
        }
        assertThat(one.append(append("a", 0)).lastPosition()).isEqualTo(1);
    }
}
