package org.incidenttimeline.api.throughput;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.common.caching.NoCache;
import org.incidenttimeline.core.axon.AggregateCache;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.Load;

/**
 * Durable notes a second by 1, 16 and 64 callers: what the database can do, what Axon's own event store does, and what
 * this project does, from the log alone up to HTTP. All take turns, and the median round of each is printed, since the
 * disk of one minute is not the disk of the next. docs/operations/throughput.md says how to run and read it.
 */
public final class ThroughputBenchmark {
    private static final String RAW = "raw INSERT, one per transaction";
    private static final String STOCK = "Axon's JDBC event store";

    private final PrintStream out;
    private final Plan plan;

    /** How long all takes. What is measured before the compiler has seen enough of it says little. */
    private record Plan(
            List<Integer> callers,
            int warmUpRounds,
            Duration warmUp,
            int rounds,
            Duration settling,
            Duration measured) {
        static final Plan FULL = new Plan(
                List.of(1, 16, 64), 2, Duration.ofSeconds(3), 3, Duration.ofMillis(200), Duration.ofMillis(1_200));
        static final Plan QUICK =
                new Plan(List.of(16), 0, Duration.ZERO, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private interface Maker {
        Subject make(Database kind, int callers);
    }

    private ThroughputBenchmark(PrintStream out, Plan plan) {
        this.out = out;
        this.plan = plan;
    }

    /** Prints a table for each database; {@code --quick} prints the one of 16 callers, from one short round and hardly compiled. */
    public static void main(String[] arguments) {
        Plan plan = List.of(arguments).contains("--quick") ? Plan.QUICK : Plan.FULL;
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
                "%d processors, load at the start %.1f%n",
                machine.getAvailableProcessors(), machine.getSystemLoadAverage());
        ThroughputBenchmark benchmark = new ThroughputBenchmark(System.out, plan);
        for (Database kind : Database.values()) {
            benchmark.warmUp(kind);
            for (int callers : plan.callers()) {
                benchmark.compare(kind, callers);
            }
        }
    }

    private static Map<String, Maker> makers() {
        Map<String, Maker> makers = new LinkedHashMap<>();
        makers.put(RAW, RawInserts::new);
        makers.put("log alone", BareLog::new);
        makers.put(STOCK, (kind, callers) -> new StockAxon(kind, callers, NoCache.INSTANCE));
        makers.put(
                "  with our cache of aggregates",
                (kind, callers) -> new StockAxon(kind, callers, new AggregateCache()));
        makers.put("commands in process", InProcess::new);
        makers.put("  with the live views", (kind, callers) -> new WholeApplication(kind, callers, false));
        makers.put("  over HTTP, with the live views", (kind, callers) -> new WholeApplication(kind, callers, true));
        return makers;
    }

    private void warmUp(Database kind) {
        if (plan.warmUpRounds() > 0) {
            measure(kind, 16, plan.warmUpRounds(), plan.warmUp(), Duration.ofMillis(1));
        }
    }

    private void compare(Database kind, int callers) {
        Map<String, Load.Result> results = measure(kind, callers, plan.rounds(), plan.settling(), plan.measured());
        double raw = perSecond(results, RAW);
        double stock = perSecond(results, STOCK);
        out.printf("%n%-34s %s %8s %8s%n", kind, Load.Result.HEADER, "/ raw", "/ Axon");
        results.forEach((name, result) -> out.printf(
                "%-34s %s %8.2f %8.2f%n", name, result, result.perSecond() / raw, result.perSecond() / stock));
    }

    private static Map<String, Load.Result> measure(
            Database kind, int callers, int rounds, Duration settling, Duration measured) {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        try {
            makers().forEach((name, maker) -> subjects.put(name, maker.make(kind, callers)));
            Map<String, List<Load.Result>> runs = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                subjects.forEach((name, subject) -> runs.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(run(subject, callers, settling, measured)));
            }
            Map<String, Load.Result> medians = new LinkedHashMap<>();
            runs.forEach((name, results) -> medians.put(name, Load.median(results)));
            return medians;
        } finally {
            subjects.values().forEach(Subject::close);
        }
    }

    private static Load.Result run(Subject subject, int callers, Duration settling, Duration measured) {
        subject.resume();
        try {
            return Load.run(callers, settling, measured, (caller, _) -> subject.write(caller));
        } finally {
            subject.pause();
        }
    }

    private static double perSecond(Map<String, Load.Result> results, String name) {
        Load.Result result = results.get(name);
        if (result == null) {
            throw new IllegalStateException("not measured: " + name);
        }
        return result.perSecond();
    }
}
