package org.incidenttimeline.api.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Text;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time as people write it down, {@code 14:??} or {@code 11pm-ish PST}, and claims no more than the words do. What
 * can be meant in two ways is refused; the words themselves are always kept.
 */
final class TimeWords {
    static final String EXPECTED = "must be a time in words that are understood, for instance \"2017-01-31 23:00 UTC\","
            + " \"~14:05\", \"14:??\", \"23:00-23:30\" or \"11pm-ish\" with its date and zone;"
            + " a time that is not known is {\"precision\":\"UNKNOWN\",\"original\":\"…\"}";

    private static final int LONGEST = 100;
    private static final String CLOCK =
            "\\?\\?:\\?\\?|\\d{1,2}:(?:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?|[\\d?]\\?)(?:\\s*[ap]m)?"
                    + "|\\d{1,2}\\s*[ap]m";
    private static final String ABOUT = "~|≈|±|(?:about|around|approximately|approx\\.?|circa|ca\\.?)\\s";
    private static final Pattern WORDS = Pattern.compile(
            "(?<about>" + ABOUT + ")?\\s*"
                    + "(?:(?<date>\\d{4}[-/]\\d{2}[-/]\\d{2})(?:T|,?\\s+|$))?"
                    + "(?<aboutThen>" + ABOUT + ")?\\s*"
                    + "(?:(?<from>" + CLOCK + ")(?:(?<dash>\\s*(?:-|–|—|\\bto\\b|\\buntil\\b)\\s*)(?<to>" + CLOCK
                    + "))?)?"
                    + "(?<ish>-?ish)?"
                    + "\\s*(?:\\((?<inBrackets>[^()]+)\\)|(?<zone>[a-z][a-z0-9_/+:-]*|[+-]\\d{2}:?\\d{2}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HOURS_AND_MINUTES =
            Pattern.compile("(\\d{1,2})(?::([\\d?]{2})(?::(\\d{2}).*?)?)?\\s*([ap]m)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern OFFSET =
            Pattern.compile("(?:UTC|GMT)?([+-])(\\d{1,2})(?::?(\\d{2}))?", Pattern.CASE_INSENSITIVE);

    /** The short names of zones that mean one offset wherever they are used, and where they are used. */
    private static final Map<String, ShortName> SHORT_NAMES = Map.ofEntries(
            shortName("PST", -8, "America/Los_Angeles"),
            shortName("PDT", -7, "America/Los_Angeles"),
            shortName("MST", -7, "America/Denver", "America/Phoenix"),
            shortName("MDT", -6, "America/Denver"),
            shortName("EST", -5, "America/New_York"),
            shortName("EDT", -4, "America/New_York"),
            shortName("WET", 0, "Europe/Lisbon"),
            shortName("WEST", 1, "Europe/Lisbon"),
            shortName("CET", 1, "Europe/Paris"),
            shortName("CEST", 2, "Europe/Paris"),
            shortName("EET", 2, "Europe/Helsinki"),
            shortName("EEST", 3, "Europe/Helsinki"),
            shortName("JST", 9, "Asia/Tokyo"),
            shortName("AEST", 10, "Australia/Sydney", "Australia/Brisbane"),
            shortName("AEDT", 11, "Australia/Sydney"),
            shortName("NZST", 12, "Pacific/Auckland"),
            shortName("NZDT", 13, "Pacific/Auckland"));

    private final String words;
    private final Optional<ZoneId> told;

    private TimeWords(String words, Optional<ZoneId> told) {
        this.words = words;
        this.told = told;
    }

    private record ShortName(ZoneOffset offset, List<ZoneId> places) {
        /** Whether clocks showed this name then. In winter nobody's clock shows a summer time. */
        boolean isInUse(LocalDateTime then) {
            return places.stream()
                    .anyMatch(place -> place.getRules().getValidOffsets(then).contains(offset));
        }
    }

    private static Map.Entry<String, ShortName> shortName(String name, int hours, String... places) {
        return Map.entry(
                name,
                new ShortName(
                        ZoneOffset.ofHours(hours),
                        List.of(places).stream().map(ZoneId::of).toList()));
    }

    /** A time of the day as it is written: from its first moment to the one after its last, which are the same if it is exact. */
    private record Clock(LocalTime from, int minutes, boolean onlyTheHour) {}

    /** A moment, and whether the words leave no other. */
    private record Moment(Instant at, ZoneOffset offset, boolean exact) {}

    /**
     * Reads a time.
     *
     * @param date the date, where the words have none
     * @param zone where the clock stood, where the words do not say it, or say what cannot have been
     * @throws InvalidValue if the words are not understood, or can be meant in two ways
     */
    static OccurredAt read(String words, Optional<LocalDate> date, Optional<ZoneId> zone) {
        return new TimeWords(words.strip(), zone).read(date);
    }

    private OccurredAt read(Optional<LocalDate> givenDate) {
        if (words.length() > LONGEST) {
            throw new InvalidValue(EXPECTED);
        }
        var found = WORDS.matcher(words);
        if (!found.matches()
                || (found.group("from") == null && (found.group("date") == null || found.group("ish") != null))) {
            throw new InvalidValue(EXPECTED);
        }
        var date = Optional.ofNullable(found.group("date"))
                .map(TimeWords::date)
                .or(() -> givenDate)
                .orElseThrow(() -> new InvalidValue("must have its date, in the words or in date"));
        var zone = Optional.ofNullable(found.group("zone")).or(() -> Optional.ofNullable(found.group("inBrackets")));
        String to = found.group("to");
        if (to != null && zone.isEmpty() && found.group("dash").equals("-") && isOffset("-" + to)) {
            throw new InvalidValue("can be an interval or an offset: write \"to\" between the times of an interval,"
                    + " or a blank before an offset");
        }
        boolean about = found.group("about") != null || found.group("aboutThen") != null || found.group("ish") != null;
        var from = clock(found.group("from"));
        var begin = date.atTime(from.from());
        if (to == null) {
            return claim(begin, begin.plusMinutes(from.minutes()), about || from.onlyTheHour(), zone);
        }
        var until = clock(to);
        var end = date.atTime(until.from());
        var afterwards = end.isBefore(begin) ? end.plusDays(1) : end;
        return claim(begin, afterwards.plusMinutes(until.minutes()), about, zone);
    }

    private OccurredAt claim(LocalDateTime begin, LocalDateTime end, boolean about, Optional<String> zone) {
        var from = moment(begin, zone);
        var until = moment(end, zone);
        boolean exact = from.exact() && until.exact();
        boolean isInterval = exact && until.at().isAfter(from.at());
        var precision = isInterval ? Precision.INTERVAL : about || !exact ? Precision.APPROXIMATE : Precision.MINUTE;
        return new OccurredAt(
                Optional.of(from.at()),
                precision,
                isInterval ? Optional.of(until.at()) : Optional.empty(),
                Optional.of(from.offset()),
                Optional.of(new Text(words)));
    }

    private Moment moment(LocalDateTime local, Optional<String> zone) {
        if (zone.isEmpty()) {
            return told.map(place -> in(place, local))
                    .orElseThrow(() -> new InvalidValue("must have its zone, in the words or in zone"));
        }
        String name = zone.get().toUpperCase(Locale.ROOT);
        if (name.equals("Z") || name.equals("UTC") || name.equals("GMT")) {
            return in(ZoneOffset.UTC, local);
        }
        if (isOffset(name)) {
            return in(offset(name), local);
        }
        var place = place(zone.get());
        if (place.isPresent()) {
            return in(place.get(), local);
        }
        var known = Optional.ofNullable(SHORT_NAMES.get(name));
        if (known.filter(n -> n.isInUse(local)).isPresent()) {
            return in(known.get().offset(), local);
        }
        // The name is wrong or unknown: where the importer says how the clock stood, that is how it was.
        return told.map(clock -> in(clock, local))
                .or(() -> known.map(n -> new Moment(local.toInstant(n.offset()), n.offset(), false)))
                .orElseThrow(() -> new InvalidValue("must name a zone that means one offset, which " + name
                        + " does not; say in zone what it means"));
    }

    /** When clocks are set back one hour comes twice, and when they are set forward one never comes. */
    private static Moment in(ZoneId place, LocalDateTime local) {
        var zoned = ZonedDateTime.of(local, place);
        boolean exact = place.getRules().getValidOffsets(local).size() == 1;
        return new Moment(zoned.toInstant(), zoned.getOffset(), exact);
    }

    private static Optional<ZoneId> place(String name) {
        if (name.indexOf('/') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static boolean isOffset(String name) {
        var found = OFFSET.matcher(name);
        return found.matches() && Integer.parseInt(found.group(2)) <= 14;
    }

    private static ZoneOffset offset(String name) {
        var found = OFFSET.matcher(name);
        if (!found.matches()) {
            throw new InvalidValue(EXPECTED);
        }
        int sign = found.group(1).equals("-") ? -1 : 1;
        try {
            return ZoneOffset.ofHoursMinutes(
                    sign * Integer.parseInt(found.group(2)),
                    found.group(3) == null ? 0 : sign * Integer.parseInt(found.group(3)));
        } catch (DateTimeException _) {
            throw new InvalidValue(EXPECTED);
        }
    }

    private static LocalDate date(String digits) {
        try {
            return LocalDate.parse(digits.replace('/', '-'));
        } catch (DateTimeException _) {
            throw new InvalidValue("must have a date that exists, for instance 2017-01-31");
        }
    }

    private static Clock clock(@Nullable String written) {
        if (written == null || written.startsWith("??")) {
            return new Clock(LocalTime.MIDNIGHT, 24 * 60, false);
        }
        var found = HOURS_AND_MINUTES.matcher(written);
        if (!found.matches()) {
            throw new InvalidValue(EXPECTED);
        }
        String minutes = found.group(2);
        int hour = hour(Integer.parseInt(found.group(1)), Optional.ofNullable(found.group(4)));
        try {
            if (minutes == null) {
                return new Clock(LocalTime.of(hour, 0), 0, true);
            }
            if (minutes.equals("??")) {
                return new Clock(LocalTime.of(hour, 0), 60, false);
            }
            if (minutes.endsWith("?")) {
                return new Clock(LocalTime.of(hour, 10 * Character.digit(minutes.charAt(0), 10)), 10, false);
            }
            int seconds = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
            return new Clock(LocalTime.of(hour, Integer.parseInt(minutes), seconds), 0, false);
        } catch (DateTimeException _) {
            throw new InvalidValue("must be a time of the day that exists");
        }
    }

    private static int hour(int written, Optional<String> half) {
        if (half.isEmpty()) {
            return written;
        }
        if (written < 1 || written > 12) {
            throw new InvalidValue("must be a time of the day that exists");
        }
        return written % 12 + (half.get().toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
    }
}
