package org.incidenttimeline.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log to auditors, and the record of who read it. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter, and start() the rest.
class LogTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant START = Instant.parse("2026-03-01T14:00:00Z");

    @Parameter
    Database kind;

    private final MutableClock clock = new MutableClock(START);
    private TestDatabase database;
    private RunningService service;
    private RunningService auditor;

    @BeforeParameterizedClassInvocation
    void start() {
        clock.set(START);
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, clock);
        auditor = service.as("audra", AccessRole.AUDITOR);
        declare("one", "checkout", "OPEN");
        clock.set(START.plus(Duration.ofMinutes(10)));
        declare("two", "search", "RESTRICTED");
        service.as("Ben", AccessRole.RESPONDER).tell("/incidents/one/notes", "{\"text\": \"a \\\"line\\\"\\nbreak\"}");
        clock.set(START.plus(Duration.ofMinutes(20)));
        for (int i = 0; i < 600; i++) {
            service.tell("/incidents/one/notes", "{\"text\": \"note " + i + "\"}");
        }
    }

    private void declare(String id, String of, String visibility) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Incident", "severity": "SEV3", "lead": "ana", "services": ["%s"],
                 "visibility": "%s", "detection": {"source": "ALERT"}}
                """.formatted(id, of, visibility));
    }

    @AfterParameterizedClassInvocation
    void close() {
        service.close();
        database.close();
    }

    private static List<JsonNode> read(RunningService reader, String path) {
        var answer = reader.send(reader.request("/api/v1" + path).header("Accept", "application/x-ndjson"))
                .accepted();
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        var lines = answer.text().lines().map(JSON::readTree).toList();
        assertThat(lines.getLast().path("end").path("events").asLong()).isEqualTo(lines.size() - 1L);
        return lines.subList(0, lines.size() - 1);
    }

    private static List<Long> positions(List<JsonNode> lines) {
        return lines.stream().map(line -> line.get("position").asLong()).toList();
    }

    @Test
    void it_is_sent_as_it_is_stored_in_the_order_of_positions() {
        var lines = read(auditor, "/log");
        var stored = service.context().getBean(EventLog.class).readAfter(0, 10_000);

        assertThat(lines).hasSize(603).hasSameSizeAs(stored);
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var event = stored.get(i);
            assertThat(line.get("position").asLong()).isEqualTo(event.position());
            assertThat(line.get("payload")).isEqualTo(JSON.readTree(event.payload()));
            assertThat(line.get("metadata")).isEqualTo(JSON.readTree(event.metadata()));
            assertThat(line.get("stream").asString()).isEqualTo(event.streamId());
            assertThat(line.get("version").asLong()).isEqualTo(event.sequence() + 1);
            assertThat(line.get("recordedAt").asString())
                    .isEqualTo(event.recordedAt().toString());
        }
        assertThat(read(auditor, "/incidents/one/log"))
                .hasSize(602)
                .allMatch(line -> line.get("stream").asString().equals("one"));
        assertThat(auditor.get("/log").status()).isEqualTo(406);
    }

    @Test
    void filters_leave_what_they_say() {
        assertThat(positions(read(auditor, "/log?kind=declared"))).containsExactly(1L, 2L);
        assertThat(positions(read(auditor, "/log?kind=incident.declared&kind=x")))
                .containsExactly(1L, 2L);
        assertThat(positions(read(auditor, "/log?actor=BEN"))).containsExactly(3L);
        assertThat(positions(read(auditor, "/log?after=600"))).containsExactly(601L, 602L, 603L);
        assertThat(positions(read(auditor, "/log?from=" + START.plusSeconds(1) + "&to=" + START.plusSeconds(601))))
                .containsExactly(2L, 3L);
        assertThat(positions(read(auditor, "/incidents/one/log?to=" + START.plusSeconds(601))))
                .containsExactly(1L, 3L);
        var credential = read(auditor, "/log?actor=Ben")
                .getFirst()
                .get("metadata")
                .get("credential")
                .asString();
        assertThat(positions(read(auditor, "/log?credential=" + credential))).containsExactly(3L);
        assertThat(read(auditor, "/log?after=603")).isEmpty();
        for (var wrong :
                List.of("/log?after=-1", "/log?from=today", "/log?limit=5", "/incidents/one/log?minVersion=1")) {
            assertThat(auditor.send(auditor.request("/api/v1" + wrong))
                            .json()
                            .get("code")
                            .asString())
                    .as(wrong)
                    .isEqualTo("invalid-parameter");
        }
    }

    @Test
    void who_is_confined_to_services_reads_of_these_alone() {
        var confined = service.asConfined("bot", Set.of(new ServiceName("search")), AccessRole.AUDITOR);

        assertThat(positions(read(confined, "/log"))).containsExactly(2L);
        assertThat(confined.send(confined.request("/api/v1/incidents/one/log")).status())
                .isEqualTo(404);
    }

    @Test
    void every_read_is_on_record_for_auditors_and_admins() {
        var reader = service.as("curious", AccessRole.AUDITOR);
        read(reader, "/log?kind=declared");
        read(reader, "/incidents/two/log");
        reader.send(reader.request("/api/v1/log").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        var accesses = service.as("adam", AccessRole.ADMIN)
                .get("/log/accesses?limit=2")
                .accepted()
                .json();
        var newest = accesses.get("accesses").get(0);
        var before = accesses.get("accesses").get(1);
        assertThat(newest.get("path").asString()).isEqualTo("/api/v1/incidents/two/log");
        assertThat(newest.get("query").isNull()).isTrue();
        assertThat(newest.get("sent").asLong()).isEqualTo(1);
        assertThat(newest.get("lastPosition").asLong()).isEqualTo(2);
        assertThat(before.get("actor").asString()).isEqualTo("curious");
        assertThat(before.get("credential").asString()).startsWith("api-key:");
        assertThat(before.get("query").asString()).isEqualTo("kind=declared");
        assertThat(before.get("position").asLong()).isEqualTo(603);
        assertThat(before.get("sent").asLong()).isEqualTo(2);
        assertThat(before.get("endedAt").isNull()).isFalse();
        long next = accesses.get("next").asLong();
        assertThat(next).isEqualTo(before.get("number").asLong());
        assertThat(auditor.get("/log/accesses?limit=200&before=" + next)
                        .accepted()
                        .json()
                        .get("accesses")
                        .valueStream()
                        .map(access -> access.get("number").asLong()))
                .allMatch(number -> number < next);
        assertThat(auditor.get("/log/accesses?limit=201").status()).isEqualTo(400);
        for (var role : AccessRole.values()) {
            var caller = service.as("a " + role, role);
            assertThat(caller.get("/log/accesses").status())
                    .as("%s", role)
                    .isEqualTo(role == AccessRole.AUDITOR || role == AccessRole.ADMIN ? 200 : 403);
        }
    }
}
