package org.incidenttimeline.core.event;

/** Where an incident stands. It follows from the events; nobody sets it. */
public enum Phase {
    DECLARED,
    INVESTIGATING,
    MITIGATING,
    VERIFYING,
    RESOLVED,
    IN_REVIEW,
    CLOSED,
    CANCELLED,
    MERGED;

    /** Whether the response is still running: users may suffer, and the status board shows the incident. */
    public boolean isOpen() {
        return compareTo(RESOLVED) < 0;
    }

    /** Whether the record is finished, one way or another. */
    public boolean isEnded() {
        return compareTo(CLOSED) >= 0;
    }
}
