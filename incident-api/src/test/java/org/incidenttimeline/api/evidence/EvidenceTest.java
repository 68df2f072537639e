package org.incidenttimeline.api.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.SecondVerifier;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an auditor takes away, checks elsewhere, and finds when somebody changed it on the way. */
@ParameterizedClass
@EnumSource
class EvidenceTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final TestDatabase database;

    @TempDir
    Path directory;

    private RunningService service;

    EvidenceTest(Database kind) {
        database = TestDatabases.empty(kind);
    }

    @BeforeEach
    void start() {
        service = RunningService.on(
                database,
                Clock.systemUTC(),
                "--incident.ledger.keys=" + directory.resolve("keys"),
                "--incident.ledger.checkpoints=" + directory.resolve("checkpoints"));
        for (String incident : List.of("one", "two")) {
            service.tell("/incidents", """
                    {"incidentId": "%s", "title": "Checkout is slow", "severity": "SEV2", "lead": "ana",
                     "services": ["checkout"], "detection": {"source": "MONITORING"}}""".formatted(incident));
            service.tell("/incidents/" + incident + "/notes", "{\"text\": \"Said of %s\"}".formatted(incident));
        }
        service.tell("/incidents/one/roles", "{\"role\": \"SCRIBE\", \"person\": \"cleo\"}");
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private byte[] pack(String query) throws IOException {
        var answer = service.open(service.request("/api/v1/evidence?" + query));
        try (var body = answer.body()) {
            byte[] bytes = body.readAllBytes();
            assertThat(answer.statusCode()).as("%s", new String(bytes, UTF_8)).isEqualTo(200);
            return bytes;
        }
    }

    private static Map<String, byte[]> files(byte[] pack) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(pack))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private Path packed(Map<String, byte[]> files) throws IOException {
        Path file = directory.resolve("evidence.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private String key() {
        return service.get("/ledger/keys").accepted().json().path("keys").get(0).stringValue();
    }

    /** The exit code and what was printed. */
    private String verified(Path file, String... more) {
        var text = new StringWriter();
        var arguments = new ArrayList<>(List.of(file.toString(), "--key", key()));
        arguments.addAll(List.of(more));
        int code = VerifyCommand.run(
                new PrintWriter(text, true), new PrintWriter(text, true), arguments.toArray(String[]::new));
        return code + " " + text;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    /** The manifest fits again, as whoever changes a pack would see to. */
    private static void amendManifest(Map<String, byte[]> files) throws IOException {
        var manifest = (ObjectNode) JSON.readTree(files.get("manifest.json"));
        for (JsonNode file : manifest.path("files")) {
            byte[] content = files.getOrDefault(file.path("name").stringValue(), new byte[0]);
            ((ObjectNode) file).put("bytes", content.length);
            ((ObjectNode) file)
                    .put("sha256", HexFormat.of().formatHex(PackWriter.sha256().digest(content)));
        }
        files.put("manifest.json", JSON.writeValueAsBytes(manifest));
    }

    @Test
    void a_pack_of_one_incident_holds_what_the_service_tells_of_it_and_nothing_of_others() throws IOException {
        var files = files(pack("incident=one"));

        assertThat(files.keySet())
                .contains(
                        "README.md",
                        "ledger.ndjson",
                        "access/keys.json",
                        "incidents/one/communication.json",
                        "incidents/one/roles.json");
        assertThat(files.get("incidents/one/timeline.md"))
                .isEqualTo(text(
                        service.markdown("/incidents/one/timeline").accepted().text()));
        assertThat(files.get("incidents/one/timeline.json"))
                .isEqualTo(
                        text(service.get("/incidents/one/timeline").accepted().text()));
        assertThat(files.get("incidents/one/postmortem.md"))
                .isEqualTo(text(
                        service.markdown("/incidents/one/postmortem").accepted().text()));
        assertThat(files.get("incidents/one/postmortem.json"))
                .isEqualTo(
                        text(service.get("/incidents/one/postmortem").accepted().text()));
        assertThat(new String(files.get("incidents/one/roles.json"), UTF_8)).contains("\"person\":\"cleo\"");
        assertThat(files.values())
                .noneSatisfy(file -> assertThat(new String(file, UTF_8)).contains("Said of two"));
        var manifest = JSON.readTree(files.get("manifest.json"));
        assertThat(manifest.path("incidents").size()).isEqualTo(1);
        assertThat(manifest.path("incidents").get(0).path("version").longValue())
                .isEqualTo(3);
        assertThat(verified(packed(files)))
                .startsWith("0 sound: ")
                .contains("3 events are shown", "pack: 1 incidents, 6 documents are what the events give");
    }

    @Test
    void a_pack_of_a_period_holds_every_incident_declared_in_it() throws IOException {
        var all = files(pack("from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z"));
        var none = files(pack("from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z"));

        assertThat(all.keySet()).contains("incidents/one/timeline.md", "incidents/two/timeline.md");
        assertThat(verified(packed(all))).startsWith("0 ").contains("pack: 2 incidents");
        assertThat(none.keySet()).noneMatch(name -> name.startsWith("incidents/"));
        assertThat(verified(packed(none))).startsWith("0 ").contains("pack: 0 incidents");
    }

    @Test
    void every_change_of_a_pack_is_found() throws IOException {
        var sound = files(pack("incident=one"));

        var edited = new LinkedHashMap<>(sound);
        edited.put("incidents/one/timeline.md", text("# Nothing happened\n"));
        assertThat(verified(packed(edited))).startsWith("1 ").contains("incidents/one/timeline.md has another digest");
        amendManifest(edited);
        assertThat(verified(packed(edited)))
                .startsWith("1 ")
                .contains("incidents/one/timeline.md is not what the events");

        var removed = new LinkedHashMap<>(sound);
        removed.remove("incidents/one/roles.json");
        assertThat(verified(packed(removed))).startsWith("1 ").contains("incidents/one/roles.json is missing");

        var added = new LinkedHashMap<>(sound);
        added.put("incidents/one/apology.md", text("We are sorry"));
        assertThat(verified(packed(added)))
                .startsWith("1 ")
                .contains("incidents/one/apology.md is not in the manifest");

        var ledger = new String(sound.get("ledger.ndjson"), UTF_8);
        var rewritten = new LinkedHashMap<>(sound);
        rewritten.put("ledger.ndjson", text(ledger.replace("Said of one", "Never said")));
        amendManifest(rewritten);
        assertThat(verified(packed(rewritten))).startsWith("1 ").contains("edited-payload");

        // An event that is hidden behind its leaf leaves a gap, or the manifest says how many there are.
        var hidden = new LinkedHashMap<>(sound);
        hidden.put("ledger.ndjson", text(withoutTheLastEvent(ledger)));
        amendManifest(hidden);
        assertThat(verified(packed(hidden))).startsWith("1 ").contains("shows 2 events of one, which has 3");

        var bare = new LinkedHashMap<String, byte[]>();
        bare.put("README.md", text("nothing"));
        assertThat(verified(packed(bare))).startsWith("2 cannot tell: this is no pack");
    }

    private static String withoutTheLastEvent(String ledger) {
        var lines = ledger.lines().toList();
        int last = lines.lastIndexOf(lines.stream()
                .filter(line -> line.startsWith("{\"envelope\""))
                .reduce((_, next) -> next)
                .orElseThrow());
        var out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String leaf = JSON.readTree(lines.get(i)).path("leaf").asString("");
            out.append(i == last ? "{\"leaf\":\"" + leaf + "\"}" : lines.get(i)).append('\n');
        }
        return out.toString();
    }

    @Test
    void an_archive_with_bare_leaves_is_sound_only_as_a_part() throws IOException, InterruptedException {
        Path ledger = Files.write(
                directory.resolve("ledger.ndjson"), files(pack("incident=one")).get("ledger.ndjson"));

        assertThat(verified(ledger)).startsWith("1 tampered: deleted");
        assertThat(verified(ledger, "--part")).startsWith("0 sound");
        SecondVerifier.assumeThere();
        var whole = SecondVerifier.run(ledger, key());
        assertThat(whole.code()).isEqualTo(1);
        assertThat(whole.text()).startsWith("tampered: deleted");
        var part = SecondVerifier.run(ledger, key(), "--part");
        assertThat(part.code()).isZero();
        assertThat(part.text()).startsWith("sound").contains("3 events shown");
    }

    @Test
    void the_documents_of_every_incident_are_made_of_the_archive_alone() throws IOException {
        pack("incident=one");
        Path archive = Files.writeString(
                directory.resolve("archive.ndjson"),
                service.send(service.request("/api/v1/ledger/archive"))
                        .accepted()
                        .text());

        assertThat(verified(
                        archive, "--documents", directory.resolve("documents").toString()))
                .startsWith("0 ")
                .contains("documents of 2 incidents");
        assertThat(directory.resolve("documents/two/postmortem.md"))
                .hasContent(
                        service.markdown("/incidents/two/postmortem").accepted().text());
    }

    @Test
    void a_pack_is_on_record_and_for_auditors() throws IOException {
        pack("incident=one");

        var read =
                service.get("/log/accesses").accepted().json().path("accesses").get(0);
        assertThat(read.path("what").stringValue()).isEqualTo("EVIDENCE_PACK");
        assertThat(read.path("sent").intValue()).isEqualTo(1);
        var admin = service.as("ada", AccessRole.ADMIN);
        assertThat(admin.send(admin.request("/api/v1/evidence?incident=one")).status())
                .isEqualTo(403);
    }

    @Test
    void what_is_asked_wrongly_is_told() {
        assertThat(status("")).isEqualTo(400);
        assertThat(status("incident=one&from=2020-01-01T00:00:00Z")).isEqualTo(400);
        assertThat(status("from=2020-01-01T00:00:00Z")).isEqualTo(400);
        assertThat(status("from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:00Z")).isEqualTo(400);
        assertThat(status("incident=" + "one,".repeat(101))).isEqualTo(400);
        assertThat(status("incident=three")).isEqualTo(404);
    }

    private int status(String query) {
        return service.send(service.request("/api/v1/evidence?" + query)).status();
    }
}
