package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What an incident is called: one line of 1 to {@value #MAX_LENGTH} characters. */
public record Title(@JsonValue String value) implements Sealable {
    public static final int MAX_LENGTH = 200;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Title {
        value = Characters.line(value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
