package org.incidenttimeline.core.event;

/** What a change turned out to have to do with the incident. */
public enum ChangeVerdict {
    SUSPECT,
    CAUSED,
    FIXED,
    DISMISSED
}
