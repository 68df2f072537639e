package org.incidenttimeline.core.event;

/** What a responder is responsible for. LEAD is the incident commander; several people may be SUBJECT_EXPERT. */
public enum Role {
    LEAD,
    OPERATIONS,
    COMMUNICATIONS,
    SCRIBE,
    SUBJECT_EXPERT
}
