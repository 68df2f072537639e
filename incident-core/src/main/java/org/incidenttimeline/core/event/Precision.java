package org.incidenttimeline.core.event;

/** How exactly a time is known; see {@link OccurredAt}. */
public enum Precision {
    MINUTE,
    APPROXIMATE,
    INTERVAL,
    ORDER_ONLY,
    UNKNOWN
}
