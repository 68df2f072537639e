package org.incidenttimeline.api.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.incidenttimeline.api.ledger.ArchiveFault.Kind;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.Leaf;
import org.incidenttimeline.core.ledger.LeafSeal;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.core.seal.Bytes;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.seal.SaltedValue;
import org.incidenttimeline.core.seal.SealedPlace;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks an archive against the keys that its reader trusts, and finds the first thing that is wrong. It reads the archive
 * once, and remembers one hash for each incident and what is missing of the values.
 */
public final class ArchiveCheck {
    private static final int LONGEST_LINE = 20_000_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_LINE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final List<NoteKey> keys;
    private final Optional<Checkpoint> since;
    private final Optional<LeafSeal> seal;
    private final boolean isPart;
    private final Consumer<StoredEvent> events;

    private final Map<String, Newest> streams = new HashMap<>();
    private final Redactions redactions = new Redactions();
    private Frontier frontier = Frontier.EMPTY;
    private Optional<String> origin = Optional.empty();
    private String time = "";
    private long line;
    private long shown;
    private long checkpoints;
    private long signed;
    private boolean ended;

    /**
     * @param keys of which one must have signed each checkpoint
     * @param since an earlier checkpoint, which the record must continue
     * @param seal what has marked every leaf
     * @param isPart whether events may stand as their leaves alone
     * @param events takes each event that is shown, once it was checked; those behind the newest checkpoint are not signed
     */
    public ArchiveCheck(
            List<NoteKey> keys,
            Optional<Checkpoint> since,
            Optional<LeafSeal> seal,
            boolean isPart,
            Consumer<StoredEvent> events) {
        this.keys = List.copyOf(keys);
        this.since = since;
        this.seal = seal;
        this.isPart = isPart;
        this.events = events;
    }

    /** What came of a check. */
    public sealed interface Verdict {
        /**
         * Nothing is wrong.
         *
         * @param shown how many of the events are there; of the others only the leaf is
         * @param signed how many of the events a signature covers; those behind them may still have been changed
         * @param redacted how many values were taken out of the events that are shown
         */
        record Sound(long events, long shown, long checkpoints, long signed, long redacted, Hash root)
                implements Verdict {}

        /** Something is. */
        record Tampered(ArchiveFault fault) implements Verdict {}

        /** It cannot be told, since this is no archive, or nothing in it is signed. */
        record Unknown(String why) implements Verdict {}
    }

    private record Newest(long sequence, Hash leaf) {}

    /** Ends the reading at what is wrong. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Verdict verdict;

        private Found(Verdict verdict) {
            super(null, null, false, false);
            this.verdict = verdict;
        }
    }

    /** Reads the archive, and ends at the first thing that is wrong. */
    public Verdict check(BufferedReader archive) throws IOException {
        try {
            for (String text = archive.readLine(); text != null; text = archive.readLine()) {
                line++;
                read(parsed(text), archive);
            }
            return end();
        } catch (Found e) {
            return e.verdict;
        }
    }

    private JsonNode parsed(String text) throws Found {
        try {
            var node = JSON.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException _) {
            // Told below.
        }
        throw new Found(
                line == 1
                        ? new Verdict.Unknown("this is no archive")
                        : tampered(Kind.EDITED_RECORD, "the line is not JSON"));
    }

    private void read(JsonNode node, BufferedReader archive) throws Found, IOException {
        if (line == 1) {
            if (node.path("archive").asInt(0) != ArchiveWriter.FORMAT) {
                throw new Found(new Verdict.Unknown("this is no archive of a form that is known here"));
            }
            origin = Optional.of(node.path("origin").asString(""));
            if (keys.stream().noneMatch(key -> key.name().equals(origin.get()))) {
                throw new Found(tampered(
                        Kind.REPLACED,
                        "the archive is of the ledger " + origin.get() + ", to which no key given belongs"));
            }
        } else if (ended) {
            throw new Found(tampered(Kind.INSERTED, "something follows the end"));
        } else if (node.has("envelope")) {
            event(node, archive);
        } else if (node.has("leaf")) {
            leafAlone(node.path("leaf").asString(""));
        } else if (node.has("checkpoint")) {
            checkpoint(node.path("checkpoint").asString(""));
        } else if (node.has("end")) {
            ended = true;
            var end = node.path("end");
            if (end.path("events").asLong(-1) != frontier.size()
                    || end.path("checkpoints").asLong(-1) != checkpoints) {
                throw new Found(tampered(Kind.DELETED, "the end counts other numbers than there are"));
            }
        } else {
            throw new Found(tampered(Kind.INSERTED, "the line is none of an archive"));
        }
    }

