package org.incidenttimeline.core.axon;

import java.util.Comparator;
import org.incidenttimeline.core.event.EventCatalogue;

/** The events of an incident under the names in which the log stores them. */
public final class IncidentEventTypes {
    private static final String PREFIX = "incident.";

    private IncidentEventTypes() {}

    /** The types of all events in the catalogue. */
    public static EventTypes types() {
        return new EventTypes(EventCatalogue.entries().entrySet().stream()
                .map(e -> new EventTypes.Entry(
                        e.getKey(), PREFIX + e.getValue().kind(), e.getValue().revision()))
                .sorted(Comparator.comparing(EventTypes.Entry::name))
                .toList());
    }

    /** The serializer of these types. */
    public static EventSerializer serializer() {
        return new EventSerializer(types(), TextObjects.ofSealables());
    }
}
