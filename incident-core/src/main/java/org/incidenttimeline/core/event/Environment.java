package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a service runs, for instance {@code production}. {@code *} in a freeze's scope means every environment. */
public record Environment(@JsonValue String value) {
    public static final int MAX_LENGTH = 100;

    public static final Environment ANY = new Environment("*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Environment {
        value = Characters.line(value, MAX_LENGTH);
    }

    /** Whether a freeze that names this covers the other: the same name whatever its case, or any. */
    public boolean covers(Environment other) {
        return equals(ANY) || value.equalsIgnoreCase(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
