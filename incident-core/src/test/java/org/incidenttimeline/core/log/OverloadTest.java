package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.incidenttimeline.core.log.Facts.append;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;

class OverloadTest {

    @Test
    void more_appends_than_may_wait_are_refused_at_once_and_the_others_written() {
        int callers = Committer.MOST_WAITING + Committer.MOST_IN_GROUP + 100;
        try (TestDatabase database = TestDatabases.fresh(Database.H2);
                EventLog log = EventLog.open(
                        database.dataSource(),
                        database.writerLock(),
                        Clock.systemUTC(),
                        database.ledgerKeys(),
                        database.sealingKey());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            database.writerLock().acquire();
            List<Future<Appended>> answers;
            try {
                answers = IntStream.range(0, callers)
                        .mapToObj(caller -> threads.submit(() -> log.append(append("s" + caller, 0))))
                        .toList();
                await().until(() -> answers.stream().anyMatch(Future::isDone));
            } finally {
                database.writerLock().release();
            }
            await().until(() -> answers.stream().allMatch(Future::isDone));

            long written = answers.stream()
                    .filter(answer -> answer.state() == Future.State.SUCCESS)
                    .count();
            assertThat(written).isBetween((long) Committer.MOST_WAITING, callers - 1L);
            assertThat(log.head()).isEqualTo(written);
            assertThat(answers)
                    .filteredOn(answer -> answer.state() == Future.State.FAILED)
                    .allSatisfy(answer -> assertThat(answer.exceptionNow())
                            .isInstanceOf(LogUnavailable.class)
                            .hasMessageStartingWith("overloaded"));
        }
    }
}
