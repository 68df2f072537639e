package org.incidenttimeline.core.log;

import java.util.Locale;

/**
 * The first thing that is wrong with a ledger.
 *
 * @param index of the event, counted from 0; the size of the tree where it is not a matter of one event
 * @param what for a person
 */
public record LedgerFault(Kind kind, long index, String what) {

    /** What it is. */
    public enum Kind {
        /** An event or its leaf is missing. */
        DELETED,
        /** The record of an event is not the one its leaf was made of. */
        EDITED,
        /** The leaf was not made by the service. */
        FORGED,
        /** An event has an earlier time than the one before it. */
        BACKDATED,
        /** There is less than a checkpoint says. */
        TRUNCATED,
        /** The tree is not the one that was signed. */
        REPLACED
    }

    /** The place and what it is, in one sentence. */
    public String sentence() {
        return kind.name().toLowerCase(Locale.ROOT) + " at index " + index + ": " + what;
    }
}
