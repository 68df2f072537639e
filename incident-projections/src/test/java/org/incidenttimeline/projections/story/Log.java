package org.incidenttimeline.projections.story;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineFold;

/** The history of one incident, recorded event by event by a person called ana. */
public final class Log {
    private final List<RecordedEvent> events = new ArrayList<>();
    private Instant recordedAt = Instant.parse("2017-01-31T17:00:00Z");

    public static Log of(List<? extends IncidentEvent> events) {
        return new Log().andAll(events);
    }

    public Log and(IncidentEvent event) {
        return and(event, new Actor(new Person("ana"), Actor.Kind.HUMAN));
    }

    public Log and(IncidentEvent event, Actor actor) {
        var latest = event.occurredAt().latest().orElse(recordedAt);
        recordedAt = latest.isAfter(recordedAt) ? latest : recordedAt;
        var version = events.size() + 1;
        var provenance =
                new Provenance(actor, Optional.empty(), "key", "command-" + version, Optional.empty(), "c", "c");
        events.add(new RecordedEvent(event, "event-" + version, version, version, recordedAt, provenance));
        return this;
    }

    public Log andAll(List<? extends IncidentEvent> more) {
        more.forEach(this::and);
        return this;
    }

    public List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    public Timeline timeline() {
        return new TimelineFold().replay(events);
    }

    public IncidentView incident() {
        return new IncidentFold().replay(events).orElseThrow();
    }
}
