package org.incidenttimeline.projections.milestones;

import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.projections.timeline.Source;

/**
 * A moment by which a response is measured.
 *
 * @param at when it was, as the source claims; not always the time at which the source itself occurred
 * @param source the entry that says so, and who made it
 */
public record Milestone(OccurredAt at, Source source) {
    /** Which moment. */
    public enum Name {
        /** Users or systems began to suffer: the earliest impact window, else what the declaration said. */
        STARTED,
        /** It came to be known, as the declaration said. */
        DETECTED,
        /** The first entry by a person rather than a tool that tells of no time before the incident was known. */
        ACKNOWLEDGED,
        DECLARED,
        /** The first update was published. */
        FIRST_UPDATE,
        /** The last mitigation that was effective was completed. */
        MITIGATED,
        /** The service was back, as the verification said, else when it was verified. */
        RECOVERED,
        /** The recovery was verified, or where nobody did, a source that was imported said so. */
        RESOLVED,
        /** The review was held or began. */
        REVIEW_HELD,
        CLOSED
    }
}
