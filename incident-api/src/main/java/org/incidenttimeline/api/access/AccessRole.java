package org.incidenttimeline.api.access;

/** What a credential is for. {@link AccessRules} says which role may call which endpoint. */
public enum AccessRole {
    /** Tells of what happens: declares incidents, adds symptoms, changes, evidence and notes. */
    REPORTER,
    /** Works on incidents. */
    RESPONDER,
    /** Plans and publishes updates. */
    COMMUNICATOR,
    /** Writes the postmortem and follows its actions. */
    AUTHOR,
    /** Reads everything, restricted incidents and the record of refused requests among it, and changes nothing. */
    AUDITOR,
    /** Manages credentials, subscriptions and sources; it is no role in an incident. */
    ADMIN
}
