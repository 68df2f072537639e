package org.incidenttimeline.core.event;

/** Why words are taken out of the record. */
public enum RedactionReason {
    PASTED_SECRET,
    PERSONAL_DATA,
    LEGAL_DEMAND,
    OTHER
}
