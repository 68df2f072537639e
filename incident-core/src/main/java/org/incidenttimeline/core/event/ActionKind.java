package org.incidenttimeline.core.event;

/** What an action will do to the next incident of this kind. */
public enum ActionKind {
    PREVENT,
    DETECT,
    MITIGATE,
    PROCESS
}
