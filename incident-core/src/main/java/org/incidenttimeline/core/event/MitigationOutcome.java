package org.incidenttimeline.core.event;

/** How a mitigation ended. */
public enum MitigationOutcome {
    EFFECTIVE,
    PARTIAL,
    INEFFECTIVE,
    HARMFUL
}
