package org.incidenttimeline.api.submission;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;

/**
 * Who gives a command, as their credential and the headers of the request say.
 *
 * @param principal who asks, and what they may
 * @param provenance what is kept with every event
 * @param expectedVersion the version that the caller has seen ({@code If-Match}); empty to accept any
 * @param askedAt when the request arrived, by our clock
 * @param retryKey under which the caller may ask again ({@code Idempotency-Key})
 * @param draft where the command is to be laid down; empty to have it handed in
 */
public record Caller(
        Principal principal,
        Provenance provenance,
        OptionalLong expectedVersion,
        Instant askedAt,
        Optional<RetryKey> retryKey,
        Optional<Draft> draft) {
    /** How the keys of imports begin, by which they know what the log holds of a file; nobody else may take one. */
    public static final String KEYS_OF_IMPORTS = "import:";

    /** A caller whose commands are handed in. */
    public Caller(
            Principal principal,
            Provenance provenance,
            OptionalLong expectedVersion,
            Instant askedAt,
            Optional<RetryKey> retryKey) {
        this(principal, provenance, expectedVersion, askedAt, retryKey, Optional.empty());
    }

    /** The time that the caller claims; without a claim, now. */
    public OccurredAt time(Optional<OccurredAt> claimed) {
        return claimed.orElseGet(() -> OccurredAt.at(askedAt));
    }

    Caller drafting(Draft into) {
        return new Caller(principal, provenance, expectedVersion, askedAt, retryKey, Optional.of(into));
    }

    /** Whose words the command carries: those of the human that a tool acts for, where it names one. */
    public Person author() {
        return provenance.onBehalfOf().orElseGet(() -> provenance.actor().name());
    }
}
