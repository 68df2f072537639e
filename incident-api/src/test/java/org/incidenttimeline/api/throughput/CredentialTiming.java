package org.incidenttimeline.api.throughput;

import java.time.Clock;
import java.util.Arrays;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;

/**
 * Whether the time of an answer tells a key that exists from one that does not: the median time of a refusal for an unknown
 * id and for a wrong secret, asked in turns so that both see the same machine.
 */
final class CredentialTiming {
    private static final int WARM_UP = 1_000;
    private static final int ROUNDS = 3_000;

    private CredentialTiming() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(database, Clock.systemUTC())) {
            var wrong = service.with(service.key().substring(0, 17) + "A".repeat(43));
            var unknown = service.with("itl_aaaaaaaaaaaa_" + "A".repeat(43));
            long[] wrongs = new long[ROUNDS];
            long[] unknowns = new long[ROUNDS];
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                long first = nanos(wrong);
                long second = nanos(unknown);
                if (i >= 0) {
                    wrongs[i] = first;
                    unknowns[i] = second;
                }
            }
            System.out.printf(
                    "wrong secret: median %d µs; unknown id: median %d µs%n", median(wrongs), median(unknowns));
        }
    }

    private static long nanos(RunningService caller) {
        long before = System.nanoTime();
        caller.get("/status-board");
        return System.nanoTime() - before;
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1_000;
    }
}
