package org.incidenttimeline.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One who listens is cut off again and again, at moments that chance picks, while several callers write. On PostgreSQL they
 * come back to either of two nodes, and the other one is restarted in between; on H2 the one node is.
 */
@ParameterizedClass
@EnumSource(Database.class)
// A listener is closed early on purpose, and writers go on until they are told to stop.
@SuppressWarnings({"try", "FutureReturnValueIgnored"})
class CutOffTest {
    private static final int CUTS = 50;
    private static final int WRITERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database kind;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    CutOffTest(Database kind) {
        this.kind = kind;
    }

    @Test
    void whoever_is_cut_off_fifty_times_hears_every_event_once_and_in_order() throws Exception {
        try (TestDatabase database = TestDatabases.empty(kind);
                var nodes = new Nodes(database, kind == Database.POSTGRESQL ? 2 : 1)) {
            var heard = new ArrayList<Long>();
            var done = new AtomicBoolean();
            String lastEventId = "0";
            try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    String incident = "inc-" + writer;
                    nodes.declare(incident);
                    writers.submit(() -> {
                        for (int n = 1; !done.get(); n++) {
                            nodes.note(incident, n);
                        }
                    });
                }
                try {
                    for (int cut = 1; cut <= CUTS; cut++) {
                        if (cut % 20 == 10) {
                            nodes.restart(nodes.count() - 1);
                        }
                        try (var listener = Listener.to(nodes.any(random), "?from=0", Optional.of(lastEventId))) {
                            int enough = random.nextInt(40);
                            await().atMost(PATIENCE)
                                    .pollInterval(Duration.ofMillis(5))
                                    .until(() -> listener.told().size() >= enough);
                            LockSupport.parkNanos(random.nextLong(20_000_000));
                            listener.close();
                            heard.addAll(listener.ids());
                            lastEventId = listener.lastEventId();
                        }
                    }
                } finally {
                    done.set(true);
                }
            }
            long head = nodes.head();
            try (var last = Listener.to(nodes.any(random), "", Optional.of(lastEventId))) {
                await().atMost(PATIENCE).until(() -> heard.size() + last.told().size() >= head);
                heard.addAll(last.ids());
            }

            assertThat(head).isGreaterThan(CUTS);
            assertThat(heard).isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
        }
    }

    /** The nodes of one database, each of which may be away for a moment. */
    private static final class Nodes implements AutoCloseable {
        private final TestDatabase database;
        private final List<RunningService> running;

        Nodes(TestDatabase database, int count) {
            this.database = database;
            this.running = new ArrayList<>(IntStream.range(0, count)
                    .mapToObj(_ -> RunningService.on(database, Clock.systemUTC()))
                    .toList());
        }

        int count() {
            return running.size();
        }

        synchronized RunningService any(RandomGenerator random) {
            return running.get(random.nextInt(running.size()));
        }

        private synchronized RunningService first() {
            return running.getFirst();
        }

        void restart(int node) {
            RunningService old;
            synchronized (this) {
                old = running.get(node);
            }
            old.close();
            var fresh = RunningService.on(database, Clock.systemUTC());
            synchronized (this) {
                running.set(node, fresh);
            }
        }

        void declare(String incident) {
            first().tell("/incidents", """
                    {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                     "detection": {"source": "ALERT"}}
                    """.formatted(incident));
        }

        /** Tells it if the node is there; what of it was recorded, the log says. */
        void note(String incident, int number) {
            try {
                first().post("/incidents/" + incident + "/notes", "{\"text\": \"note " + number + "\"}");
                LockSupport.parkNanos(2_000_000);
            } catch (UncheckedIOException _) {
                LockSupport.parkNanos(50_000_000);
            }
        }

        long head() {
            return first().context().getBean(EventLog.class).head();
        }

        @Override
        public void close() throws IOException {
            running.forEach(RunningService::close);
        }
    }
}
