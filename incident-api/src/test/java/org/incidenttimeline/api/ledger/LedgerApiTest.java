package org.incidenttimeline.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.evidence.VerifyCommand;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.NoteSigner;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What an auditor, a witness and a tamperer meet, over HTTP. */
class LedgerApiTest {
    private static final NoteSigner WITNESS = NoteSigner.generate("witness.example/w", NoteKey.Type.COSIGNATURE);
    private static final Pattern RECEIPT =
            Pattern.compile("index=(?<index>[0-9]+), leaf=:(?<leaf>[^:]+):, size=[0-9]+, root=:[^:]+:");
    private static final String NOTE = "{\"text\":\"We look at the graphs\"}";

    @TempDir
    Path directory;

    private RunningService start(TestDatabase database) {
        return RunningService.on(
                database,
                Clock.systemUTC(),
                "--incident.ledger.keys=" + directory.resolve("keys"),
                "--incident.ledger.checkpoints=" + directory.resolve("checkpoints"),
                "--incident.ledger.witnesses=" + WITNESS.key());
    }

    private static void tellStories(RunningService service) {
        for (String incident : List.of("one", "two")) {
            service.tell("/incidents", """
                    {"incidentId": "%s", "title": "Checkout is slow", "severity": "SEV2", "lead": "ana",
                     "services": ["checkout"], "detection": {"source": "MONITORING"}}""".formatted(incident));
            service.tell("/incidents/" + incident + "/notes", NOTE);
        }
    }

