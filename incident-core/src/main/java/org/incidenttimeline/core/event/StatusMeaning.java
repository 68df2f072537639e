package org.incidenttimeline.core.event;

/** What a source's status says of the response. Nothing was verified here; it is the source that says so. */
public enum StatusMeaning {
    INVESTIGATING(Phase.INVESTIGATING),
    MITIGATING(Phase.MITIGATING),
    VERIFYING(Phase.VERIFYING),
    RESOLVED(Phase.RESOLVED);

    private final Phase phase;

    StatusMeaning(Phase phase) {
        this.phase = phase;
    }

    public Phase phase() {
        return phase;
    }
}
