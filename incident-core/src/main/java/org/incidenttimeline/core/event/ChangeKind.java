package org.incidenttimeline.core.event;

/** What was changed. */
public enum ChangeKind {
    DEPLOY,
    CONFIG,
    FLAG,
    INFRASTRUCTURE,
    DEPENDENCY,
    DATA
}
