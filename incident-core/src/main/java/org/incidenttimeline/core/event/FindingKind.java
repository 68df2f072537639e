package org.incidenttimeline.core.event;

/** What a review found. */
public enum FindingKind {
    ROOT_CAUSE,
    CONTRIBUTING_FACTOR,
    WENT_WELL,
    WENT_POORLY,
    GOT_LUCKY,
    LESSON
}
