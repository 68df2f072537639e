package org.incidenttimeline.core.duty;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.incidenttimeline.core.event.InvalidValue;

/**
 * How long a report may take, by ISO 8601: {@code PT72H}, or {@code P1M}, {@code P5D} by the calendar of UTC. A month from
 * the 31st ends on the last day of the next month where that is shorter.
 */
public record TimeLimit(@JsonValue String value) {
    private static final Period LONGEST = Period.ofYears(10);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TimeLimit {
        try {
            var end = after(value, Instant.EPOCH);
            if (!end.isAfter(Instant.EPOCH)
                    || end.isAfter(
                            Instant.EPOCH.atOffset(ZoneOffset.UTC).plus(LONGEST).toInstant())) {
                throw new InvalidValue("must be longer than nothing and at most ten years");
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidValue("must be a length of time by ISO 8601, such as PT72H or P1M");
        }
    }

    /** The last moment that is in time. */
    public Instant after(Instant from) {
        return after(value, from);
    }

    private static Instant after(String value, Instant from) {
        return value.contains("T")
                ? from.plus(Duration.parse(value))
                : from.atOffset(ZoneOffset.UTC).plus(Period.parse(value)).toInstant();
    }

    @Override
    public String toString() {
        return value;
    }
}
