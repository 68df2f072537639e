package org.incidenttimeline.api.inbound;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Text;

/** Times as other systems write them, kept as claims of ours. */
final class ForeignTime {
    /** RFC 3339, and the two forms of Ruby that GitLab sends. */
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME,
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx", Locale.ROOT),
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(java.time.ZoneOffset.UTC));

    private ForeignTime() {}

    /**
     * Reads a time.
     *
     * @param pointer where it stands in the body
     */
    static OffsetDateTime read(String words, String pointer) {
        for (var form : FORMS) {
            try {
                return OffsetDateTime.from(form.parse(words));
            } catch (DateTimeException _) {
                // The next form may fit.
            }
        }
        throw ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.",
                List.of(new FieldError(pointer, "must be a time, for instance 2026-03-01T14:05:00+01:00")));
    }

    /**
     * The claim of a sender. One whose clock is ahead of ours is not refused, since what it tells has happened: the time
     * is then about now, in the sender's own words.
     */
    static OccurredAt claim(OffsetDateTime time, Instant arrivedAt) {
        var at = time.toInstant().truncatedTo(ChronoUnit.MICROS);
        if (at.isAfter(arrivedAt)) {
            return new OccurredAt(
                    Optional.of(arrivedAt),
                    Precision.APPROXIMATE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Text(time.toString())));
        }
        return new OccurredAt(
                Optional.of(at), Precision.MINUTE, Optional.empty(), Optional.of(time.getOffset()), Optional.empty());
    }
}
