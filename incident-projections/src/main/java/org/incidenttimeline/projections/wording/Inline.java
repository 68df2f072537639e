package org.incidenttimeline.projections.wording;

/** A piece of a line, by what it is and not by how it looks. */
public sealed interface Inline {
    /** Words of this program. */
    record Plain(String text) implements Inline {}

    /** Words that a user wrote, as they were written. */
    record Said(String text) implements Inline {}

    /** A time, in words and in UTC. */
    record When(String text) implements Inline {}

    /** A label of this program that leads in what follows. */
    record Label(String text) implements Inline {}

    /** The number of the entry that a fact comes from. */
    record Citation(long entry) implements Inline {}
}
