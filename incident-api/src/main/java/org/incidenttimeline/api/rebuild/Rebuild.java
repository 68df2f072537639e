package org.incidenttimeline.api.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.projections.store.ViewRebuild.Difference;

/**
 * Views that are built from the first event.
 *
 * @param progress how far it has come; absent before it began
 * @param differences what the comparison found, {@link org.incidenttimeline.api.limit.Limits#DIFFERENCES_TOLD} rows at the
 *     most; absent where nothing was compared yet
 */
record Rebuild(
        UUID id,
        Kind kind,
        List<String> views,
        Person requestedBy,
        Instant requestedAt,
        State state,
        Optional<Progress> progress,
        Optional<Instant> finishedAt,
        Optional<List<Difference>> differences) {
    /** What becomes of that which is built. */
    enum Kind {
        /** It takes the place of what there was. */
        REPLACE,
        /** It is compared with what there is, and thrown away. */
        COMPARE
    }

    /** How it stands. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * How far it has come since it was begun, or gone on with after a restart.
     *
     * @param from the position that was reached when it began
     * @param reached the position up to which all of the views are built
     * @param target the last position of the log when that was last looked up
     */
    record Progress(Instant startedAt, long from, long reached, long target) {
        /** Events per second; 0 where that cannot be told. */
        double rate(Instant now) {
            double seconds = Duration.between(startedAt, now).toMillis() / 1000.0;
            return seconds <= 0 ? 0 : (reached - from) / seconds;
        }

        /** When it will have caught up, if it goes on like this. */
        Optional<Instant> estimatedEnd(Instant now) {
            double rate = rate(now);
            return rate <= 0
                    ? Optional.empty()
                    : Optional.of(now.plusMillis((long) (1000 * Math.max(0, target - reached) / rate)));
        }
    }
}
