package org.incidenttimeline.core.event;

/** Why an incident was called off. */
public enum CancellationReason {
    FALSE_POSITIVE,
    SUPERSEDED,
    EXTERNAL,
    NO_LONGER_RELEVANT
}
