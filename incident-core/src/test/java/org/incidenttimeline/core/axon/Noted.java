package org.incidenttimeline.core.axon;

import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** An event for tests of the storage. */
record Noted(String incident, String text) {

    static final EventTypes TYPES = new EventTypes(List.of(new EventTypes.Entry(Noted.class, "incident.noted", 1)));

    static DomainEventMessage<Noted> message(String incident, long sequence) {
        return new GenericDomainEventMessage<>(
                "incident", incident, sequence, new Noted(incident, "note " + sequence), MetaData.with("by", "ana"));
    }
}
