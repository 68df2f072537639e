package org.incidenttimeline.core.event;

/** Who may see an incident: everyone in the organisation, or those named. */
public enum Visibility {
    OPEN,
    RESTRICTED
}