    private void event(JsonNode node, BufferedReader archive) throws Found, IOException {
        String envelope = node.path("envelope").asString("");
        JsonNode record = parsedEnvelope(envelope);
        long index = record.path("index").asLong(-1);
        long expected = frontier.size();
        if (index < expected) {
            throw new Found(tampered(Kind.INSERTED, "an event of index " + index + " is not in its place"));
        }
        if (index > expected) {
            throw new Found(tampered(
                    isLater(expected, archive) ? Kind.REORDERED : Kind.DELETED,
                    "the event that follows has index " + index));
        }
        requireHash(record, "payloadHash", node.path("payload").asString(""), Kind.EDITED_PAYLOAD);
        requireHash(record, "metadataHash", node.path("metadata").asString(""), Kind.EDITED_METADATA);
        String recordedAt = record.path("recordedAt").asString("");
        if (recordedAt.compareTo(time) < 0) {
            throw new Found(tampered(Kind.BACKDATED, "recorded at " + recordedAt + ", after one of " + time));
        }
        Hash leaf = MerkleTree.leaf(envelope.getBytes(StandardCharsets.UTF_8));
        if (!leaf.hex().equals(node.path("leaf").asString(""))) {
            throw new Found(tampered(Kind.EDITED_RECORD, "the envelope is not the one that the leaf was made of"));
        }
        if (!record.path("origin").asString("").equals(origin.orElse(""))) {
            throw new Found(tampered(Kind.INSERTED, "the event is of another ledger"));
        }
        follow(record, leaf);
        if (seal.isPresent() && !isSealed(seal.get(), leaf, node.path("seal").asString(""))) {
            throw new Found(tampered(Kind.FORGED, "the seal of the leaf is not that of the key"));
        }
        String payload = opened(record, node);
        time = recordedAt;
        shown++;
        events.accept(stored(record, node, payload));
        add(leaf);
    }

    /** An event of which nothing is told: it has its place in the tree, and nothing else of it can be checked. */
    private void leafAlone(String hex) throws Found {
        if (!isPart) {
            throw new Found(tampered(Kind.DELETED, "only the leaf of the event is there"));
        }
        try {
            add(Hash.ofHex(hex));
        } catch (IllegalArgumentException _) {
            throw new Found(tampered(Kind.EDITED_RECORD, "the leaf is no hash"));
        }
    }

    private void add(Hash leaf) throws Found {
        frontier = frontier.with(leaf);
        if (since.isPresent() && since.get().size() == frontier.size()) {
            requireSince(since.get());
        }
    }

    /** The payload with the values that are beside it, each of which must fit its commitment. */
    private String opened(JsonNode record, JsonNode line) throws Found {
        String payload = line.path("payload").asString("");
        String stream = record.path("streamId").asString("");
        long sequence = record.path("sequence").asLong(-1);
        JsonNode values = line.path("values");
        Map<SealedPlace, String> fitting = new HashMap<>();
        for (SealedPlace place : Payloads.sealsIn(payload)) {
            JsonNode told = values.path(place.path());
            if (told.isMissingNode()) {
                redactions.missing(
                        stream,
                        sequence,
                        place,
                        new ArchiveFault(
                                Kind.EDITED_PAYLOAD,
                                frontier.size(),
                                this.line,
                                "the value at " + place.path() + " is missing, and no redaction names it"));
                continue;
            }
            SaltedValue value = value(told)
                    .filter(v -> v.commitment().equals(place.commitment()))
                    .orElseThrow(() -> new Found(tampered(
                            Kind.EDITED_PAYLOAD, "the value at " + place.path() + " does not fit its commitment")));
            fitting.put(place, value.json());
        }
        if (values.size() != fitting.size()) {
            throw new Found(tampered(Kind.EDITED_PAYLOAD, "a value stands where nothing is sealed"));
        }
        if (record.path("name").asString("").equals(Redactions.EVENT)) {
            redactions.named(stream, JSON.readTree(payload));
        }
        return Payloads.opened(payload, place -> Optional.ofNullable(fitting.get(place)));
    }

