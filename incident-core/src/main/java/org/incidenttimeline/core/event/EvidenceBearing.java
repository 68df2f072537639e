package org.incidenttimeline.core.event;

/** What a piece of evidence does to a hypothesis. */
public enum EvidenceBearing {
    SUPPORTS,
    CONTRADICTS
}
