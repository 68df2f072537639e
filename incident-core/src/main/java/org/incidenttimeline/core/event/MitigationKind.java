package org.incidenttimeline.core.event;

/** What kind of step a mitigation is. */
public enum MitigationKind {
    ROLLBACK,
    FAILOVER,
    RESTART,
    SCALE,
    FLAG,
    CONFIG,
    HOTFIX,
    TRAFFIC,
    OTHER
}
