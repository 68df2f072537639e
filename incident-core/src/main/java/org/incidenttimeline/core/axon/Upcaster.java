package org.incidenttimeline.core.axon;

import java.util.function.UnaryOperator;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings the payload of one name from one revision to the next, when it is read; the stored row stays as it is. */
final class Upcaster extends SingleEventUpcaster {
    private final SimpleSerializedType from;
    private final SimpleSerializedType to;
    private final UnaryOperator<ObjectNode> change;

    /**
     * An upcaster of an event.
     *
     * @param name what the event is called in the log, for instance {@code incident.declared}
     * @param from the revision that it reads; it makes the next
     * @param change makes the payload of the next revision of one of this
     */
    Upcaster(String name, int from, UnaryOperator<ObjectNode> change) {
        this.from = type(name, from);
        this.to = type(name, from + 1);
        this.change = change;
    }

    private static SimpleSerializedType type(String name, int revision) {
        return new SimpleSerializedType(name, Integer.toString(revision));
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(from);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(to, JsonNode.class, json -> change.apply((ObjectNode) json));
    }
}
