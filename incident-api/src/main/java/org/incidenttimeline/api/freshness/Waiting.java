package org.incidenttimeline.api.freshness;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.incidenttimeline.api.problem.ProblemCode;

/** Waits for what an answer must know. A request has a thread of its own, so waiting costs a question now and then. */
public final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private Waiting() {}

    /**
     * Returns once what is there has reached what is wanted; at once where nothing is wanted.
     *
     * @throws org.incidenttimeline.api.problem.ProblemException if the patience runs out first
     */
    public static void until(OptionalLong wanted, Duration patience, LongSupplier there) {
        if (!reached(wanted, patience, there)) {
            throw ProblemCode.FRESHNESS_NOT_REACHED.because("The answer must know " + wanted.getAsLong()
                    + ", and after " + patience.toSeconds() + " s only " + there.getAsLong() + " is there.");
        }
    }

    /** The same, and whether it was reached within the patience. */
    public static boolean reached(OptionalLong wanted, Duration patience, LongSupplier there) {
        if (wanted.isEmpty()) {
            return true;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (there.getAsLong() < wanted.getAsLong()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
