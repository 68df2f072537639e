package org.incidenttimeline.api.config;

import java.util.List;
import java.util.stream.Stream;
import org.incidenttimeline.core.axon.DomainEventTypes;
import org.incidenttimeline.core.axon.EventSerializer;
import org.incidenttimeline.core.axon.RecordedEvents;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.log.StoredEvent;

/** Reads events that were taken out of the log, where there is no log. */
public final class EventReader {
    private static final EventSerializer SERIALIZER = DomainEventTypes.serializer();

    private EventReader() {}

    /** What these rows tell of incidents; what they tell of anything else is left out. */
    public static List<RecordedEvent> read(List<StoredEvent> stored) {
        return RecordedEvents.of(stored.stream(), SERIALIZER, DomainEventTypes.upcasters())
                .flatMap(event -> event instanceof RecordedEvent told ? Stream.of(told) : Stream.empty())
                .toList();
    }
}
