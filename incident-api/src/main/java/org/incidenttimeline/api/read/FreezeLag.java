package org.incidenttimeline.api.read;

import java.time.Clock;
import java.time.Duration;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.store.FreezeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether the freezes are known up to the present, or the log has had an event for a while that they do not know. It looks
 * at most once a second, so that a freeze check stays one read.
 */
@Component
class FreezeLag {
    private static final Logger LOG = LoggerFactory.getLogger(FreezeLag.class);
    private static final long GOOD_FOR_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLog log;
    private final FreezeReader freezes;
    private final Clock clock;
    private Look last = new Look(System.nanoTime() - GOOD_FOR_NANOS, false);

    FreezeLag(EventLog log, FreezeReader freezes, Clock clock) {
        this.log = log;
        this.freezes = freezes;
        this.clock = clock;
    }

    private record Look(long nanos, boolean current) {}

    /** Whether everything recorded up to {@link Limits#FREEZE_LAG} ago is known; false also where nobody can tell. */
    synchronized boolean isCurrent() {
        if (System.nanoTime() - last.nanos() >= GOOD_FOR_NANOS) {
            boolean current = look();
            last = new Look(System.nanoTime(), current);
        }
        return last.current();
    }

    private boolean look() {
        try {
            var tooOld = clock.instant().minus(Limits.FREEZE_LAG);
            return log.readAfter(freezes.position(), 1).stream()
                    .noneMatch(next -> next.recordedAt().isBefore(tooOld));
        } catch (RuntimeException e) {
            LOG.warn("It cannot be told how far the freezes are behind the log.", e);
            return false;
        }
    }
}
