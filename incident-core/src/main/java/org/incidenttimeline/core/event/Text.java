package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Free text as it was written, 1 to {@value #MAX_LENGTH} characters. Marks that reorder text are kept: they are evidence, and exports show them. */
public record Text(@JsonValue String value) implements Sealable {
    public static final int MAX_LENGTH = 10_000;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Text {
        value = Characters.text(value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
