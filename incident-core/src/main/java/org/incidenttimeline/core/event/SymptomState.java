package org.incidenttimeline.core.event;

/** Whether a symptom tells of what fails, of what still works, or of what works again. */
public enum SymptomState {
    FAILING,
    /** What failed is said to work again. It resolves nothing: that is for a verified recovery. */
    WORKS_AGAIN,
    STILL_WORKS
}
