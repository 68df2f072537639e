package org.incidenttimeline.api.live;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;

/**
 * What it costs one node to be listened to by many, and how long until all of them have heard an event. Both ends run in
 * this JVM, so that the memory told is that of both. It ends by itself.
 */
@SuppressWarnings("AnnotateFormatMethod") // It prints, and nothing else.
final class ListenersBenchmark {
    private static final int EVENTS = 50;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private ListenersBenchmark() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(
                        database, Clock.systemUTC(), "--incident.events.streams-per-credential=" + count)) {
            service.tell("/incidents", """
                    {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                     "detection": {"source": "ALERT"}}
                    """);
            long before = heap();
            long begun = System.nanoTime();
            try (var listeners = new IdleListeners(service, count)) {
                if (!listeners.allListenWithin(120)) {
                    throw new IllegalStateException("not all were let in");
                }
                print("%,d listen after %,d ms", count, millis(System.nanoTime() - begun));
                long after = heap();
                print(
                        "heap %,.1f MB before, %,.1f MB with them: %,.1f KB for each, both ends",
                        before / 1e6, after / 1e6, (after - before) / 1e3 / count);
                print("platform threads %d", ManagementFactory.getThreadMXBean().getThreadCount());
                tell(service, listeners, count);
            }
        }
    }

    private static void tell(RunningService service, IdleListeners listeners, int count) {
        List<Long> first = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        for (int i = 1; i <= EVENTS; i++) {
            long asked = System.nanoTime();
            long position = service.tell("/incidents/inc-1/notes", "{\"text\": \"note " + i + "\"}")
                    .json()
                    .get("position")
                    .asLong();
            while (listeners.whoHeard(position) < count) {
                LockSupport.parkNanos(200_000);
            }
            var times = listeners.times(position);
            first.add(times.getFirst() - asked);
            all.add(times.getLast() - asked);
        }
        print("%d events, from the request until they were heard, in ms:", EVENTS);
        print("  by the first: p50 %,d, max %,d", middle(first), last(first));
        print("  by all %,d: p50 %,d, max %,d", count, middle(all), last(all));
    }

    private static long middle(List<Long> nanos) {
        return millis(nanos.stream().sorted().toList().get(nanos.size() / 2));
    }

    private static long last(List<Long> nanos) {
        return millis(nanos.stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String form, Object... values) {
        OUT.println(String.format(Locale.ROOT, form, values));
    }
}
