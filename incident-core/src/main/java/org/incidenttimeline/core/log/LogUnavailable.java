package org.incidenttimeline.core.log;

import org.jspecify.annotations.Nullable;

/** The log cannot serve now. Nothing was written, and the same call may be made again. */
public final class LogUnavailable extends LogFailure {

    LogUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
