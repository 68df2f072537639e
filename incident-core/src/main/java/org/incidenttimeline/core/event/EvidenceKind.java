package org.incidenttimeline.core.event;

/** What a preserved piece of evidence is. */
public enum EvidenceKind {
    LOG,
    METRIC,
    TRACE,
    SCREENSHOT,
    DUMP,
    SNAPSHOT,
    CONFIG,
    MESSAGE,
    QUERY_RESULT,
    OTHER
}
