package org.incidenttimeline.core.event;

/** As what those who practise come to know a fact that an exercise makes up. */
public enum InjectKind {
    ALERT,
    SYMPTOM,
    CUSTOMER_REPORT,
    MESSAGE,
    NOTE
}
