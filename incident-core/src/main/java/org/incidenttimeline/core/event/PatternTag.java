package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A word for a factor that returns across incidents, for instance {@code untested-backup}. */
public record PatternTag(@JsonValue String value) {
    public static final int MAX_LENGTH = 100;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PatternTag {
        value = Characters.line(value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
