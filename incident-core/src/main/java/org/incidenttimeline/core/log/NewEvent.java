package org.incidenttimeline.core.log;

import java.util.UUID;

/**
 * An event as its writer hands it over: everything but its place in the log and the time of recording.
 *
 * @param eventId identity of the event, unique in the whole log
 * @param name logical name, at most 128 characters
 * @param revision shape of the payload under that name, counted from 1
 * @param payload canonical JSON text, at most {@value #MAX_TEXT} characters
 * @param metadata canonical JSON text, at most {@value #MAX_TEXT} characters
 */
public record NewEvent(UUID eventId, String name, int revision, String payload, String metadata) {

    /** Longest payload or metadata, in characters: H2 ends a {@code varchar} at 1,048,576. */
    public static final int MAX_TEXT = 1_000_000;

    public NewEvent {
        Texts.require("event name", name, 128);
        Texts.require("payload", payload, MAX_TEXT);
        Texts.require("metadata", metadata, MAX_TEXT);
        if (revision < 1) {
            throw new IllegalArgumentException("revision counts from 1, not " + revision);
        }
    }
}
