package org.incidenttimeline.core.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which appends of a group may be written together, decided before any row is. An append that clashes with an earlier
 * one of its group, or wants a key that is held, is refused alone; the refusal is true only once the group is committed.
 *
 * @param entries one per append, in the order of the group
 */
record GroupPlan(List<Entry> entries) {

    /** Whose receipt, under which key. */
    private record ReceiptHolder(String scope, String key) {
        static ReceiptHolder of(Receipt receipt) {
            return new ReceiptHolder(receipt.scope(), receipt.key());
        }
    }

    /** A key as it stands in the table. */
    record HeldKey(String scope, String key) {}

    /** An append and what is planned for it. */
    sealed interface Entry {
        Append append();

        /**
         * To be written.
         *
         * @param continuesStream whether the event before its first one must already be in the log
         * @param keys the key changes that have an effect
         */
        record Accepted(Append append, boolean continuesStream, List<KeyChange> keys) implements Entry {}

        /** Not to be written. */
        record Excluded(Append append, LogFailure reason) implements Entry {}
    }

    GroupPlan {
        entries = List.copyOf(entries);
    }

    /**
     * Plans a group.
     *
     * @param holders the stream that holds each of the keys the group wants to take, for those that are held
     */
    static GroupPlan of(List<Append> group, Map<HeldKey, String> holders) {
        Map<HeldKey, String> holderOf = new HashMap<>(holders);
        Map<String, Long> nextSequence = new HashMap<>();
        Set<ReceiptHolder> receipts = new HashSet<>();
        List<Entry> entries = new ArrayList<>(group.size());
        for (Append append : group) {
            Receipt receipt = append.receipt().orElse(null);
            if (receipt != null && receipts.contains(ReceiptHolder.of(receipt))) {
                entries.add(new Entry.Excluded(append, new ReceiptExists(receipt, null)));
                continue;
            }
            if (append.events().isEmpty()) {
                append.receipt().map(ReceiptHolder::of).ifPresent(receipts::add);
                entries.add(new Entry.Accepted(append, false, List.of()));
                continue;
            }
            Long expected = nextSequence.get(append.streamId());
            if (expected != null && expected != append.firstSequence()) {
                entries.add(new Entry.Excluded(
                        append, new StreamConflict(append.streamId(), append.firstSequence(), null)));
                continue;
            }
            List<KeyChange> keys = List.of();
            if (!append.keys().isEmpty()) {
                Map<HeldKey, String> before = new HashMap<>(holderOf);
                try {
                    keys = effective(append, holderOf);
                } catch (KeyTaken taken) {
                    holderOf = before;
                    entries.add(new Entry.Excluded(append, taken));
                    continue;
                }
            }
            append.receipt().map(ReceiptHolder::of).ifPresent(receipts::add);
            nextSequence.put(append.streamId(), append.nextSequence());
            entries.add(new Entry.Accepted(append, expected == null && append.firstSequence() > 0, keys));
        }
        return new GroupPlan(entries);
    }

    /** The keys the group wants to take, whose holders the plan needs to know. */
    static List<HeldKey> wanted(List<Append> group) {
        List<HeldKey> wanted = new ArrayList<>();
        for (Append append : group) {
            for (KeyChange change : append.keys()) {
                if (change instanceof KeyChange.Take(String scope, String key)) {
                    wanted.add(new HeldKey(scope, key));
                }
            }
        }
        return wanted;
    }

    List<Entry.Accepted> accepted() {
        List<Entry.Accepted> accepted = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry instanceof Entry.Accepted writable) {
                accepted.add(writable);
            }
        }
        return accepted;
    }

    /** The changes that have an effect, each made in {@code holderOf}. */
    private static List<KeyChange> effective(Append append, Map<HeldKey, String> holderOf) {
        String stream = append.streamId();
        List<KeyChange> changes = new ArrayList<>(append.keys().size());
        for (KeyChange change : append.keys()) {
            switch (change) {
                case KeyChange.Take(String scope, String key) -> {
                    String holder = holderOf.putIfAbsent(new HeldKey(scope, key), stream);
                    if (holder == null) {
                        changes.add(change);
                    } else if (!holder.equals(stream)) {
                        throw new KeyTaken(scope, key, holder);
                    }
                }
                case KeyChange.Release(String scope, String key) -> {
                    holderOf.remove(new HeldKey(scope, key), stream);
                    changes.add(change);
                }
                case KeyChange.ReleaseAll(String scope) -> {
                    holderOf.entrySet()
                            .removeIf(held -> held.getKey().scope().equals(scope)
                                    && held.getValue().equals(stream));
                    changes.add(change);
                }
            }
        }
        return changes;
    }
}
