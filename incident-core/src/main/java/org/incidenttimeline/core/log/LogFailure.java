package org.incidenttimeline.core.log;

import org.jspecify.annotations.Nullable;

/**
 * Why the log did not do what was asked. The subtypes are all the reasons there are; each says whether anything was
 * written and whether asking again makes sense.
 */
public abstract sealed class LogFailure extends RuntimeException
        permits StreamConflict, DuplicateEvent, KeyTaken, ReceiptExists, LogUnavailable, LogReadOnly, OutcomeUnknown {

    LogFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
