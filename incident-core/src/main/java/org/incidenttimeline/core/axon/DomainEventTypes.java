package org.incidenttimeline.core.axon;

import java.util.Comparator;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.incidenttimeline.core.event.EventCatalogue;

/** All events under the names in which the log stores them. */
public final class DomainEventTypes {
    private DomainEventTypes() {}

    /** The types of all events in the catalogue. */
    public static EventTypes types() {
        return new EventTypes(EventCatalogue.entries().entrySet().stream()
                .map(e -> new EventTypes.Entry(
                        e.getKey(),
                        e.getValue().subject() + "." + e.getValue().kind(),
                        e.getValue().revision()))
                .sorted(Comparator.comparing(EventTypes.Entry::name))
                .toList());
    }

    /** The serializer of these types. */
    public static EventSerializer serializer() {
        return new EventSerializer(types(), TextObjects.ofSealables());
    }

    /**
     * What brings events that were stored in an older shape to the one of today, a line for each change of a shape, the
     * older first; no shape has changed yet.
     */
    public static EventUpcaster upcasters() {
        return new EventUpcasterChain();
    }
}
