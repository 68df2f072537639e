package org.incidenttimeline.core.event;

/** Whether a symptom tells of what fails or of what still works. */
public enum SymptomState {
    FAILING,
    STILL_WORKS
}
