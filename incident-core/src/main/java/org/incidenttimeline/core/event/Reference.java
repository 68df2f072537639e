package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How another system names a thing: a ticket, a release, a commit, a URL; 1 to {@value #MAX_LENGTH} characters. */
public record Reference(@JsonValue String value) implements Sealable {
    public static final int MAX_LENGTH = 500;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Reference {
        value = Characters.line(value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
