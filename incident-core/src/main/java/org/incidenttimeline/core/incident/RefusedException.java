package org.incidenttimeline.core.incident;

import java.util.Map;

/** A rule refused a command, and nothing was recorded. The message tells a person what stands in the way and what to do. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final Map<String, String> facts;

    RefusedException(Refusal refusal, String sentence, Map<String, String> facts) {
        // A refusal is an answer, not a fault: nobody reads its stack.
        super(sentence, null, false, false);
        this.refusal = refusal;
        this.facts = Map.copyOf(facts);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** What led to the refusal, by name, for instance the freeze that is still on. */
    public Map<String, String> facts() {
        return facts;
    }
}
