package org.incidenttimeline.core.event;

/** Whether a regime asks for reports on an incident, as somebody decided. */
public enum Reportability {
    REPORTABLE,
    NOT_REPORTABLE
}
