package org.incidenttimeline.core.event;

/** How an incident came to be known. */
public enum DetectionSource {
    ALERT,
    MONITORING,
    USER_REPORT,
    STAFF_REPORT,
    VENDOR,
    OTHER
}
