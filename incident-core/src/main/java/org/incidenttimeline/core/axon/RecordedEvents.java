package org.incidenttimeline.core.axon;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.RecordedEvent;

/** Reads recorded events out of the messages in which Axon carries them. */
public final class RecordedEvents {
    private RecordedEvents() {}

    /**
     * The recorded event in a message that a streaming processor handles.
     *
     * @throws IllegalArgumentException if the message is no event of an incident, or does not come from the log
     */
    public static RecordedEvent of(EventMessage<?> message) {
        if (message instanceof TrackedEventMessage<?> tracked) {
            return of(message, position(tracked.trackingToken()));
        }
        throw new IllegalArgumentException("not read from the log: " + message.getPayloadType());
    }

    private static RecordedEvent of(EventMessage<?> message, long position) {
        if (message instanceof DomainEventMessage<?> domainEvent
                && message.getPayload() instanceof IncidentEvent event) {
            return new RecordedEvent(
                    event,
                    message.getIdentifier(),
                    position,
                    domainEvent.getSequenceNumber() + 1,
                    message.getTimestamp(),
                    MetaDataOf.provenance(message.getMetaData()));
        }
        throw new IllegalArgumentException("not an event of an incident: " + message.getPayloadType());
    }

    private static long position(TrackingToken token) {
        return token.position().orElseThrow(() -> new IllegalArgumentException("a token of the log has a position"));
    }
}
