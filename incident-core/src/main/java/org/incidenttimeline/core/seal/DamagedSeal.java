package org.incidenttimeline.core.seal;

import org.jspecify.annotations.Nullable;

/** A box or a key that does not open, or words that do not fit their commitment: somebody changed the database. */
public final class DamagedSeal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedSeal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
