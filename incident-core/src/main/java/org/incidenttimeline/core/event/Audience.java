package org.incidenttimeline.core.event;

/** Whom an update speaks to. */
public enum Audience {
    LEADERSHIP,
    SUPPORT,
    ENGINEERING,
    CUSTOMERS
}
