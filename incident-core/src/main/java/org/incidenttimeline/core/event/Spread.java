package org.incidenttimeline.core.event;

/** Whether an impact stays where it is or reaches further (the blast radius). */
public enum Spread {
    ISOLATED,
    WIDESPREAD,
    UNKNOWN
}
