package org.incidenttimeline.core.event;

/** Who did something: a person, or a tool acting by itself. */
public record Actor(Person name, Kind kind) {
    /** Whether an actor is a person or a tool. */
    public enum Kind {
        HUMAN,
        TOOL
    }
}
