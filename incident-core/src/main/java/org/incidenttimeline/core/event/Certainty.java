package org.incidenttimeline.core.event;

/** How sure one may be of what a piece of evidence says. */
public enum Certainty {
    FACT,
    INFERENCE,
    HEARSAY,
    ASSUMPTION
}
