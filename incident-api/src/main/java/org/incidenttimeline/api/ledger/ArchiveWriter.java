package org.incidenttimeline.api.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Ledger;
import org.incidenttimeline.core.log.LedgerEntry;
import org.incidenttimeline.core.log.StoredCheckpoint;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.core.log.ValuePlace;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.seal.SaltedValue;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the record with its proof, one JSON object a line; docs/auditors/ledger.md describes them. However long the
 * record is, a few hundred events are held at once.
 */
@Component
public final class ArchiveWriter {
    static final int FORMAT = 1;

    private static final int AT_ONCE = 200;

    private final Ledger ledger;
    private final LedgerKeys keys;
    private final EventLog log;
    private final JsonMapper json = new JsonMapper();

    ArchiveWriter(Ledger ledger, LedgerKeys keys, EventLog log) {
        this.ledger = ledger;
        this.keys = keys;
        this.log = log;
    }

    /** Writes the whole record. */
    void write(OutputStream out) throws IOException {
        write(out, ledger.head().position(), _ -> true);
    }

    /**
     * Writes the record up to a position. An event that is not to be shown stands as its leaf alone, which proves where it
     * is and tells nothing of it.
     */
    public void write(OutputStream out, long position, Predicate<StoredEvent> shown) throws IOException {
        line(out, header(position));
        var checkpoints = new Checkpoints();
        long written = 0;
        long events = 0;
        checkpoints.writeUpTo(0, out);
        while (written < position) {
            var entries = ledger.entriesAfter(written, position, AT_ONCE);
            var values = log.valuesOf(
                    entries.stream().map(LedgerEntry::event).filter(shown).toList());
            for (LedgerEntry entry : entries) {
                line(out, shown.test(entry.event()) ? event(entry, values) : leaf(entry));
                events++;
                checkpoints.writeUpTo(entry.event().position(), out);
            }
            written += AT_ONCE;
        }
        checkpoints.writeUpTo(position, out);
        var end = json.createObjectNode();
        end.putObject("end").put("events", events).put("checkpoints", checkpoints.written);
        line(out, end);
        out.flush();
    }

    private ObjectNode header(long position) {
        var header = json.createObjectNode()
                .put("archive", FORMAT)
                .put("origin", keys.origin())
                .put("events", position);
        var list = header.putArray("keys");
        keys.signers().forEach(signer -> list.add(signer.key().toString()));
        return header;
    }

    private ObjectNode event(LedgerEntry entry, Map<ValuePlace, SaltedValue> values) {
        var line = json.createObjectNode()
                .put("envelope", entry.leaf(keys.origin()).envelope())
                .put("payload", entry.event().payload())
                .put("metadata", entry.event().metadata())
                .put("leaf", hex(entry.hash()))
                .put("seal", hex(entry.seal()));
        var told = line.putObject("values");
        Payloads.sealsIn(entry.event().payload())
                .forEach(place -> Optional.ofNullable(
                                values.get(new ValuePlace(entry.event().eventId(), place.path())))
                        .ifPresent(value -> told.putObject(place.path())
                                .put("salt", value.salt().hex())
                                .set("value", json.readTree(value.json()))));
        return line;
    }

    private ObjectNode leaf(LedgerEntry entry) {
        return json.createObjectNode().put("leaf", hex(entry.hash()));
    }

    private static String hex(Optional<Hash> hash) {
        return hash.map(Hash::hex).orElse("");
    }

    private void line(OutputStream out, ObjectNode node) throws IOException {
        out.write(json.writeValueAsString(node).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /** The checkpoints in their order, each behind the events that it is of. */
    private final class Checkpoints {
        private final Deque<StoredCheckpoint> waiting = new ArrayDeque<>();
        private long read = -1;
        private boolean more = true;
        private long written;

        void writeUpTo(long size, OutputStream out) throws IOException {
            fill();
            while (!waiting.isEmpty() && waiting.getFirst().size() <= size) {
                line(
                        out,
                        json.createObjectNode()
                                .put("checkpoint", waiting.removeFirst().note()));
                written++;
                fill();
            }
        }

        private void fill() {
            if (waiting.isEmpty() && more) {
                List<StoredCheckpoint> next = ledger.checkpointsAfter(read, AT_ONCE);
                waiting.addAll(next);
                more = next.size() == AT_ONCE;
                read = next.isEmpty() ? read : next.getLast().size();
            }
        }
    }
}
