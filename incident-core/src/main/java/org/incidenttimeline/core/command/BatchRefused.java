package org.incidenttimeline.core.command;

import org.incidenttimeline.core.incident.RefusedException;

/** A rule refused one command of a batch, and nothing of the batch was recorded. */
public final class BatchRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final RefusedException refusal;

    public BatchRefused(int index, RefusedException refusal) {
        // As the refusal itself, an answer and not a fault.
        super(refusal.getMessage(), refusal, false, false);
        this.index = index;
        this.refusal = refusal;
    }

    /** The place of the command in the batch, counted from 0. */
    public int index() {
        return index;
    }

    public RefusedException refusal() {
        return refusal;
    }
}
