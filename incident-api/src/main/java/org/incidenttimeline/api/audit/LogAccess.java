package org.incidenttimeline.api.audit;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;

/**
 * A read of the log.
 *
 * @param number counts all of them
 * @param credential what the reader proved themselves with, never the secret itself
 * @param query the parameters as they were sent; a credential among them would have been refused
 * @param position the end of the log when the read began, beyond which nothing was sent
 * @param sent what was sent; empty where the answer was cut off, or is still being sent
 */
public record LogAccess(
        long number,
        Instant begunAt,
        What what,
        Actor actor,
        String credential,
        String address,
        String path,
        Optional<String> query,
        long position,
        Optional<Sent> sent) {
    /** What was read. */
    public enum What {
        LOG,
        REGISTER,
        EVIDENCE_PACK
    }

    /**
     * What was sent whole.
     *
     * @param count events of the log, or incidents of the register or the pack
     * @param lastPosition of the last event sent; 0 where there was none, and of a register, its position
     */
    public record Sent(long count, long lastPosition, Instant endedAt) {}
}
