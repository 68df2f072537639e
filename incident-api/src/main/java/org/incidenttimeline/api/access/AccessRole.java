package org.incidenttimeline.api.access;

/** What a credential is for. docs/api/access.md says which role may call which endpoint. */
public enum AccessRole {
    /** Tells of what happens: declares incidents, adds symptoms, changes and notes. */
    REPORTER,
    /** Works on incidents. */
    RESPONDER,
    /** Publishes updates. */
    COMMUNICATOR,
    /** Writes the postmortem and follows its actions. */
    AUTHOR,
    /** Reads everything, restricted incidents and the record of refused attempts among it, and changes nothing. */
    AUDITOR,
    /** Manages credentials, subscriptions and sources; it is no role in an incident. */
    ADMIN
}
