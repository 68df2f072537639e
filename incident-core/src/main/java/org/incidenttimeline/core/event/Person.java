package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A person or team, by the name or handle that the organisation uses, 1 to {@value #MAX_LENGTH} characters. */
public record Person(@JsonValue String value) implements Sealable {
    public static final int MAX_LENGTH = 100;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Person {
        value = Characters.line(value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
