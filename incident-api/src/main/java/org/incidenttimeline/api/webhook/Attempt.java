package org.incidenttimeline.api.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.IncidentId;

/**
 * One try to send one message, and what came of it.
 *
 * @param messageId the {@code webhook-id} that it carried, the same in every try
 * @param position the place of the event in the log; none for a test
 * @param attempt counted from 1
 * @param nextAt when it is tried again
 */
record Attempt(
        String messageId,
        String eventType,
        OptionalLong position,
        Optional<IncidentId> incidentId,
        int attempt,
        Instant attemptedAt,
        Result result,
        Optional<Instant> nextAt) {
    /** How a try ended. */
    enum Outcome {
        DELIVERED,
        /** The target answered with a status that is no success; a redirect is none. */
        REFUSED,
        /** The target answered 410. */
        GONE,
        TIMED_OUT,
        /** No connection, or one that broke. */
        UNREACHABLE,
        /** No TLS, or a certificate that is not the host's. */
        TLS_FAILED,
        /** The host has no address. */
        UNKNOWN_HOST,
        /** The host has an address that may not be reached, or the URL is not allowed any more. */
        TARGET_NOT_ALLOWED,
        /** The incident may not be shown any more; nothing was sent. */
        WITHHELD,
        /** The secret cannot be opened with the key that this service has; nothing was sent. */
        SECRET_LOST
    }

    /**
     * What came of it.
     *
     * @param answer how the answer began, where it was no success
     * @param retryAfter what the target asked for
     */
    record Result(
            Outcome outcome,
            OptionalInt status,
            Optional<String> answer,
            int durationMillis,
            Optional<Instant> retryAfter) {
        static Result of(Outcome outcome, int durationMillis) {
            return new Result(outcome, OptionalInt.empty(), Optional.empty(), durationMillis, Optional.empty());
        }
    }
}
