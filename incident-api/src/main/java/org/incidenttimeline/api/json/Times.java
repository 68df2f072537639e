package org.incidenttimeline.api.json;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.incidenttimeline.core.event.InvalidValue;

/** Times as they are written in requests (ISO 8601), in the years that we keep. */
public final class Times {
    static final String TIME = "must be a time with its offset from UTC, for instance 2026-03-01T14:05:00+01:00";
    static final String DATE = "must be a date, for instance 2026-12-01";
    static final String DURATION = "must be a duration, for instance PT30M";

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private Times() {}

    static OffsetDateTime time(String text) {
        try {
            var time = OffsetDateTime.parse(text).truncatedTo(ChronoUnit.MICROS);
            checkYear(time.getYear());
            return time;
        } catch (DateTimeParseException _) {
            throw new InvalidValue(TIME);
        }
    }

    /**
     * The moment that a text names.
     *
     * @throws InvalidValue if it names none
     */
    public static Instant instant(String text) {
        return time(text).toInstant();
    }

    static LocalDate date(String text) {
        try {
            var date = LocalDate.parse(text);
            checkYear(date.getYear());
            return date;
        } catch (DateTimeParseException _) {
            throw new InvalidValue(DATE);
        }
    }

    static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException _) {
            throw new InvalidValue(DURATION);
        }
    }

    private static void checkYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new InvalidValue("must lie between " + FIRST_YEAR + " and " + LAST_YEAR);
        }
    }
}
