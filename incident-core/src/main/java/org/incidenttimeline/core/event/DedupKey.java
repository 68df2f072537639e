package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What makes two alerts the same incident; unique among the incidents whose response is still running. */
public record DedupKey(@JsonValue String value) {
    public static final int MAX_LENGTH = 200;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DedupKey {
        value = Characters.line(value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
