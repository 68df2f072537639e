package org.incidenttimeline.core.event;

/** What showed a symptom. */
public enum SymptomSource {
    LOG,
    METRIC,
    TRACE,
    ALERT,
    USER_REPORT,
    OBSERVATION
}
