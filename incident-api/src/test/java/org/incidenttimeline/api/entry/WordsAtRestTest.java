package org.incidenttimeline.api.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people write stands in no file of the database in a form that can be read, neither in tables nor in the journal: so what is
 * taken out later was never there.
 */
class WordsAtRestTest {
    private static final String CANARY = "canary4e1d";

    /** The name of a service stands as it is: that it is found shows that the files are read. */
    private static final String SERVICE = "service-4e1d";

    @ParameterizedTest
    @EnumSource
    void no_file_holds_what_was_written(Database kind) throws Exception {
        try (var database = TestDatabases.empty(kind)) {
            try (var service = RunningService.on(database, Clock.systemUTC())) {
                write(service);
                await().atMost(Duration.ofSeconds(20)).until(() -> found(service) >= 12);
                service.tell("/rebuilds", "{\"kind\": \"COMPARE\"}");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> service.get("/rebuilds").text().contains("DONE"));

                assertThat(filesWith(database, CANARY)).isEmpty();
            }
            // Now everything is on the disk.
            if (kind == Database.POSTGRESQL) {
                database.execute("checkpoint");
            }
            assertThat(filesWith(database, SERVICE)).isNotEmpty();
            assertThat(filesWith(database, CANARY)).isEmpty();
        }
    }

    private static int found(RunningService service) {
        return service.get("/search?limit=100&q=" + CANARY)
                .accepted()
                .json()
                .path("hits")
                .size();
    }

    private static void write(RunningService service) throws IOException {
        service.tell("/runbooks", text("""
                {"runbookId": "lag", "title": "CANARY", "services": ["SERVICE"], "symptoms": ["CANARY grows"],
                 "firstChecks": [{"action": "Read CANARY", "expected": "CANARY"}],
                 "safeMitigations": [{"action": "Stop CANARY"}], "rollback": [{"action": "CANARY"}], "escalateWhen": "CANARY",
                 "restoredWhen": [{"action": "Read CANARY", "expected": "CANARY"}]}"""));
        service.tell("/incidents", text("""
                {"incidentId": "one", "title": "CANARY is slow", "severity": "SEV2", "lead": "CANARY", "services": ["SERVICE"],
                 "summary": "CANARY", "detection": {"source": "ALERT", "reference": "CANARY"},
                 "startedAt": {"original": "CANARY", "at": "2026-03-02T13:42:00Z"},
                 "impact": {"broken": "CANARY", "stillWorks": "CANARY", "affected": "CANARY", "spread": "WIDESPREAD"}}"""));
        tell(service, "/roles", "{\"role\": \"COMMUNICATIONS\", \"person\": \"CANARY\"}");
        tell(service, "/freezes", """
                {"scope": {"services": ["SERVICE"], "environments": ["production"]}, "reason": "CANARY"}""");
        tell(service, "/freezes/freeze-1/exceptions", """
                {"change": "CANARY", "approvedBy": "CANARY", "because": "CANARY"}""");
        tell(service, "/symptoms", """
                {"state": "FAILING", "text": "CANARY", "source": "METRIC", "service": "SERVICE"}""");
        tell(service, "/changes", """
                {"kind": "DEPLOY", "text": "CANARY", "service": "SERVICE", "environment": "production",
                 "reference": "CANARY"}""");
        tell(service, "/communication-plans", """
                {"audience": "LEADERSHIP", "owner": "CANARY", "channel": "CANARY", "cadence": "PT30M"}""");
        tell(service, "/updates", """
                {"audiences": ["LEADERSHIP"], "whatHappened": "CANARY", "userImpact": "CANARY",
                 "whatWeAreDoing": "CANARY", "nextUpdateAt": "2036-03-02T14:35:00Z"}""");
        tell(service, "/evidence", """
                {"title": "CANARY", "kind": "LOG", "location": "https://CANARY.example.org/", "collectedBy": "CANARY",
                 "certainty": "FACT"}""");
        tell(service, "/hypotheses", """
                {"statement": "CANARY", "prediction": "CANARY", "refutedBy": "CANARY", "primary": true}""");
        tell(service, "/mitigations", "{\"kind\": \"FLAG\", \"text\": \"CANARY\", \"blind\": true}");
        tell(service, "/notes", "{\"text\": \"CANARY " + "and much more ".repeat(500) + "\"}");
        tell(service, "/entries/1/correction", "{\"text\": \"CANARY\", \"because\": \"CANARY\"}");
        service.tell("/incidents", text("""
                {"incidentId": "drill", "title": "CANARY", "severity": "SEV2", "lead": "ana", "mode": "DRILL",
                 "services": ["SERVICE"], "detection": {"source": "OTHER"}}"""));
        service.tell("/incidents/drill/exercise/script", text("""
                {"injects": [{"after": "PT5M", "kind": "ALERT", "what": "CANARY"}]}"""));
        var imported = service.send(service.request("/api/v1/imports?source=wiki")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(text("""
                        {"incident": "told", "declare": {"title": "CANARY", "severity": "SEV2", "lead": "CANARY", "services": ["SERVICE"], "detection": {"source": "ALERT"}, "occurredAt": "2026-01-01T00:00:00Z"}}
                        {"incident": "told", "entry": {"text": "CANARY", "occurredAt": "2026-01-01T00:01:00Z"}}
                        {"incident": "told", "entry": {"id": "CANARY"}}
                        """))))
                .accepted();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.get(
                                "/imports/" + imported.json().path("importId").stringValue())
                        .text()
                        .contains("DONE"));
    }

    private static void tell(RunningService service, String path, String json) {
        service.tell("/incidents/one" + path, text(json));
    }

    private static String text(String json) {
        return json.replace("CANARY", CANARY).replace("SERVICE", SERVICE);
    }

    /** Each with what stands around the words. They are found as UTF-8 and as UTF-16, whatever their case. */
    private static List<String> filesWith(TestDatabase database, String words) throws IOException {
        var found = new ArrayList<String>();
        for (var file : database.files()) {
            try {
                // One character a byte; without zeros UTF-16 reads as UTF-8 does.
                String content =
                        Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "");
                int at = content.toLowerCase(Locale.ROOT).indexOf(words);
                if (at >= 0) {
                    found.add(
                            file + ": " + content.substring(Math.max(0, at - 60), Math.min(content.length(), at + 60)));
                }
            } catch (NoSuchFileException _) {
                // PostgreSQL runs, and has taken it away meanwhile.
            }
        }
        return found;
    }
}
