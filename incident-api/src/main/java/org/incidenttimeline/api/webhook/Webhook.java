package org.incidenttimeline.api.webhook;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Title;

/**
 * A subscription.
 *
 * @param stateSince when it came into its state
 * @param position everything in the log up to here waits to be sent, was sent, or is not asked for
 * @param failures attempts that failed since one succeeded
 * @param failingSince when the first of them failed
 * @param deliveredAt when an attempt succeeded last
 * @param formerSecretUntil until when the secret before this one signs too
 */
record Webhook(
        WebhookId id,
        TargetUrl url,
        Optional<Title> description,
        WebhookFilter filter,
        State state,
        Optional<Stopped> stoppedBecause,
        Instant stateSince,
        long position,
        int failures,
        Optional<Instant> failingSince,
        Optional<Instant> deliveredAt,
        Instant createdAt,
        Person createdBy,
        Optional<Instant> formerSecretUntil) {
    /** Whether it is being told of events. */
    enum State {
        ACTIVE,
        /** It can be resumed where it stopped. */
        PAUSED,
        /** The target said that it wants no more. */
        DISABLED
    }

    /** Why it is not active. */
    enum Stopped {
        BY_HAND,
        /** An event failed as often as one may. */
        RETRIES_EXHAUSTED,
        /** Nothing succeeded for a day, in many attempts. */
        ONLY_FAILURES,
        /** The target answered 410. */
        GONE
    }
}
