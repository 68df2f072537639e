package org.incidenttimeline.projections.wording;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.projections.wording.Inline.When;

/** Times and durations in words: always UTC, and never more exact than they are known. */
public final class Times {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** For instance {@code 2017-01-31 23:27 UTC}. */
    public static String utc(Instant instant) {
        return bare(instant) + " UTC";
    }

    /** For instance {@code 2017-01-31 23:27}, for where it is said once that all times are UTC. */
    public static String bare(Instant instant) {
        return MINUTE.format(instant);
    }

    /** The line, and the time as exactly as it is known, with the words in which it was given where they were kept. */
    static Phrase tell(OccurredAt time, Phrase line) {
        var told = line.with(new When(withUtc(words(time), time)));
        return time.original()
                .map(w -> told.say(" (given as “").quote(w).say("”)"))
                .orElse(told);
    }

    /** The time as exactly as it is known, without saying that it is UTC. */
    public static String words(OccurredAt time) {
        return switch (time.precision()) {
            case MINUTE -> bare(time.at().orElseThrow());
            case APPROXIMATE -> "about " + bare(time.at().orElseThrow());
            case INTERVAL -> between(time.at().orElseThrow(), time.until().orElseThrow());
            case ORDER_ONLY -> "order known, time not";
            case UNKNOWN -> "time not recorded";
        };
    }

    private static String withUtc(String words, OccurredAt time) {
        return switch (time.precision()) {
            case MINUTE, APPROXIMATE, INTERVAL -> words + " UTC";
            case ORDER_ONLY, UNKNOWN -> words;
        };
    }

    private static String between(Instant from, Instant until) {
        return "between " + bare(from) + " and " + (day(from).equals(day(until)) ? CLOCK.format(until) : bare(until));
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** For instance {@code 3 h 20 min}; what is shorter than a minute is told in seconds. */
    public static String duration(Duration duration) {
        var d = duration.abs();
        if (d.compareTo(Duration.ofMinutes(1)) < 0) {
            return d.toSeconds() + " s";
        }
        var words = new StringBuilder();
        if (d.toDays() > 0) {
            words.append(d.toDays()).append(" d ");
        }
        if (d.toHoursPart() > 0) {
            words.append(d.toHoursPart()).append(" h ");
        }
        if (d.toMinutesPart() > 0) {
            words.append(d.toMinutesPart()).append(" min ");
        }
        return words.toString().strip();
    }
}
