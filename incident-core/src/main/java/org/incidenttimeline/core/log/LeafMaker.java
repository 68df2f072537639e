package org.incidenttimeline.core.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.Leaf;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.log.GroupPlan.Entry.Accepted;

/**
 * Makes the leaves of a group. It remembers the newest leaf of the streams that were written lately; since an event never
 * changes, what it remembers of a committed one is true for ever.
 */
final class LeafMaker {

    private static final int REMEMBERED = 10_000;

    private final LedgerKeys keys;
    private final Map<Place, Hash> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Hash> eldest) {
            return size() > REMEMBERED;
        }
    };

    LeafMaker(LedgerKeys keys) {
        this.keys = keys;
    }

    /** A place in a stream. */
    record Place(String streamId, long sequence) {}

    /** The leaf of an event and its mark. */
    record Sealed(Hash hash, Hash seal) {}

    /**
     * What a group adds to the ledger.
     *
     * @param leaves one for each event, in order
     * @param last the newest leaf of each stream of the group
     */
    record Leaves(List<Sealed> leaves, Frontier before, Frontier after, Map<Place, Hash> last) {}

    /** Where the leaves stand that the group continues and that are not remembered. */
    List<Place> unknown(List<Accepted> appends) {
        return appends.stream()
                .filter(Accepted::continuesStream)
                .map(LeafMaker::before)
                .filter(place -> !newest.containsKey(place))
                .toList();
    }

    /**
     * The leaves of the group's events.
     *
     * @param found the leaves at the {@link #unknown} places, as far as there are
     * @return empty if a stream does not continue what is in the log
     */
    Optional<Leaves> of(
            List<Accepted> appends, Frontier frontier, long position, Instant recordedAt, Map<Place, Hash> found) {
        Map<Place, Hash> known = new HashMap<>(found);
        List<Sealed> leaves = new ArrayList<>();
        Map<Place, Hash> last = new HashMap<>();
        Frontier after = frontier;
        long next = position;
        for (Accepted accepted : appends) {
            Append append = accepted.append();
            if (append.events().isEmpty()) {
                continue;
            }
            Hash previous = Leaf.NONE;
            if (append.firstSequence() > 0) {
                Hash before = known.getOrDefault(before(accepted), newest.get(before(accepted)));
                if (before == null) {
                    return Optional.empty();
                }
                previous = before;
            }
            long sequence = append.firstSequence();
            for (NewEvent event : append.events()) {
                previous = LedgerEntry.leaf(
                                keys.origin(), stored(++next, append, sequence++, event, recordedAt), previous)
                        .hash();
                leaves.add(new Sealed(previous, keys.seal().of(previous)));
                after = after.with(previous);
            }
            known.put(new Place(append.streamId(), sequence - 1), previous);
            last.put(new Place(append.streamId(), sequence - 1), previous);
        }
        return Optional.of(new Leaves(leaves, frontier, after, last));
    }

    /** Tells that the leaves are committed. */
    void committed(Leaves leaves) {
        newest.putAll(leaves.last());
    }

    String origin() {
        return keys.origin();
    }

    private static Place before(Accepted accepted) {
        return new Place(accepted.append().streamId(), accepted.append().firstSequence() - 1);
    }

    private static StoredEvent stored(long position, Append append, long sequence, NewEvent event, Instant recordedAt) {
        return new StoredEvent(
                position,
                event.eventId(),
                append.aggregateType(),
                append.streamId(),
                sequence,
                event.name(),
                event.revision(),
                recordedAt,
                event.payload(),
                event.metadata());
    }
}
