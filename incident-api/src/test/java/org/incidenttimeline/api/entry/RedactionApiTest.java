package org.incidenttimeline.api.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.evidence.VerifyCommand;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pasted secret, from the request to take it out to the last read that must not have it. */
class RedactionApiTest {
    private static final String CANARY = "canary7f3a";
    private static final List<String> READS = List.of(
            "/incidents/one",
            "/incidents/one/timeline",
            "/incidents/one/postmortem",
            "/incidents/one/rhythm",
            "/incidents/one/log",
            "/incidents",
            "/search?q=" + CANARY,
            "/status-board",
            "/actions",
            "/freezes",
            "/log",
            "/ledger/archive");

    @TempDir
    Path directory;

    private static String read(RunningService service, String path) {
        var accept = path.endsWith("log") || path.endsWith("archive") ? "application/x-ndjson" : "application/json";
        return service.send(service.request("/api/v1" + path).header("Accept", accept))
                .accepted()
                .text();
    }

    private static boolean shows(RunningService service, String path) {
        // The search repeats what was asked in no answer, so what is found there was found in an entry.
        return read(service, path).contains(CANARY);
    }

    private static String state(RunningService service) {
        return service.get("/incidents/one/redactions")
                .accepted()
                .json()
                .path("redactions")
                .path(0)
                .path("state")
                .stringValue();
    }

    @ParameterizedTest
    @EnumSource
    void words_are_gone_from_every_read_and_the_proof_holds(Database kind) throws IOException {
        try (var database = TestDatabases.empty(kind);
                var service = RunningService.on(database, Clock.systemUTC())) {
            var auditor = service.as("eve", AccessRole.AUDITOR);
            service.tell("/incidents", """
                    {"incidentId": "one", "title": "Checkout is slow", "severity": "SEV2", "lead": "ana",
                     "services": ["checkout"], "detection": {"source": "MONITORING"}}""");
            service.tell("/incidents/one/notes", "{\"text\": \"We saw %s in the graphs\"}".formatted(CANARY));
            await().atMost(Duration.ofSeconds(20)).until(() -> shows(service, "/search?q=" + CANARY));
            assertThat(shows(service, "/incidents/one/timeline")).isTrue();

            var asked = service.tell(
                    "/incidents/one/entries/2/redaction-request",
                    "{\"reason\": \"PASTED_SECRET\", \"because\": \"A password\"}");
            long request = asked.version();
            assertThat(state(service)).isEqualTo("ASKED");
            assertThat(service.post("/incidents/one/redaction-requests/" + request + "/approval", "{}")
                            .json()
                            .path("code")
                            .asString(""))
                    .as("ana asked, and ana approves")
                    .isEqualTo("approval-by-another-required");
            long position = auditor.tell("/incidents/one/redaction-requests/" + request + "/approval", "{}")
                    .json()
                    .path("position")
                    .longValue();

            await().atMost(Duration.ofSeconds(30)).until(() -> state(service).equals("DONE"));
            await().atMost(Duration.ofSeconds(20)).until(() -> READS.stream().noneMatch(path -> shows(service, path)));
            assertThat(read(service, "/incidents/one/timeline")).contains("redacted:removed");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.send(service.request("/api/v1/ledger/checkpoint"))
                            .text()
                            .contains("\n" + position + "\n"));
            var archive = Files.writeString(directory.resolve("archive.ndjson"), read(service, "/ledger/archive"));
            var key = service.get("/ledger/keys")
                    .accepted()
                    .json()
                    .path("keys")
                    .get(0)
                    .stringValue();
            var told = new StringWriter();
            int code = VerifyCommand.run(
                    new PrintWriter(told, true), new PrintWriter(told, true), archive.toString(), "--key", key);
            assertThat(told.toString()).startsWith("sound: ").contains("redacted: 1");
            assertThat(code).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_there_cannot_be_taken_out(Database kind) {
        try (var database = TestDatabases.empty(kind);
                var service = RunningService.on(database, Clock.systemUTC())) {
            service.tell("/incidents", """
                    {"incidentId": "one", "title": "Checkout is slow", "severity": "SEV2", "lead": "ana",
                     "services": ["checkout"], "detection": {"source": "MONITORING"}}""");
            String body = "{\"paths\": [\"/summary\"], \"reason\": \"OTHER\", \"because\": \"b\"}";

            var answer = service.post("/incidents/one/entries/1/redaction-request", body);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("code").asString("")).isEqualTo("nothing-to-redact");
            assertThat(answer.json().path("facts").path("paths").asString("")).contains("/title", "/lead");
            assertThat(service.post("/incidents/one/entries/9/redaction-request", body)
                            .status())
                    .isEqualTo(404);
            assertThat(service.post("/incidents/one/redaction-requests/1/approval", "{}")
                            .status())
                    .isEqualTo(404);
        }
    }
}
