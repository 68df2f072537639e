package org.incidenttimeline.core.incident;

import java.time.Duration;
import java.util.Map;

/** How often an audience may be promised to hear. */
public final class Cadence {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private Cadence() {}

    /**
     * Checks one.
     *
     * @param field where the caller wrote it
     * @throws RefusedException if it is out of range
     */
    public static void check(Duration cadence, String field) {
        if (cadence.compareTo(SHORTEST) < 0 || cadence.compareTo(LONGEST) > 0) {
            throw Refusal.CADENCE_OUT_OF_RANGE.because(
                    "A cadence lies between PT1M and P7D, written as an ISO 8601 duration, for instance PT30M.",
                    Map.of("field", field));
        }
    }
}
