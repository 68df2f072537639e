package org.incidenttimeline.core.event;

/** How bad it is, SEV1 the worst. */
public enum Severity {
    SEV1,
    SEV2,
    SEV3,
    SEV4,
    SEV5
}
