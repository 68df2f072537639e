package org.incidenttimeline.api.live;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.InvalidValue;

/** The kind of an incident's event, for instance {@code severity-changed}, that somebody may ask for. */
public record EventKind(@JsonValue String value) {
    private static final Set<String> KNOWN = EventCatalogue.entries().values().stream()
            .filter(entry -> entry.subject().equals("incident"))
            .map(EventCatalogue.Entry::kind)
            .collect(Collectors.toUnmodifiableSet());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EventKind {
        if (!KNOWN.contains(value)) {
            throw new InvalidValue(KNOWN.stream().sorted().collect(Collectors.joining(", ", "must be one of ", "")));
        }
    }

    /** Whether the event is of this kind. */
    public boolean isOf(LiveEvent event) {
        return LiveEvent.isOfIncident(event.stored()) && value.equals(CloudEvents.kindOf(event.stored()));
    }

    @Override
    public String toString() {
        return value;
    }
}
