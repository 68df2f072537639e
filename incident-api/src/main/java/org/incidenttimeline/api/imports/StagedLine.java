package org.incidenttimeline.api.imports;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;

/**
 * A line of a file, as the command that it asks for, or as the reason why it asks for none.
 *
 * @param number its number in the file, from 1; of a status page, that of the incident or update
 * @param kind what it tells of
 * @param incident the incident that it is about, as far as that could be read
 * @param sourceId how its source calls it
 * @param at when it happened, to put entries in order
 * @param path where its command would be posted, relative to the incident
 * @param body what would be posted there
 * @param identity what tells it from every other line, wherever that is read
 * @param refusal why it is no command
 */
record StagedLine(
        int number,
        Kind kind,
        Optional<IncidentId> incident,
        Optional<String> sourceId,
        Optional<Instant> at,
        String path,
        String body,
        String identity,
        Optional<Verdict> refusal) {

    /** What a line tells of, in the order in which the lines of one incident are carried out. */
    enum Kind {
        DECLARATION,
        /** In the order of the file: commands rest on each other. */
        COMMAND,
        /** In the order of time. */
        ENTRY
    }
}
