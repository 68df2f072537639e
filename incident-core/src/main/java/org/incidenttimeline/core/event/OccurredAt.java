package org.incidenttimeline.core.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When something happened in the world, as somebody claims it, with how exactly it is known.
 *
 * <ul>
 *   <li>{@code MINUTE}: to the minute or better.
 *   <li>{@code APPROXIMATE}: about then.
 *   <li>{@code INTERVAL}: at some moment from {@code at} to {@code until}.
 *   <li>{@code ORDER_ONLY}: only its place among the other events is known, and {@code at} merely puts it there.
 *   <li>{@code UNKNOWN}: not known; {@code at} is empty.
 * </ul>
 *
 * @param at the instant claimed, kept to the microsecond; empty only when the precision is {@code UNKNOWN}
 * @param until the end of an interval
 * @param offset the offset from UTC in which the time was given
 * @param original the words in which the time was given, where they say more than the instant ("14:??")
 */
public record OccurredAt(
        Optional<Instant> at,
        Precision precision,
        Optional<Instant> until,
        Optional<ZoneOffset> offset,
        Optional<Text> original) {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public OccurredAt {
        at = at.map(OccurredAt::checked);
        until = until.map(OccurredAt::checked);
        if (at.isEmpty() != (precision == Precision.UNKNOWN)) {
            throw new InvalidValue("must have a time exactly when its precision is not UNKNOWN");
        }
        if (until.isPresent() != (precision == Precision.INTERVAL)) {
            throw new InvalidValue("must have an end exactly when its precision is INTERVAL");
        }
        if (until.isPresent() && until.get().isBefore(at.orElseThrow())) {
            throw new InvalidValue("must not end before it begins");
        }
    }

    private static Instant checked(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidValue("must lie between 1970 and 9999");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** A time known to the minute or better, given in UTC. */
    public static OccurredAt at(Instant instant) {
        return new OccurredAt(
                Optional.of(instant), Precision.MINUTE, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The latest moment that this claim allows, if it names any. */
    public Optional<Instant> latest() {
        return until.or(() -> at);
    }

    /** The place in a timeline: the time claimed, or where none is known, the time of recording. */
    public Instant sortedBy(Instant recordedAt) {
        return at.orElse(recordedAt);
    }
}
