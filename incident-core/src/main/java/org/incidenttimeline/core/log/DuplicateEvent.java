package org.incidenttimeline.core.log;

import org.jspecify.annotations.Nullable;

/** An event of the append has the identity of one that the log already holds. Nothing was written. */
public final class DuplicateEvent extends LogFailure {

    DuplicateEvent(String streamId, @Nullable Throwable cause) {
        super("the log already holds an event with the id of one appended to stream " + streamId, cause);
    }
}
