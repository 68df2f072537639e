package org.incidenttimeline.core.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command was not accepted for a reason other than a rule. */
public final class NotAccepted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It is not at the version that the caller expected. Nothing was recorded. Facts: expected, actual. */
        VERSION_MOVED,
        /** Others changed it at the same time, again and again. Nothing was recorded. */
        CHANGED_CONCURRENTLY,
        /** An open incident has this deduplication key. Nothing was recorded. Facts: dedupKey, incidentId. */
        DEDUP_KEY_TAKEN,
        /** The log cannot be written now. Nothing was recorded; a retry is safe. */
        LOG_UNAVAILABLE,
        /** A check found the record changed, so that nothing may be added to it. Nothing was recorded. */
        LOG_READ_ONLY,
        /** Something else was asked under the same key. Nothing was recorded. */
        IDEMPOTENCY_KEY_REUSED,
        /**
         * The log did not answer after it was told to commit. Whether it is recorded shows when the same is asked again
         * under the same key, or when the incident is read.
         */
        OUTCOME_UNKNOWN
    }

    private final Reason reason;
    private final Map<String, String> facts;

    public NotAccepted(Reason reason, String sentence, Map<String, String> facts, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.facts = Map.copyOf(facts);
    }

    public Reason reason() {
        return reason;
    }

    /** What led to it, by name. */
    public Map<String, String> facts() {
        return facts;
    }
}
