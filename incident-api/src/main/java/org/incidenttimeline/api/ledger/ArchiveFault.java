package org.incidenttimeline.api.ledger;

import java.util.Locale;

/**
 * The first thing that is wrong with an archive.
 *
 * @param index of the event, counted from 0
 * @param line of the archive, counted from 1
 * @param what for a person
 */
public record ArchiveFault(Kind kind, long index, long line, String what) {
    /** What was done to the record. */
    public enum Kind {
        /** The payload is not the one that was recorded. */
        EDITED_PAYLOAD,
        /** The metadata, which says who did it, is not what was recorded. */
        EDITED_METADATA,
        /** Another part of the event is not what was recorded. */
        EDITED_RECORD,
        /** An event is missing. */
        DELETED,
        /** An event is there that was not recorded in this place. */
        INSERTED,
        /** An event is in another place. */
        REORDERED,
        /** The end is missing. */
        TRUNCATED,
        /** An event has an earlier time than the one before it. */
        BACKDATED,
        /** The events are not those that were signed. */
        REPLACED,
        /** A signature or a seal is not that of the key. */
        FORGED;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return kind.code() + " at event " + index + " (line " + line + "): " + what;
    }
}
