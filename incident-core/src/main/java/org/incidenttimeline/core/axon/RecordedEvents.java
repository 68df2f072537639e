package org.incidenttimeline.core.axon;

import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.PlaybookEvent;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RunbookEvent;
import org.incidenttimeline.core.log.StoredEvent;

/** Reads recorded events out of the messages in which Axon carries them. */
public final class RecordedEvents {
    private RecordedEvents() {}

    /**
     * The recorded event in a message that a streaming processor handles.
     *
     * @throws IllegalArgumentException if the message is no event of an incident, or does not come from the log
     */
    public static RecordedEvent of(EventMessage<?> message) {
        if (any(message) instanceof RecordedEvent event) {
            return event;
        }
        throw new IllegalArgumentException("not an event of an incident: " + message.getPayloadType());
    }

    /**
     * The recorded event in a message, whatever it happened to.
     *
     * @throws IllegalArgumentException if the message does not come from the log
     */
    public static Recorded any(EventMessage<?> message) {
        if (message instanceof TrackedEventMessage<?> tracked
                && message instanceof DomainEventMessage<?> stored
                && message.getPayload() instanceof DomainEvent event) {
            return of(event, stored, position(tracked.trackingToken()));
        }
        throw new IllegalArgumentException("not read from the log: " + message.getPayloadType());
    }

    /** What these rows of the log tell, in the shapes of today. */
    public static Stream<Recorded> of(Stream<StoredEvent> stored, EventSerializer serializer, EventUpcaster upcasters) {
        return EventUtils.upcastAndDeserializeTrackedEvents(stored.map(StoredEventData::new), serializer, upcasters)
                .map(RecordedEvents::any);
    }

    private static Recorded of(DomainEvent event, DomainEventMessage<?> stored, long position) {
        String id = stored.getIdentifier();
        long version = stored.getSequenceNumber() + 1;
        var recordedAt = stored.getTimestamp();
        var provenance = MetaDataOf.provenance(stored.getMetaData());
        return switch (event) {
            case IncidentEvent e -> new RecordedEvent(e, id, position, version, recordedAt, provenance);
            case RunbookEvent e -> new RecordedRunbookEvent(e, id, position, version, recordedAt, provenance);
            case PlaybookEvent e -> new RecordedPlaybookEvent(e, id, position, version, recordedAt, provenance);
        };
    }

    private static long position(TrackingToken token) {
        return token.position().orElseThrow(() -> new IllegalArgumentException("a token of the log has a position"));
    }
}
