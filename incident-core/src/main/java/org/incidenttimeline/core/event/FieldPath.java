package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where in a recorded event something stands: a JSON Pointer (RFC 6901) of at most {@value #MAX_LENGTH} characters. */
public record FieldPath(@JsonValue String value) {
    public static final int MAX_LENGTH = 1_000;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FieldPath {
        if (!value.startsWith("/") || value.length() > MAX_LENGTH) {
            throw new InvalidValue(
                    "must be a JSON Pointer, for instance /text, of at most " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
