package org.incidenttimeline.api.past;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which moment an answer is about; the present where nothing is said.
 *
 * @param asOf what was recorded until then ({@code ?asOf=2026-03-01T14:05:00Z})
 * @param version what the incident's events up to this one say ({@code ?version=7}); of one incident only, and not with
 *     {@code asOf}
 * @param occurredBefore of that, only what had happened before ({@code ?occurredBefore=2026-03-01T14:00:00Z})
 */
public record Moment(Optional<Instant> asOf, OptionalLong version, Optional<Instant> occurredBefore) {
    public boolean isNow() {
        return asOf.isEmpty() && version.isEmpty() && occurredBefore.isEmpty();
    }
}