    private static Optional<SaltedValue> value(JsonNode told) {
        if (!told.path("value").isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SaltedValue.ofWords(
                    Bytes.ofHex(told.path("salt").asString("")),
                    told.path("value").stringValue()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static StoredEvent stored(JsonNode record, JsonNode line, String payload) {
        return new StoredEvent(
                record.path("index").asLong() + 1,
                UUID.fromString(record.path("eventId").asString()),
                record.path("aggregateType").asString(),
                record.path("streamId").asString(),
                record.path("sequence").asLong(),
                record.path("name").asString(),
                record.path("revision").asInt(),
                Instant.parse(record.path("recordedAt").asString()),
                payload,
                line.path("metadata").asString());
    }

    private void requireSince(Checkpoint earlier) throws Found {
        if (!earlier.root().equals(frontier.root())) {
            throw new Found(tampered(
                    Kind.REPLACED, "the first " + earlier.size() + " events are not those of the earlier checkpoint"));
        }
    }

    private JsonNode parsedEnvelope(String envelope) throws Found {
        JsonNode record;
        try {
            record = JSON.readTree(envelope);
        } catch (JacksonException _) {
            throw new Found(tampered(Kind.EDITED_RECORD, "the envelope is not JSON"));
        }
        if (record.path("v").asInt(0) != Leaf.VERSION) {
            throw new Found(tampered(Kind.EDITED_RECORD, "the envelope is of no version that is known here"));
        }
        return record;
    }

    private void requireHash(JsonNode record, String name, String text, Kind kind) throws Found {
        if (!Hash.ofText(text).hex().equals(record.path(name).asString(""))) {
            throw new Found(tampered(kind, "its hash is not the " + name + " of the envelope"));
        }
    }

    /** The event must follow the newest one of its incident. */
    private void follow(JsonNode record, Hash leaf) throws Found {
        String stream = record.path("streamId").asString("");
        long sequence = record.path("sequence").asLong(-1);
        Newest before = streams.getOrDefault(stream, new Newest(-1, Leaf.NONE));
        if (sequence != before.sequence() + 1) {
            throw new Found(tampered(
                    sequence > before.sequence() ? Kind.DELETED : Kind.INSERTED,
                    "event " + sequence + " of " + stream + " follows event " + before.sequence()));
        }
        if (!before.leaf().hex().equals(record.path("previous").asString(""))) {
            throw new Found(tampered(Kind.REPLACED, "the event before it in " + stream + " is another one"));
        }
        streams.put(stream, new Newest(sequence, leaf));
    }

    private static boolean isSealed(LeafSeal seal, Hash leaf, String mark) {
        try {
            return seal.fits(leaf, Hash.ofHex(mark));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void checkpoint(String text) throws Found {
        var note = SignedNote.of(text);
        var found = note.flatMap(n -> Checkpoint.of(n.text()));
        if (found.isEmpty() || !found.get().origin().equals(origin.orElse(""))) {
            throw new Found(tampered(Kind.FORGED, "the line is no checkpoint of this ledger"));
        }
        var checkpoint = found.get();
        if (keys.stream().noneMatch(note.get()::isSignedBy)) {
            throw new Found(tampered(Kind.FORGED, "the checkpoint is signed by no key that was given"));
        }
        if (checkpoint.size() != frontier.size()) {
            throw new Found(tampered(
                    checkpoint.size() > frontier.size() ? Kind.DELETED : Kind.REORDERED,
                    "a checkpoint of " + checkpoint.size() + " events stands behind " + frontier.size()));
        }
        if (!checkpoint.root().equals(frontier.root())) {
            throw new Found(tampered(
                    Kind.REPLACED,
                    "the events from " + signed + " to " + (frontier.size() - 1) + " are not those that were signed"));
        }
        checkpoints++;
        signed = checkpoint.size();
    }

    private Verdict end() throws Found {
        if (line == 0) {
            return new Verdict.Unknown("this is no archive");
        }
        if (!ended) {
            return tampered(Kind.TRUNCATED, "the archive has no end");
        }
        if (since.isPresent()) {
            if (since.get().size() > frontier.size()) {
                return tampered(
                        Kind.TRUNCATED,
                        "the earlier checkpoint has " + since.get().size() + " events");
            }
        }
        var missing = redactions.firstUnnamed();
        if (missing.isPresent()) {
            return new Verdict.Tampered(missing.get());
        }
        return checkpoints == 0
                ? new Verdict.Unknown("nothing in the archive is signed")
                : new Verdict.Sound(frontier.size(), shown, checkpoints, signed, redactions.count(), frontier.root());
    }

    /** Whether the event of that index stands further back. */
    private static boolean isLater(long index, BufferedReader archive) throws IOException {
        String mark = "\\\"index\\\":" + index + ",";
        for (String text = archive.readLine(); text != null; text = archive.readLine()) {
            if (text.startsWith("{\"envelope\"") && text.contains(mark)) {
                return true;
            }
        }
        return false;
    }

    private Verdict tampered(Kind kind, String what) {
        return new Verdict.Tampered(new ArchiveFault(kind, frontier.size(), line, what));
    }
}
