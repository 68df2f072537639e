package org.incidenttimeline.core.log;

/** What the committer tells the caller of an append. */
sealed interface Answer {

    /** The append is durable. */
    record Done(Appended appended) implements Answer {}

    /** It is not, for this reason. */
    record Refused(LogFailure reason) implements Answer {}
}
