package org.incidenttimeline.core.duty;

/** What a clock runs from. */
public enum Anchor {
    /** When the incident was detected, as its declaration says. */
    DETECTION,
    /** When the organisation became aware. */
    AWARENESS,
    /** When the incident was classified as one that the regime asks to be reported. */
    CLASSIFICATION,
    /** When the recovery was verified. */
    RESOLVED,
    /** The first submission of another stage. */
    SUBMISSION,
    /** The submission of another stage that was made last. */
    LATEST_SUBMISSION;

    /** Whether it is one of another stage. */
    public boolean isSubmission() {
        return this == SUBMISSION || this == LATEST_SUBMISSION;
    }
}
