package org.incidenttimeline.api.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.WriterLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The scheduler, and the recurring work that it is given.
 *
 * <p>It goes by the machine's clock, not by the application's: when to look is a matter of this process, while what is due is
 * decided by the work itself, by the clock that dates the events.
 */
@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {
    private static final int THREADS = 8;
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(4);

    /** A node that missed so many of its heartbeats is taken for dead; the library takes no fewer. */
    private static final int MISSED_HEARTBEATS = 4;

    @Bean(destroyMethod = "")
    Scheduler scheduler(
            @Qualifier("applicationSchema") Flyway migrated,
            DataSource dataSource,
            Database database,
            WriterLock writerLock,
            ObjectProvider<Recurring> work,
            @Value("${incident.scheduler.polling-interval:1s}") Duration pollingInterval,
            @Value("${incident.scheduler.heartbeat-interval:10s}") Duration heartbeatInterval) {
        return new SchedulerBuilder(new WriterLockedDataSource(dataSource, writerLock), List.of())
                .startTasks(work.stream().map(SchedulerConfiguration::task).toList())
                .tableName("app.scheduled_task")
                .jdbcCustomization(customization(database))
                .serializer(NoData.INSTANCE)
                .schedulerName(new SchedulerName.Fixed(nodeName()))
                .threads(THREADS)
                .pollingInterval(pollingInterval)
                .heartbeatInterval(heartbeatInterval)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(SHUTDOWN_PATIENCE)
                .build();
    }

    @Bean
    ScheduledWork scheduledWork(Scheduler scheduler) {
        return new ScheduledWork(scheduler);
    }

    private static RecurringTask<Void> task(Recurring recurring) {
        return Tasks.recurring(recurring.name(), FixedDelay.of(recurring.pause()))
                .execute((_, _) -> recurring.work().run());
    }

    private static JdbcCustomization customization(Database database) {
        return switch (database) {
            case H2 -> new DefaultJdbcCustomization(false);
            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, false);
        };
    }

    /** The process and its host, for whoever reads the table. */
    private static String nodeName() {
        return ManagementFactory.getRuntimeMXBean().getName();
    }

    /** Recurring work carries no data, and what is found in the table is never made an object. */
    private enum NoData implements Serializer {
        INSTANCE;

        @Override
        public byte @Nullable [] serialize(@Nullable Object data) {
            if (data != null) {
                throw new IllegalArgumentException("recurring work carries no data");
            }
            return null;
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] serialized) {
            return null;
        }
    }
}
