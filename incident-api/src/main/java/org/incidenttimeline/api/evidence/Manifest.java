package org.incidenttimeline.api.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;

/**
 * What a pack says of itself, in its last file.
 *
 * @param pack the form, {@value #FORM}
 * @param export the number under which it is on record among the reads of the log
 * @param origin name of the ledger
 * @param position how many events the checkpoint has as of which the pack is made
 * @param from when the first of its incidents may have been declared; null where they were named
 * @param to before when they were declared
 */
record Manifest(
        int pack,
        long export,
        String madeBy,
        Actor.Kind madeByKind,
        Instant madeAt,
        String origin,
        long position,
        Optional<Instant> from,
        Optional<Instant> to,
        List<Incident> incidents,
        List<File> files) {
    static final int FORM = 1;
    static final String NAME = "manifest.json";
    static final String LEDGER = "ledger.ndjson";

    Manifest {
        incidents = List.copyOf(incidents);
        files = List.copyOf(files);
    }

    /**
     * An incident of the pack.
     *
     * @param folder where its documents are
     */
    record Incident(String incidentId, long version, String folder) {}

    /**
     * A file of the pack.
     *
     * @param sha256 of its bytes, in hexadecimal
     */
    record File(String name, long bytes, String sha256) {}
}
