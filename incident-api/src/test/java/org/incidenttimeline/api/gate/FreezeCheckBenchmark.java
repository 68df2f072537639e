package org.incidenttimeline.api.gate;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Load;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.freezes.FreezeCheck;
import org.incidenttimeline.projections.store.FreezeReader;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a freeze check takes with {@value #FREEZES} freezes on. Each table is another way in which they lie: each on a
 * service of its own, all on one service but each in an environment of its own, and all on everything. Each row is another
 * way to answer: by reading every freeze of the service, which is what the service did first; by the one indexed read
 * that it does now; and the whole request over HTTP.
 */
public final class FreezeCheckBenchmark {
    private static final int FREEZES = 1_000;
    private static final int FREEZES_AN_INCIDENT = 100;
    private static final int MOST_TOLD = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Database kind;
    private final Plan plan;

    /** How the freezes lie, and what is asked. */
    private enum Layout {
        EACH_ON_ITS_OWN_SERVICE,
        ONE_SERVICE_EACH_IN_ITS_OWN_ENVIRONMENT,
        ALL_ON_EVERYTHING;

        String service(int freeze) {
            return switch (this) {
                case EACH_ON_ITS_OWN_SERVICE -> "service-" + freeze;
                case ONE_SERVICE_EACH_IN_ITS_OWN_ENVIRONMENT -> "checkout";
                case ALL_ON_EVERYTHING -> "*";
            };
        }

        String environment(int freeze) {
            return switch (this) {
                case EACH_ON_ITS_OWN_SERVICE -> "production";
                case ONE_SERVICE_EACH_IN_ITS_OWN_ENVIRONMENT -> "environment-" + freeze;
                case ALL_ON_EVERYTHING -> "*";
            };
        }

        /** Every second question is about something that no freeze of the first two layouts covers. */
        ServiceName asked(long count) {
            return new ServiceName(
                    switch (this) {
                        case EACH_ON_ITS_OWN_SERVICE -> "service-" + count % (2 * FREEZES);
                        case ONE_SERVICE_EACH_IN_ITS_OWN_ENVIRONMENT, ALL_ON_EVERYTHING -> "checkout";
                    });
        }

        Environment askedIn(long count) {
            return new Environment(
                    switch (this) {
                        case EACH_ON_ITS_OWN_SERVICE, ALL_ON_EVERYTHING -> "production";
                        case ONE_SERVICE_EACH_IN_ITS_OWN_ENVIRONMENT -> "environment-" + count % (2 * FREEZES);
                    });
        }
    }

    private record Plan(List<Integer> callers, Duration warmUp, Duration measured) {
        static final Plan FULL = new Plan(List.of(1, 16), Duration.ofSeconds(3), Duration.ofSeconds(3));
        static final Plan QUICK = new Plan(List.of(4), Duration.ofMillis(300), Duration.ofMillis(300));
    }

    private FreezeCheckBenchmark(Database kind, Plan plan) {
        this.kind = kind;
        this.plan = plan;
    }

    /** Prints tables for each database; {@code --quick} shows in a minute that the benchmark works. */
    public static void main(String[] arguments) {
        var plan = List.of(arguments).contains("--quick") ? Plan.QUICK : Plan.FULL;
        var machine = ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
                "%d processors, load at the start %.1f%n",
                machine.getAvailableProcessors(), machine.getSystemLoadAverage());
        for (var kind : Database.values()) {
            for (var layout : Layout.values()) {
                new FreezeCheckBenchmark(kind, plan).measure(layout);
            }
        }
    }

    private void measure(Layout layout) {
        try (TestDatabase database = TestDatabases.empty(kind);
                RunningService service =
                        RunningService.on(database, Clock.systemUTC(), "--logging.level.org.flywaydb=ERROR")) {
            freeze(service, layout);
            var subjects = subjects(service, layout);
            System.out.printf(
                    "%n%-46s %s%n",
                    kind + ", " + layout.name().toLowerCase(Locale.ROOT).replace('_', ' '), Load.Result.HEADER);
            for (int callers : plan.callers()) {
                subjects.forEach((name, subject) -> System.out.printf(
                        "%-46s %s%n", name, Load.run(callers, plan.warmUp(), plan.measured(), subject)));
            }
        }
    }

    private static void freeze(RunningService service, Layout layout) {
        for (int i = 0; i < FREEZES; i++) {
            String incident = "frozen-" + i / FREEZES_AN_INCIDENT;
            if (i % FREEZES_AN_INCIDENT == 0) {
                service.tell("/incidents", """
                        {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                         "detection": {"source": "ALERT"}}
                        """.formatted(incident));
            }
            service.tell(
                    "/incidents/" + incident + "/freezes", """
                    {"scope": {"services": ["%s"], "environments": ["%s"]}, "reason": "One thing at a time"}
                    """.formatted(layout.service(i), layout.environment(i)));
        }
        var freezes = service.context().getBean(FreezeReader.class);
        long head = service.context().getBean(EventLog.class).head();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (freezes.visiblePosition() < head) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the freezes are not there after " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static Map<String, Load.Operation> subjects(RunningService service, Layout layout) {
        var reader = service.context().getBean(FreezeReader.class);
        var before = new EveryFreezeOfTheService(service.context().getBean(JdbcClient.class));
        var subjects = new LinkedHashMap<String, Load.Operation>();
        subjects.put(
                "every freeze of the service, then the filter",
                (_, count) -> before.check(layout.asked(count), layout.askedIn(count)));
        subjects.put(
                "one indexed read",
                (_, count) -> reader.check(
                        layout.asked(count), layout.askedIn(count), Optional.empty(), Viewer.OF_OPEN, MOST_TOLD));
        subjects.put(
                "  over HTTP",
                (_, count) -> service.get("/freezes/check?service=" + layout.asked(count) + "&environment="
                                + layout.askedIn(count))
                        .accepted());
        return subjects;
    }

    /** How the check was answered first: by service alone, and the rest in Java. */
    private record EveryFreezeOfTheService(JdbcClient jdbc) {
        private static final JsonMapper JSON = JsonMapper.builder()
                .changeDefaultVisibility(visibility -> visibility.withIsGetterVisibility(Visibility.NONE))
                .build();

        FreezeCheck check(ServiceName service, Environment environment) {
            var freezes = jdbc.sql("""
                            select f.body from views.freeze f
                            join (
                              select distinct place from views.freeze_scope
                              where service in (:service, '*')) s on s.place = f.place
                            where f.is_on
                            """)
                    .param("service", service.value())
                    .query((row, _) -> JSON.readValue(row.getString("body"), Freeze.class))
                    .list();
            return FreezeCheck.of(freezes, service, environment, Optional.empty());
        }
    }
}
