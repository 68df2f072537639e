package org.incidenttimeline.api.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.seal.SealedPlace;
import tools.jackson.databind.JsonNode;

/** Which values are missing in an archive, until the event comes that says that they were taken out. */
final class Redactions {
    /** The name of that event. */
    static final String EVENT = "incident.entry-redacted";

    private final Map<Place, ArchiveFault> missing = new LinkedHashMap<>();
    private long count;

    private record Place(String stream, long sequence, SealedPlace place) {}

    /** @param fault what it is if no redaction names it */
    void missing(String stream, long sequence, SealedPlace place, ArchiveFault fault) {
        missing.put(new Place(stream, sequence, place), fault);
    }

    /** Takes what an event of that name says; entries count from 1. */
    void named(String stream, JsonNode redaction) {
        long sequence = redaction.path("entry").asLong(0) - 1;
        for (JsonNode field : redaction.path("fields")) {
            var place = new SealedPlace(
                    field.path("path").asString(""),
                    Hash.ofHex(field.path("commitment").asString("")));
            if (missing.remove(new Place(stream, sequence, place)) != null) {
                count++;
            }
        }
    }

    /** How many of those that are missing were taken out. */
    long count() {
        return count;
    }

    Optional<ArchiveFault> firstUnnamed() {
        return missing.values().stream().findFirst();
    }
}
