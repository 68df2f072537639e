package org.incidenttimeline.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.WriterLock;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Recurring work: by one node at a time, again after a failure, and elsewhere after a death. */
@ParameterizedClass
@EnumSource(Database.class)
class SchedulerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NAME = "work-of-a-test";

    private final TestDatabase database;

    SchedulerTest(Database kind) {
        database = TestDatabases.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_run_that_fails_is_followed_by_the_next() {
        var runs = new AtomicInteger();
        try (var _ = node(() -> {
            if (runs.incrementAndGet() == 2) {
                throw new IllegalStateException("this run fails");
            }
        })) {
            await().atMost(PATIENCE).until(() -> runs.get() >= 4);
        }
    }

    @Test
    void work_runs_in_no_transaction_and_under_no_lock() {
        var seen = ConcurrentHashMap.<Boolean>newKeySet();
        var lock = new AtomicReference<@Nullable WriterLock>();
        try (var node = node(() -> {
            var writerLock = lock.get();
            if (writerLock != null) {
                seen.add(writerLock.isHeldByCurrentThread()
                        || TransactionSynchronizationManager.isActualTransactionActive());
            }
        })) {
            lock.set(node.context().getBean(WriterLock.class));
            await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        }
        assertThat(seen).containsExactly(false);
    }

    @Test
    void work_goes_on_after_a_restart() {
        var runs = new AtomicInteger();
        try (var _ = node(runs::incrementAndGet)) {
            await().atMost(PATIENCE).until(() -> runs.get() >= 1);
        }
        int before = runs.get();
        try (var _ = node(runs::incrementAndGet)) {
            await().atMost(PATIENCE).until(() -> runs.get() > before);
        }
    }

    @Test
    void what_a_dead_node_was_running_is_taken_over() {
        var runs = new AtomicInteger();
        try (var _ = node(runs::incrementAndGet)) {
            await().atMost(PATIENCE).until(() -> runs.get() >= 1);
        }
        database.execute("""
                update app.scheduled_task
                set picked = true, picked_by = 'a node that died',
                    last_heartbeat = current_timestamp - interval '1' hour, version = version + 1
                where task_name = 'work-of-a-test'
                """);
        int before = runs.get();
        try (var _ = node(runs::incrementAndGet)) {
            await().atMost(PATIENCE).until(() -> runs.get() > before);
        }
    }

    @Test
    void many_nodes_do_the_work_one_at_a_time() {
        assumeTrue(database.kind() == Database.POSTGRESQL, "a file of H2 has one node at a time");
        var inside = new AtomicInteger();
        var overlapped = new AtomicBoolean();
        var runs = new AtomicInteger();
        Runnable work = () -> {
            overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
            runs.incrementAndGet();
            Thread.onSpinWait();
            inside.decrementAndGet();
        };
        try (var _ = node(work);
                var _ = node(work)) {
            await().atMost(PATIENCE).until(() -> runs.get() >= 30);
        }
        assertThat(overlapped).isFalse();
    }

    private RunningService node(Runnable work) {
        return RunningService.with(
                database,
                Clock.systemUTC(),
                beans -> beans.registerBean(
                        "workOfATest", Recurring.class, () -> new Recurring(NAME, Duration.ofMillis(10), work)),
                "--incident.scheduler.polling-interval=20ms",
                "--logging.level.com.github.kagkarlsson.scheduler=off");
    }
}
