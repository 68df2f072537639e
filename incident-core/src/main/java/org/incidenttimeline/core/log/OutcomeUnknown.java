package org.incidenttimeline.core.log;

import org.jspecify.annotations.Nullable;

/**
 * The append may be in the log, now or later, or may not be. It must never be reported as "not done". Whoever asks
 * again does so under the same idempotency key or the same sequence, so that it cannot be recorded twice.
 */
public final class OutcomeUnknown extends LogFailure {

    OutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
