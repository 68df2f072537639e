package org.incidenttimeline.core.log;

import java.util.Optional;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.Leaf;

/**
 * An event with what the ledger holds of it, as it is stored.
 *
 * @param hash of its leaf; empty where the leaf is missing
 * @param seal the mark of the leaf; empty where the leaf is missing
 * @param previous the leaf of the event before it in its stream; empty where there is none
 */
public record LedgerEntry(StoredEvent event, Optional<Hash> hash, Optional<Hash> seal, Optional<Hash> previous) {

    /** The leaf that the event has by what is stored of it now. */
    public Leaf leaf(String origin) {
        return leaf(origin, event, previous.orElse(Leaf.NONE));
    }

    static Leaf leaf(String origin, StoredEvent event, Hash previous) {
        return new Leaf(
                origin,
                event.position() - 1,
                event.eventId(),
                event.aggregateType(),
                event.streamId(),
                event.sequence(),
                event.name(),
                event.revision(),
                event.recordedAt(),
                Hash.ofText(event.payload()),
                Hash.ofText(event.metadata()),
                previous);
    }
}