    private static Checkpoint awaitCheckpointOf(RunningService service, long size) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var answer = service.send(service.request("/api/v1/ledger/checkpoint"));
            return answer.status() == 200 && checkpoint(answer.text()).size() >= size;
        });
        return checkpoint(
                service.send(service.request("/api/v1/ledger/checkpoint")).text());
    }

    private static Checkpoint checkpoint(String note) {
        return SignedNote.of(note).flatMap(n -> Checkpoint.of(n.text())).orElseThrow();
    }

    private static List<Hash> proof(JsonNode json) {
        return StreamSupport.stream(json.path("proof").spliterator(), false)
                .map(node -> Hash.ofHex(node.stringValue()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void checkpoints_proofs_and_the_archive_hold(Database kind) throws IOException {
        try (var database = TestDatabases.empty(kind);
                var service = start(database)) {
            tellStories(service);
            var told = service.tell("/incidents/two/notes", NOTE);
            long events = told.json().path("position").longValue();
            var receipt = RECEIPT.matcher(told.header("Ledger-Receipt"));
            assertThat(receipt.matches()).isTrue();
            assertThat(receipt.group("index")).isEqualTo(Long.toString(events - 1));
            var newest = awaitCheckpointOf(service, events);

            var key = NoteKey.of(service.get("/ledger/keys")
                    .accepted()
                    .json()
                    .path("keys")
                    .get(0)
                    .stringValue());
            String note = service.send(service.request("/api/v1/ledger/checkpoint"))
                    .accepted()
                    .text();
            assertThat(SignedNote.of(note).orElseThrow().isSignedBy(key)).isTrue();
            assertThat(Files.readString(
                            directory.resolve("checkpoints").resolve("%019d.checkpoint".formatted(newest.size()))))
                    .isEqualTo(note);

            var kept = service.get("/ledger/proof/inclusion?index=" + receipt.group("index"))
                    .accepted()
                    .json();
            assertThat(Hash.ofHex(kept.path("leaf").stringValue()).base64()).isEqualTo(receipt.group("leaf"));
            var inclusion = service.get("/ledger/proof/inclusion?index=2&size=" + newest.size())
                    .accepted()
                    .json();
            assertThat(MerkleTree.includes(
                            Hash.ofHex(inclusion.path("leaf").stringValue()),
                            2,
                            newest.size(),
                            proof(inclusion),
                            newest.root()))
                    .isTrue();
            var earlier = service.get("/ledger/checkpoints?limit=1")
                    .accepted()
                    .json()
                    .path("checkpoints")
                    .get(0);
            var first = checkpoint(earlier.path("note").stringValue());
            var consistency = service.get("/ledger/proof/consistency?from=" + first.size() + "&to=" + newest.size())
                    .accepted()
                    .json();
            assertThat(MerkleTree.continues(
                            first.size(), first.root(), newest.size(), newest.root(), proof(consistency)))
                    .isTrue();

            var archive =
                    service.send(service.request("/api/v1/ledger/archive")).accepted();
            var file = Files.writeString(directory.resolve("archive.ndjson"), archive.text());
            var text = new StringWriter();
            assertThat(VerifyCommand.run(
                            new PrintWriter(text, true),
                            new PrintWriter(text, true),
                            file.toString(),
                            "--key",
                            key.toString()))
                    .as("%s", text)
                    .isZero();
        }
    }

    @Test
    void a_witness_signs_a_checkpoint_once_and_nobody_else_does() {
        try (var database = TestDatabases.empty(Database.H2);
                var service = start(database)) {
            tellStories(service);
            var newest = awaitCheckpointOf(service, 4);
            String path = "/ledger/checkpoints/" + newest.size() + "/cosignatures";
            String line = WITNESS.cosign(newest.text(), Instant.ofEpochSecond(1_780_000_000))
                    .text();

            var kept = service.post(path, "{\"line\":\"" + line + "\"}");

            assertThat(kept.status()).isEqualTo(201);
            assertThat(SignedNote.of(kept.json().path("note").stringValue())
                            .orElseThrow()
                            .isSignedBy(WITNESS.key()))
                    .isTrue();
            var stranger = NoteSigner.generate("witness.example/w", NoteKey.Type.COSIGNATURE)
                    .cosign(newest.text(), Instant.EPOCH)
                    .text();
            var refused = service.post(path, "{\"line\":\"" + stranger + "\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("errors").get(0).path("pointer").stringValue())
                    .isEqualTo("/line");
            assertThat(service.post("/ledger/checkpoints/999/cosignatures", "{\"line\":\"" + line + "\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(service.as("ben", AccessRole.RESPONDER)
                            .post(path, "{\"line\":\"x\"}")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void what_is_not_there_or_not_asked_rightly_is_told() {
        try (var database = TestDatabases.empty(Database.H2);
                var service = start(database)) {
            tellStories(service);
            awaitCheckpointOf(service, 4);

            assertThat(service.get("/ledger/proof/inclusion").status()).isEqualTo(400);
            assertThat(service.get("/ledger/proof/inclusion?index=1&event=x").status())
                    .isEqualTo(400);
            assertThat(service.get("/ledger/proof/inclusion?event=x").status()).isEqualTo(400);
            assertThat(service.get("/ledger/proof/inclusion?index=-1").status()).isEqualTo(400);
            assertThat(service.get("/ledger/proof/inclusion?index=999").status())
                    .isEqualTo(404);
            assertThat(service.get("/ledger/proof/inclusion?event=00000000-0000-0000-0000-000000000000")
                            .status())
                    .isEqualTo(404);
            assertThat(service.get("/ledger/proof/consistency?from=1&to=99999").status())
                    .isEqualTo(404);
            assertThat(service.get("/ledger/proof/consistency?from=99999").status())
                    .isEqualTo(404);
            assertThat(service.get("/ledger/checkpoints?limit=501").status()).isEqualTo(400);
            var ben = service.as("ben", AccessRole.RESPONDER);
            assertThat(ben.send(ben.request("/api/v1/ledger/archive")).status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_edited_record_makes_the_service_read_only_and_down(Database kind) {
        try (var database = TestDatabases.empty(kind);
                var service = start(database)) {
            tellStories(service);
            awaitCheckpointOf(service, 4);
            service.tell("/incidents/two/notes", NOTE);
            database.tamper(
                    "update log.event set metadata = '{}' where position = (select max(position) from log.event)");
            service.tell("/incidents/one/notes", NOTE);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.post("/incidents/one/notes", NOTE).status() == 503);

            assertThat(service.post("/incidents/one/notes", NOTE)
                            .json()
                            .path("code")
                            .stringValue())
                    .isEqualTo("log-read-only");
            assertThat(service.get("/incidents/one").status()).isEqualTo(200);
            assertThat(service.send(service.anonymous("/actuator/health")).status())
                    .isEqualTo(503);
        }
    }
}
