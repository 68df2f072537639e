package org.incidenttimeline.core.log;

import org.jspecify.annotations.Nullable;

/**
 * The stream has moved on: another writer took the sequence, or the writer is ahead of the log. Nothing was written.
 * Read the stream again and decide anew.
 */
public final class StreamConflict extends LogFailure {

    private final String streamId;
    private final long sequence;

    StreamConflict(String streamId, long sequence, @Nullable Throwable cause) {
        super("stream " + streamId + " does not continue with sequence " + sequence, cause);
        this.streamId = streamId;
        this.sequence = sequence;
    }

    public String streamId() {
        return streamId;
    }

    /** The first sequence of the append that was refused. */
    public long sequence() {
        return sequence;
    }
}
