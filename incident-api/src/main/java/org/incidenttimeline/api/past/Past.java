package org.incidenttimeline.api.past;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.past.Known;
import org.springframework.stereotype.Component;

/** Finds what an answer about the past rests on. */
@Component
public class Past {
    /** How far a claim may lie ahead of our clock: what was recorded this long before a time had happened by then. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final EventLog log;
    private final IncidentHistory history;
    private final Clock clock;

    Past(EventLog log, IncidentHistory history, Clock clock) {
        this.log = log;
        this.history = history;
        this.clock = clock;
    }

    /**
     * What was told of one incident.
     *
     * @param events what counts, not empty, the declaration first
     * @param now the moment asked about, by which things are overdue
     */
    public record Told(List<RecordedEvent> events, Instant now) {}

    /**
     * What an answer across incidents rests on.
     *
     * @param now the moment asked about, by which things are overdue
     */
    public record Across(Known known, Instant now) {}

    /**
     * What was told of an incident at that moment.
     *
     * @throws ProblemException if the moment lies ahead
     * @throws RefusedException with {@link Refusal#INCIDENT_NOT_DECLARED} if the incident was not there yet
     */
    public Told of(IncidentId incident, Moment moment) {
        var all = history.of(incident);
        if (all.isEmpty()) {
            throw Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + ".");
        }
        var last = moment.version().isPresent()
                ? Known.upTo(at(all, incident, moment.version().getAsLong()).position())
                : Known.upTo(position(moment));
        var events = new Known(last.position(), last.position(), moment.occurredBefore()).of(all);
        if (events.isEmpty() || events.getFirst().version() != 1) {
            throw Refusal.INCIDENT_NOT_DECLARED.because(
                    "There is an incident " + incident + ", but at the moment asked about it was not declared yet.");
        }
        var asked = moment.version().isPresent()
                ? at(all, incident, moment.version().getAsLong()).recordedAt()
                : now(moment);
        return new Told(events, earlier(asked, moment));
    }

    /**
     * What an answer across incidents rests on, once the views know as much; they say which incidents there are to look at.
     *
     * @param there how far the views have come
     * @throws ProblemException if the moment lies ahead, or names a version, which only one incident has
     */
    public Across across(Moment moment, Freshness freshness, LongSupplier there) {
        if (moment.version().isPresent()) {
            throw ProblemCode.INVALID_PARAMETER.because("Only one incident has versions; ask with asOf.");
        }
        long position = position(moment);
        Waiting.until(OptionalLong.of(position), freshness.patience(), there);
        long settled = moment.occurredBefore()
                .map(before -> Math.min(position, log.positionBefore(before.minus(SKEW))))
                .orElse(position);
        return new Across(new Known(position, settled, moment.occurredBefore()), earlier(now(moment), moment));
    }

    /** The event of that version. */
    public RecordedEvent at(IncidentId incident, long version) {
        return at(history.of(incident), incident, version);
    }

    private static RecordedEvent at(List<RecordedEvent> all, IncidentId incident, long version) {
        if (version > all.size()) {
            throw ProblemCode.VERSION_NOT_REACHED.because(
                    "The incident " + incident + " is at version " + all.size() + "; there is no " + version + " yet.");
        }
        return all.get(Math.toIntExact(version - 1));
    }

    private long position(Moment moment) {
        return moment.asOf()
                .map(asOf -> {
                    if (asOf.isAfter(clock.instant())) {
                        throw ProblemCode.INVALID_PARAMETER.because(
                                "The parameter asOf lies ahead; what will be known then nobody can say. It is "
                                        + clock.instant().truncatedTo(ChronoUnit.SECONDS) + " now.");
                    }
                    // Times of recording are kept to the microsecond, and what was recorded at that moment was known.
                    return log.positionBefore(asOf.plus(1, ChronoUnit.MICROS));
                })
                .orElseGet(log::head);
    }

    private Instant now(Moment moment) {
        return moment.asOf().orElseGet(clock::instant);
    }

    private static Instant earlier(Instant asked, Moment moment) {
        return moment.occurredBefore().filter(asked::isAfter).orElse(asked);
    }
}
