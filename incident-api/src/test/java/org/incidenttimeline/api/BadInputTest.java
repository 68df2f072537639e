package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with a request, it is told in the same form, and the record stays as it was. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Started for all tests of a database.
class BadInputTest {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    @Parameter
    private Database kind;

    private TestDatabase database;
    private RunningService service;
    private int count;
    private String incident = "";
    private String path = "";
    private long before;

    @BeforeParameterizedClassInvocation
    void start() {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, new MutableClock(Instant.parse("2026-03-02T18:00:00Z")));
    }

    @BeforeEach
    void declare() {
        incident = "inc-" + ++count;
        path = "/incidents/" + incident;
        before = head();
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV2", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """.formatted(incident));
    }

    @AfterParameterizedClassInvocation
    void close() {
        service.close();
        database.close();
    }

    @Test
    void wrong_fields_record_nothing() {
        invalid("/notes", "{}", "/text");
        invalid("/notes", "{\"text\": \"\"}", "/text");
        invalid("/notes", "{\"text\": 7}", "/text");
        invalid("/notes", "{\"text\": null}", "/text");
        invalid("/notes", "{\"text\": \"a\", \"recordedAt\": \"2026-03-02T17:00:00Z\"}", "/recordedAt");
        invalid("/notes", "{\"text\": \"a\", \"incidentId\": \"inc-2\"}", "/incidentId");
        invalid("/notes", "{\"text\": \"" + "a".repeat(10_001) + "\"}", "/text");
        invalid("/severity", "{\"severity\": \"sev1\", \"because\": \"It spreads\"}", "/severity");
        invalid("/severity", "{\"severity\": \"SEV9\", \"because\": \"It spreads\"}", "/severity");
        invalid("/hypotheses", "{\"statement\": \"The database\", \"primary\": \"true\"}", "/primary");
        invalid("/freezes", "{\"scope\": {\"services\": [], \"environments\": [\"*\"]}, \"reason\": \"r\"}", "/scope");
        invalid("/evidence", """
                {"title": "Log", "kind": "LOG", "location": "not a uri", "collectedBy": "ana", "certainty": "FACT"}
                """, "/location");
    }

    @Test
    void dates_that_cannot_be_record_nothing() {
        for (var time : List.of(
                "\"yesterday\"",
                "\"2026-02-30T10:00:00Z\"",
                "\"2026-03-02T10:00:00\"",
                "\"2026-03-02\"",
                "\"1969-12-31T23:59:59Z\"",
                "\"10000-01-01T00:00:00Z\"",
                "1772445600",
                "{\"at\": \"2026-03-02T10:00:00Z\", \"precision\": \"ROUGHLY\"}",
                "{}")) {
            invalid("/notes", "{\"text\": \"a\", \"occurredAt\": " + time + "}", "/occurredAt");
        }
        invalid(
                "/actions",
                "{\"text\": \"Act\", \"kind\": \"PREVENT\", \"owner\": \"ben\", \"due\": \"2026-02-30\"}",
                "/due");
        invalid(
                "/communication-plans",
                "{\"audience\": \"CUSTOMERS\", \"owner\": \"ben\", \"channel\": \"#c\", \"cadence\": \"30 minutes\"}",
                "/cadence");
    }

    @Test
    void what_has_not_happened_yet_is_not_recorded() {
        refused(
                service.post(path + "/notes", "{\"text\": \"a\", \"occurredAt\": \"2026-03-02T18:01:01Z\"}"),
                422,
                "occurred-in-the-future");
        refused(service.post(path + "/symptoms", """
                        {"state": "FAILING", "text": "a", "source": "ALERT", "firstSeen": "2026-03-02T19:00:00Z"}
                        """), 422, "occurred-in-the-future");
        refused(service.post("/incidents", """
                        {"title": "t", "severity": "SEV2", "lead": "ana", "startedAt": "2026-03-03T00:00:00Z",
                         "detection": {"source": "ALERT"}}
                        """), 422, "occurred-in-the-future");
    }

    @Test
    void bodies_that_are_not_one_json_object_record_nothing() {
        refused(service.post(path + "/notes", ""), 400, "malformed-json");
        refused(service.post(path + "/notes", "{\"text\": \"a\""), 400, "malformed-json");
        refused(service.post(path + "/notes", "{\"text\": \"a\"} {}"), 400, "malformed-json");
        refused(service.post(path + "/notes", "{\"text\": \"a\", \"text\": \"b\"}"), 400, "malformed-json");
        refused(service.post(path + "/notes", "{\"text\": \"a\\u0007\"}"), 400, "invalid-request");
        refused(service.post(path + "/notes", "{\"text\": " + "[".repeat(100_000) + "}"), 400, "json-limit-exceeded");
    }

    @Test
    void a_body_of_ten_megabytes_records_nothing() throws IOException {
        var head = "POST /api/v1" + path
                + "/notes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + "Authorization: Bearer "
                + service.key() + "\r\nContent-Length: " + TEN_MEGABYTES + "\r\n\r\n";

        var answer = raw(head, "{\"text\": \"" + "a".repeat(TEN_MEGABYTES - 12) + "\"}");

        assertThat(answer).startsWith("HTTP/1.1 413");
        isAsItWas();
    }

    @Test
    void what_does_not_exist_is_not_found() {
        refused(service.post("/incidents/nobody/notes", "{\"text\": \"a\"}"), 404, "incident-not-declared");
        for (var read : List.of("", "/timeline", "/rhythm", "/postmortem")) {
            refused(service.get("/incidents/nobody" + read), 404, "incident-not-declared");
        }
        refused(service.post("/incidents/no%20body/notes", "{\"text\": \"a\"}"), 404, "not-found");
        refused(service.post(path + "/nothing", "{}"), 404, "not-found");
        refused(service.post(path + "/hypotheses/hypothesis-9/primary", "{}"), 404, "unknown-hypothesis");
        refused(service.post(path + "/freezes/freeze-1/lift", "{\"because\": \"b\"}"), 404, "unknown-freeze");
        refused(service.post(path + "/freezes/freeze-0/lift", "{\"because\": \"b\"}"), 404, "not-found");
        refused(service.post(path + "/actions/action-1/completion", "{}"), 404, "unknown-action");
    }

    @Test
    void commands_in_the_wrong_phase_record_nothing() {
        refused(service.post(path + "/reopening", "{\"because\": \"b\"}"), 409, "incident-still-open");
        refused(service.post(path + "/review", "{\"facilitator\": \"cleo\"}"), 409, "incident-not-resolved");
        refused(
                service.post(path + "/findings", "{\"kind\": \"LESSON\", \"text\": \"t\"}"),
                409,
                "incident-not-resolved");
        refused(service.post("/incidents", """
                        {"incidentId": "%s", "title": "t", "severity": "SEV2", "lead": "ana",
                         "detection": {"source": "ALERT"}}
                        """.formatted(incident)), 409, "incident-already-declared");
        service.tell(path + "/cancellation", "{\"reason\": \"FALSE_POSITIVE\", \"because\": \"A test page\"}");
        isAt(2);
        for (var command : List.of(
                "/notes {\"text\": \"a\"}",
                "/freezes {\"scope\": {\"services\": [\"*\"], \"environments\": [\"*\"]}, \"reason\": \"r\"}",
                "/severity {\"severity\": \"SEV1\", \"because\": \"b\"}",
                "/changes {\"kind\": \"DEPLOY\", \"text\": \"t\", \"service\": \"s\"}")) {
            int space = command.indexOf(' ');
            isProblem(
                    service.post(path + command.substring(0, space), command.substring(space)), 409, "incident-ended");
            isAt(2);
        }
    }

    @Test
    void headers_that_cannot_be_believed_record_nothing() {
        var note = HttpRequest.BodyPublishers.ofString("{\"text\": \"a\"}");
        var notes = "/api/v1" + path + "/notes";
        refused(
                service.send(service.request(notes)
                        .header("Content-Type", "application/json")
                        .header("X-Actor", "ben")
                        .POST(note)),
                400,
                "invalid-header");
        refused(
                service.send(service.request(notes)
                        .header("Content-Type", "text/plain")
                        .POST(note)),
                415,
                "unsupported-media-type");
        for (var seen : List.of("1", "\"one\"", "W/\"1\"")) {
            refused(ifMatch(seen), 400, "invalid-header");
        }
        refused(ifMatch("\"7\""), 412, "version-moved");
    }

    @Test
    void one_line_holds_nothing_that_hides_or_reorders() {
        for (var hidden : List.of("\\u0000", "\\u0007", "\\u001b", "\\n", "\\u202e", "\\u2066", "\\u200b", "\\ufeff")) {
            var answer = service.post("/incidents", """
                    {"title": "Checkout%s fails", "severity": "SEV2", "lead": "ana", "detection": {"source": "ALERT"}}
                    """.formatted(hidden));
            refused(answer, 400, "invalid-request");
            assertThat(pointers(answer)).containsExactly("/title");
        }
    }

    @Test
    void a_text_keeps_marks_that_reorder_and_a_document_shows_them() {
        var told = service.tell(path + "/notes", "{\"text\": \"The file is cod\\u202egpj.exe\"}");

        var entries = service.get(path + "/timeline?minVersion=" + told.version())
                .accepted()
                .json()
                .get("entries");
        assertThat(entries.get(1).get("headline").asString()).isEqualTo("The file is cod\u202egpj.exe");
        // A plus sign could begin a list, so Markdown has it escaped.
        var document = service.markdown(path + "/timeline?minVersion=" + told.version())
                .accepted()
                .text();
        assertThat(document).contains("cod⟨U\\+202E⟩gpj").doesNotContain("\u202e");
    }

    @Test
    void a_parameter_that_is_missing_or_wrong_is_named() {
        parameter("/freezes/check?environment=production", "service");
        parameter("/freezes/check?service=checkout", "environment");
        parameter("/freezes/check?service=&environment=production", "service");
        parameter("/freezes/check?service=%E2%80%AE&environment=production", "service");
        parameter("/freezes/check?service=checkout&environment=production&change=%0A", "change");
        parameter("/actions?overdue=perhaps", "overdue");
        parameter("/actions?owner=%E2%80%AE", "owner");
        parameter("/actions?limit=0", "limit");
        parameter("/actions?limit=501", "limit");
        parameter("/actions?limit=ten", "limit");
        parameter("/actions?limit=1&limit=2", "limit");
        parameter("/freezes?limit=-1", "limit");
        parameter("/freezes/check?service=a&environment=b&gate=perhaps", "gate");
        parameter("/freezes/check?service=a&environment=b&onUnknown=perhaps", "onUnknown");
        parameter("/status-board?severity=SEV9", "severity");
        parameter("/status-board?severity=", "severity");
        parameter("/status-board?service=%E2%80%AE", "service");
        parameter("/incidents?phase=OPEN", "phase");
        parameter("/incidents?severity=SEV1&severity=high", "severity");
        parameter("/incidents?mode=REAL", "mode");
        parameter("/incidents?open=perhaps", "open");
        parameter("/incidents?open=true&phase=CLOSED", "open");
        parameter("/incidents?lead=", "lead");
        parameter("/incidents?declaredFrom=yesterday", "declaredFrom");
        parameter("/incidents?startedTo=2026-03-01T14:00:00", "startedTo");
        parameter("/incidents?q=%2B%2B", "q");
        parameter("/search", "q");
        parameter("/search?q=", "q");
        parameter("/search?q=" + "x".repeat(201), "q");
        parameter("/search?q=" + String.join("+", "abcdefghijklmnopqrstu".split("")), "q");
        parameter(path + "/timeline?from=2026", "from");
        parameter("/status-board?minPosition=x", "minPosition");
        parameter("/status-board?minPosition=-1", "minPosition");
        parameter("/status-board?minPosition=1&minPosition=1", "minPosition");
        parameter(path + "?minVersion=1.5", "minVersion");
        parameter(path + "/timeline?actorKind=ROBOT", "actorKind");
        parameter(path + "/timeline?pinned=perhaps", "pinned");
        parameter(path + "/timeline?people=NOBODY", "people");
        parameter(path + "/postmortem?people=NOBODY", "people");
    }

    @Test
    void a_parameter_that_a_read_does_not_have_is_refused() {
        for (var read : List.of("/incidents?sevrity=SEV1", "/actions?q=x", path + "?limit=1", "/search?q=a&sort=b")) {
            var answer = service.get(read);
            refused(answer, 400, "invalid-parameter");
            assertThat(answer.json().get("detail").asString()).as(read).contains("no such parameter");
        }
        refused(service.markdown(path + "/timeline?limit=1"), 400, "invalid-parameter");
    }

    private void parameter(String read, String name) {
        var answer = service.get(read);
        refused(answer, 400, "invalid-parameter");
        assertThat(answer.json().get("detail").asString()).as(read).contains(" " + name + " ");
    }

    private void invalid(String below, String body, String pointer) {
        var answer = service.post(path + below, body);
        refused(answer, 400, "invalid-request");
        assertThat(pointers(answer)).as(body).anyMatch(p -> p.equals(pointer) || p.startsWith(pointer + "/"));
    }

    private void refused(Answer answer, int status, String code) {
        isProblem(answer, status, code);
        isAsItWas();
    }

    private static void isProblem(Answer answer, int status, String code) {
        var asked =
                answer.response().request().method() + " " + answer.response().uri() + ": " + answer.text();
        assertThat(answer.status()).as(asked).isEqualTo(status);
        assertThat(answer.header("Content-Type")).as(asked).isEqualTo("application/problem+json");
        assertThat(answer.json().get("code").asString()).as(asked).isEqualTo(code);
    }

    private void isAsItWas() {
        isAt(1);
    }

    private void isAt(long version) {
        assertThat(service.get(path).accepted().version()).isEqualTo(version);
        assertThat(head() - before).isEqualTo(version);
    }

    private long head() {
        return service.context().getBean(EventLog.class).head();
    }

    private Answer ifMatch(String seen) {
        return service.send(service.request("/api/v1" + path + "/notes")
                .header("Content-Type", "application/json")
                .header("If-Match", seen)
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"a\"}")));
    }

    private static List<String> pointers(Answer answer) {
        return answer.json()
                .get("errors")
                .valueStream()
                .map(error -> error.get("pointer").asString())
                .toList();
    }

    /** The beginning of the answer, which may come while the body is still being sent. */
    private String raw(String head, String body) throws IOException {
        int port = Integer.parseInt(service.base().substring(service.base().lastIndexOf(':') + 1));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(body.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException _) {
                    // Refused, as it should be; the answer says why.
                }
            });
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }
}
