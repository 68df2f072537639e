package org.incidenttimeline.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.incidenttimeline.api.evidence.VerifyCommand;
import org.incidenttimeline.api.testing.SecondVerifier;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.log.Append;
import org.incidenttimeline.core.log.CheckpointFiles;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Ledger;
import org.incidenttimeline.core.log.LedgerSigner;
import org.incidenttimeline.core.log.NewEvent;
import org.incidenttimeline.core.log.Redacted;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An archive of a small record is tampered with in every way; each is found, by both programs. */
class ArchiveTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int TAMPERINGS = 1_000;

    @TempDir
    static Path directory;

    private static LedgerKeys keys;
    private static List<String> archive;
    private static String earlier;
    private static List<String> earlierArchive = List.of();

    @BeforeAll
    static void tellAndExport() throws IOException {
        try (var database = TestDatabases.fresh(Database.H2)) {
            keys = LedgerKeys.in(directory.resolve("keys"));
            var signer = signer(database, "checkpoints");
            try (var log = open(database)) {
                for (int round = 0; round < 8; round++) {
                    for (int stream = 0; stream < 4; stream++) {
                        log.append(append("inc-" + stream, round * 2L, "round " + round));
                    }
                    if (round == 4 || round == 7) {
                        assertThat(signer.sign()).isEmpty();
                    }
                    if (round == 4) {
                        earlierArchive = exported(database, log);
                    }
                }
                log.append(append("inc-late", 0, "not signed yet"));
                archive = exported(database, log);
            }
            earlier = ledger(database).checkpoint(40).orElseThrow().note();
        }
    }

    private static EventLog open(TestDatabase database) {
        return EventLog.open(
                database.dataSource(), database.writerLock(), Clock.systemUTC(), keys, database.sealingKey());
    }

    private static Ledger ledger(TestDatabase database) {
        return new Ledger(database.dataSource(), database.writerLock());
    }

    private static LedgerSigner signer(TestDatabase database, String files) {
        return new LedgerSigner(
                ledger(database), keys, new CheckpointFiles(directory.resolve(files)), Clock.systemUTC());
    }

    private static Append append(String stream, long sequence, String text) {
        var events = Stream.of(1, 2)
                .map(i -> new NewEvent(
                        UUID.randomUUID(),
                        "incident.note-added",
                        1,
                        "{\"text\":\"" + text + " ü🚒 " + i + "\"}",
                        "{\"by\":\"ana\"}"))
                .toList();
        return new Append("incident", stream, sequence, events, List.of());
    }

    private static List<String> exported(TestDatabase database, EventLog log) throws IOException {
        var out = new ByteArrayOutputStream();
        new ArchiveWriter(ledger(database), keys, log).write(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The archive of a record from which the words of one entry were taken out. */
    private static List<String> redacted() throws IOException {
        try (var database = TestDatabases.fresh(Database.H2);
                var log = open(database)) {
            log.append(append("inc-0", 0, "a secret"));
            log.append(append("inc-1", 0, "no secret"));
            var entry = ledger(database).entriesAfter(0, 1, 1).getFirst().event();
            var place = Payloads.sealsIn(entry.payload()).getFirst();
            var redaction = new NewEvent(
                    UUID.randomUUID(),
                    "incident.entry-redacted",
                    1,
                    "{\"entry\":1,\"fields\":[{\"commitment\":\"" + place.commitment() + "\",\"path\":\"\"}]}",
                    "{\"by\":\"ana\"}");
            log.append(new Append(
                    "incident",
                    "inc-0",
                    2,
                    List.of(redaction),
                    List.of(),
                    Optional.empty(),
                    List.of(new Redacted(0, place.path()))));
            assertThat(signer(database, "redacted-" + UUID.randomUUID()).sign()).isEmpty();
            return exported(database, log);
        }
    }

    @Test
    void what_was_taken_out_is_counted_and_the_rest_is_sound() throws Exception {
        var lines = redacted();

        assertThat(String.join("\n", lines)).doesNotContain("a secret ü🚒 1").contains("a secret ü🚒 2");
        var result = verify(lines);
        assertThat(result.text()).startsWith("sound: 5 events").contains("redacted: 1");
        assertThat(result.code()).isZero();
        SecondVerifier.assumeThere();
        assertThat(python(lines).text()).startsWith("sound: 5 events").contains("redacted: 1");
    }

    @Test
    void a_value_that_is_missing_or_changed_or_too_many_is_a_fault_unless_a_redaction_names_it() throws Exception {
        for (int at : List.of(2, 3, 4)) {
            for (String change : List.of("missing", "changed", "salted", "added")) {
                var lines = new ArrayList<>(redacted());
                var event = (ObjectNode) JSON.readTree(lines.get(at));
                var values = (ObjectNode) event.path("values");
                switch (change) {
                    case "missing" -> values.removeAll();
                    case "changed" -> ((ObjectNode) values.path("")).put("value", "another");
                    case "salted" -> ((ObjectNode) values.path("")).put("salt", "00".repeat(32));
                    default ->
                        values.putObject("/more").put("salt", "00".repeat(32)).put("value", "x");
                }
                lines.set(at, event.toString());

                var result = verify(lines);
                assertThat(result.text())
                        .as("%s of line %s", change, at)
                        .startsWith("tampered: edited-payload at event " + (at - 1));
                assertThat(result.code()).isEqualTo(1);
                SecondVerifier.assumeThere();
                assertThat(python(lines).text()).startsWith("tampered: edited-payload at event " + (at - 1));
            }
        }
    }

    private record Result(int code, String text) {}

    private static Result verify(List<String> lines, String... more) throws IOException {
        var file = Files.write(directory.resolve("archive.ndjson"), lines);
        var text = new StringWriter();
        var arguments = new ArrayList<>(
                List.of(file.toString(), "--key", keys.signer().key().toString()));
        arguments.addAll(Arrays.asList(more));
        int code = VerifyCommand.run(
                new PrintWriter(text, true), new PrintWriter(text, true), arguments.toArray(String[]::new));
        return new Result(code, text.toString());
    }

    private static SecondVerifier.Result python(List<String> lines, String... more)
            throws IOException, InterruptedException {
        var file = Files.write(directory.resolve("archive-py.ndjson"), lines);
        return SecondVerifier.run(file, keys.signer().key().toString(), more);
    }

    private static Path earlierFile() throws IOException {
        return Files.writeString(directory.resolve("earlier.checkpoint"), earlier);
    }

    @Test
    void an_archive_is_sound_and_says_what_is_not_signed_yet() throws Exception {
        var sound = verify(
                archive,
                "--since",
                earlierFile().toString(),
                "--seal-key",
                sealFile().toString());

        assertThat(sound.text())
                .startsWith("sound: 66 events, 2 checkpoints")
                .contains("the last 2 events are not signed");
        assertThat(sound.code()).isZero();
        SecondVerifier.assumeThere();
        var second = python(archive, "--since", earlierFile().toString());
        assertThat(second.text()).startsWith("sound: 66 events, 2 checkpoints, 64 events signed");
        assertThat(second.code()).isZero();
    }

    private static Path sealFile() {
        return directory.resolve("keys").resolve("seal.key");
    }

    @Test
    void an_archive_of_before_is_sound_too_but_does_not_continue_a_later_checkpoint() throws Exception {
        assertThat(verify(earlierArchive).code()).isZero();
        var file = Files.writeString(directory.resolve("late.checkpoint"), newestNote());

        assertThat(verify(earlierArchive, "--since", file.toString()).text()).startsWith("tampered: truncated");
    }

    private static String newestNote() {
        return archive.reversed().stream()
                .map(JSON::readTree)
                .filter(line -> line.has("checkpoint"))
                .findFirst()
                .orElseThrow()
                .path("checkpoint")
                .stringValue();
    }

    @Test
    void a_record_replaced_as_a_whole_is_known_by_an_earlier_checkpoint() throws Exception {
        try (var database = TestDatabases.fresh(Database.H2)) {
            // The same keys, as if they were stolen.
            try (var log = EventLog.open(
                    database.dataSource(), database.writerLock(), Clock.systemUTC(), keys, database.sealingKey())) {
                for (int i = 0; i < 30; i++) {
                    log.append(append("inc-0", i * 2L, "another story"));
                }
                var signer = new LedgerSigner(
                        ledger(database), keys, new CheckpointFiles(directory.resolve("others")), Clock.systemUTC());
                assertThat(signer.sign()).isEmpty();
                var replaced = exported(database, log);

                assertThat(verify(replaced).code()).isZero();
                assertThat(verify(replaced, "--since", earlierFile().toString()).text())
                        .startsWith("tampered: replaced");
                SecondVerifier.assumeThere();
                assertThat(python(replaced, "--since", earlierFile().toString()).text())
                        .startsWith("tampered: replaced");
            }
        }
    }

    @Test
    void without_the_key_or_an_archive_nothing_is_told() throws Exception {
        assertThat(verify(List.of("{}")).code()).isEqualTo(2);
        assertThat(verify(List.of()).code()).isEqualTo(2);
        assertThat(verify(archive, "--since", sealFile().toString()).code()).isEqualTo(2);
        assertThat(VerifyCommand.run(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())))
                .isEqualTo(2);
        var other = LedgerKeys.generate("tests").signer().key().toString();
        var file = Files.write(directory.resolve("archive.ndjson"), archive);
        assertThat(VerifyCommand.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        file.toString(),
                        "--key",
                        other))
                .isEqualTo(1);
    }

    /** What somebody who holds the file, but no key, may do to it. */
    private enum Tampering {
        PAYLOAD("edited-payload"),
        METADATA("edited-metadata"),
        RECORD("edited-record"),
        RECORD_AND_LEAF("replaced", "edited-record"),
        BACKDATE("backdated", "edited-record"),
        DELETE("deleted"),
        DELETE_AND_RENUMBER("replaced", "deleted", "edited-record"),
        INSERT("inserted"),
        SWAP("reordered", "inserted"),
        TRUNCATE("truncated"),
        DROP_CHECKPOINT_COUNT("deleted"),
        FORGE_CHECKPOINT("forged");

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> kinds;

        Tampering(String... kinds) {
            this.kinds = List.of(kinds);
        }

        List<String> with(List<String> sound, Random random) {
            var lines = new ArrayList<>(sound);
            // Only what is signed: the last two events are not, as the verifiers say.
            var events = new ArrayList<Integer>();
            var checkpoints = new ArrayList<Integer>();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("{\"envelope\"")) {
                    events.add(i);
                } else if (lines.get(i).startsWith("{\"checkpoint\"")) {
                    checkpoints.add(i);
                }
            }
            int signed = events.size() - 2;
            int at = events.get(1 + random.nextInt(signed - 1));
            var event = (ObjectNode) JSON.readTree(lines.get(at));
            String envelope = event.path("envelope").stringValue();
            switch (this) {
                case PAYLOAD ->
                    lines.set(
                            at,
                            event.put("payload", changed(event.path("payload").stringValue(), random))
                                    .toString());
                case METADATA ->
                    lines.set(
                            at,
                            event.put("metadata", changed(event.path("metadata").stringValue(), random))
                                    .toString());
                case RECORD ->
                    lines.set(
                            at,
                            event.put("envelope", envelope.replace("note-added", "note-addee"))
                                    .toString());
                case RECORD_AND_LEAF -> {
                    String edited = envelope.replace("note-added", "note-addee");
                    lines.set(
                            at,
                            event.put("envelope", edited)
                                    .put("leaf", leafOf(edited))
                                    .toString());
                }
                case BACKDATE -> {
                    String edited = envelope.replaceAll("recordedAt\":\"[0-9]{4}", "recordedAt\":\"2001");
                    lines.set(
                            at,
                            event.put("envelope", edited)
                                    .put("leaf", leafOf(edited))
                                    .toString());
                }
                case DELETE -> lines.remove(at);
                case DELETE_AND_RENUMBER -> {
                    lines.remove(at);
                    for (int i : events) {
                        if (i > at) {
                            var next = (ObjectNode) JSON.readTree(lines.get(i - 1));
                            long index = JSON.readTree(next.path("envelope").stringValue())
                                    .path("index")
                                    .longValue();
                            String edited = next.path("envelope")
                                    .stringValue()
                                    .replace("\"index\":" + index + ",", "\"index\":" + (index - 1) + ",");
                            lines.set(
                                    i - 1,
                                    next.put("envelope", edited)
                                            .put("leaf", leafOf(edited))
                                            .toString());
                        }
                    }
                }
                case INSERT -> lines.add(at, lines.get(events.get(random.nextInt(events.indexOf(at)))));
                case SWAP -> Collections.swap(lines, at, events.get(events.indexOf(at) - 1));
                case TRUNCATE -> lines.subList(at, lines.size()).clear();
                case DROP_CHECKPOINT_COUNT -> lines.remove((int) checkpoints.get(random.nextInt(checkpoints.size())));
                case FORGE_CHECKPOINT -> {
                    int place = checkpoints.get(random.nextInt(checkpoints.size()));
                    var note =
                            JSON.readTree(lines.get(place)).path("checkpoint").stringValue();
                    int size = note.indexOf('\n') + 1;
                    String forged = note.substring(0, size) + (1 + random.nextInt(9)) + note.substring(size);
                    lines.set(
                            place,
                            JSON.createObjectNode().put("checkpoint", forged).toString());
                }
            }
            return lines;
        }

        private static String leafOf(String envelope) {
            return MerkleTree.leaf(envelope.getBytes(StandardCharsets.UTF_8)).hex();
        }

        private static String changed(String text, Random random) {
            int at = random.nextInt(text.length());
            char c = text.charAt(at) == 'x' ? 'y' : 'x';
            return text.substring(0, Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at)
                    + c
                    + text.substring(Character.isHighSurrogate(text.charAt(at)) ? at + 2 : at + 1);
        }
    }

    @Test
    void a_thousand_tamperings_of_every_kind_are_all_found_and_named() throws Exception {
        var random = new Random(20260601);
        for (int i = 0; i < TAMPERINGS; i++) {
            var tampering = Tampering.values()[i % Tampering.values().length];
            var result = verify(tampering.with(archive, random));

            assertThat(result.code()).as("%s: %s", tampering, result.text()).isEqualTo(1);
            assertThat(tampering.kinds).as("%s: %s", tampering, result.text()).contains(kind(result.text()));
        }
    }

    @Test
    void the_second_verifier_finds_them_too() throws Exception {
        SecondVerifier.assumeThere();
        var random = new Random(7);
        for (var tampering : Tampering.values()) {
            var result = python(tampering.with(archive, random));

            assertThat(result.code()).as("%s: %s", tampering, result.text()).isEqualTo(1);
            assertThat(tampering.kinds).as("%s: %s", tampering, result.text()).contains(kind(result.text()));
        }
    }

    private static String kind(String text) {
        return text.replaceFirst("(?s)tampered: ([a-z-]+) at .*", "$1");
    }

    @Test
    void a_leaf_that_was_sealed_by_nobody_is_known_with_the_secret() throws Exception {
        var lines = new ArrayList<>(archive);
        int last = lines.size() - 2;
        var event = (ObjectNode) JSON.readTree(lines.get(last));
        lines.set(last, event.put("seal", Hash.ofText("forged").hex()).toString());

        assertThat(verify(lines).code()).isZero();
        assertThat(verify(lines, "--seal-key", sealFile().toString()).text())
                .startsWith("tampered: forged at event 65");
    }

    @Test
    void the_frontier_of_the_archive_is_the_root_that_is_told() throws Exception {
        var frontier = Frontier.EMPTY;
        for (String line : archive) {
            var node = JSON.readTree(line);
            if (node.has("leaf")) {
                frontier = frontier.with(Hash.ofHex(node.path("leaf").stringValue()));
            }
        }

        assertThat(verify(archive).text()).contains("root " + frontier.root().base64());
    }
}
