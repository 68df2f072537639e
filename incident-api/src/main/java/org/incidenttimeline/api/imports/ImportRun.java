package org.incidenttimeline.api.imports;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.core.event.Provenance;

/**
 * One import of one file.
 *
 * @param provenance what the importer proved, kept with every event that the import leads to
 * @param principal what the importer may see
 * @param receivedAt when the file began to arrive
 * @param finishedAt when its last line was carried out
 */
record ImportRun(
        UUID id,
        State state,
        ImportTerms terms,
        Provenance provenance,
        Principal principal,
        Instant receivedAt,
        Optional<Instant> finishedAt) {

    /** How far it has come. */
    enum State {
        /** The file arrives. */
        RECEIVING,
        /** The whole file is here, and its lines are carried out. */
        RUNNING,
        DONE
    }
}
