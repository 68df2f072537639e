package org.incidenttimeline.core.log;

import java.util.List;
import java.util.UUID;
import org.incidenttimeline.core.seal.SealedField;
import org.incidenttimeline.core.seal.Sealer;

/**
 * An event as its writer hands it over: everything but its place in the log and the time of recording.
 *
 * @param eventId identity of the event, unique in the whole log
 * @param name logical name, at most 128 characters
 * @param revision shape of the payload under that name, counted from 1
 * @param payload canonical JSON text, at most {@value #MAX_TEXT} characters
 * @param metadata canonical JSON text, at most {@value #MAX_TEXT} characters
 * @param sealed the words whose places in the payload are sealed; none before {@link EventLog#append} seals them
 */
public record NewEvent(
        UUID eventId, String name, int revision, String payload, String metadata, List<SealedField> sealed) {

    /** Longest payload or metadata, in characters: H2 ends a {@code varchar} at 1,048,576. */
    public static final int MAX_TEXT = 1_000_000;

    /** A commitment is longer than a short word. */
    private static final int MAX_SEALED_TEXT = 1_048_576;

    /** With its words in it. */
    public NewEvent(UUID eventId, String name, int revision, String payload, String metadata) {
        this(eventId, name, revision, payload, metadata, List.of());
    }

    public NewEvent {
        sealed = List.copyOf(sealed);
        Texts.require("event name", name, 128);
        Texts.require("payload", payload, sealed.isEmpty() ? MAX_TEXT : MAX_SEALED_TEXT);
        Texts.require("metadata", metadata, MAX_TEXT);
        if (revision < 1) {
            throw new IllegalArgumentException("revision counts from 1, not " + revision);
        }
    }

    /** The same event with its words sealed. */
    NewEvent sealedBy(Sealer sealer) {
        Sealer.Sealed made = sealer.seal(eventId, payload);
        return new NewEvent(eventId, name, revision, made.payload(), metadata, made.fields());
    }

    /** Characters of payload and metadata, and bytes of what is sealed. */
    int length() {
        return payload.length()
                + metadata.length()
                + sealed.stream().mapToInt(field -> field.box().length()).sum();
    }
}
