package org.incidenttimeline.api.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Duties to report over HTTP: told, computed, looked back at, and refused. */
@ParameterizedClass
@EnumSource(Database.class)
class DutyControllerTest {
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final String INCIDENT = "/incidents/checkout-down";
    private static final String CLASSIFIED = """
            {"regime": "NIS2", "decision": "REPORTABLE", "classification": "significant", "because": "Two countries"}
            """;

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(START);

    DutyControllerTest(Database kind) {
        database = TestDatabases.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_duty_goes_from_awareness_to_a_late_report_and_every_step_can_be_looked_back_at() {
        try (var service = RunningService.on(database, clock, "--incident.duties.candidates=NIS2,GDPR")) {
            declare(service, "LIVE", "OPEN");
            assertThat(state(service, "", "early-warning")).isEqualTo("NOT_STARTED");
            service.tell(INCIDENT + "/awareness", """
                    {"occurredAt": "2026-03-02T13:00:00Z", "by": "ana", "because": "A customer called"}
                    """);
            clock.set(START.plusSeconds(3600));
            service.tell(INCIDENT + "/classifications", CLASSIFIED);
            var running = stage(service, "", "early-warning");
            clock.set(START.plusSeconds(24 * 3600));
            assertThat(state(service, "", "early-warning")).isEqualTo("OVERDUE");
            service.tell(INCIDENT + "/notifications", """
                    {"regime": "NIS2", "stage": "early-warning", "recipient": "CSIRT", "receipt": "EW-7",
                     "lateBecause": "The portal was down"}
                    """);

            assertThat(running.get("state").asString()).isEqualTo("RUNNING");
            assertThat(running.get("dueAt").asString()).isEqualTo("2026-03-03T13:00:00Z");
            assertThat(running.get("minutesLeft").asLong()).isEqualTo(22 * 60);
            assertThat(running.at("/anchor/name").asString()).isEqualTo("AWARENESS");
            assertThat(running.at("/anchor/entry").asLong()).isEqualTo(2);
            var late = stage(service, "", "early-warning");
            assertThat(late.get("state").asString()).isEqualTo("SUBMITTED_LATE");
            assertThat(late.at("/submission/receipt").asString()).isEqualTo("EW-7");
            assertThat(late.at("/submission/entry").asLong()).isEqualTo(4);
            assertThat(state(service, "?version=3", "early-warning")).isEqualTo("RUNNING");
            assertThat(state(service, "?version=1", "early-warning")).isEqualTo("NOT_STARTED");
            assertThat(state(service, "?asOf=2026-03-03T13:00:01Z", "early-warning"))
                    .isEqualTo("OVERDUE");
            assertThat(state(service, "?occurredBefore=2026-03-02T14:30:00Z", "early-warning"))
                    .isEqualTo("RUNNING");
            assertThat(service.markdown(INCIDENT + "/timeline").accepted().text())
                    .contains("submitted late to CSIRT");
            assertThat(service.markdown(INCIDENT + "/postmortem").accepted().text())
                    .contains("## Reporting duties");
        }
    }

    @Test
    void incident_and_rhythm_list_the_deadlines_that_run_and_a_drill_says_that_it_is_one() {
        try (var service = RunningService.on(database, clock)) {
            declare(service, "DRILL", "OPEN");
            assertThat(service.get(INCIDENT).accepted().json().get("duties")).isEmpty();
            service.tell(INCIDENT + "/awareness", "{\"by\": \"ana\", \"because\": \"A customer called\"}");
            service.tell(INCIDENT + "/classifications", CLASSIFIED);

            for (var read : List.of("", "/rhythm")) {
                var open = service.get(INCIDENT + read).accepted().json().get("duties");
                assertThat(open).hasSize(2);
                assertThat(open.get(0).get("stage").asString()).isEqualTo("early-warning");
                assertThat(open.get(0).get("dueAt").asString()).isEqualTo("2026-03-03T14:00:00Z");
            }
            assertThat(service.get(INCIDENT + "/duties")
                            .accepted()
                            .json()
                            .get("mode")
                            .asString())
                    .isEqualTo("DRILL");
        }
    }

    @Test
    void the_tag_changes_when_a_minute_less_is_left() {
        try (var service = RunningService.on(database, clock)) {
            declare(service, "LIVE", "OPEN");
            service.tell(INCIDENT + "/awareness", "{\"by\": \"ana\", \"because\": \"A customer called\"}");
            service.tell(INCIDENT + "/classifications", CLASSIFIED);
            clock.set(START.plusSeconds(61));
            String tag = service.get(INCIDENT + "/duties").accepted().header("ETag");

            clock.set(START.plusSeconds(119));
            assertThat(known(service, tag)).isEqualTo(304);
            clock.set(START.plusSeconds(121));
            assertThat(known(service, tag)).isEqualTo(200);
        }
    }

    private static int known(RunningService service, String tag) {
        return service.send(service.request("/api/v1" + INCIDENT + "/duties").header("If-None-Match", tag))
                .status();
    }

    @Test
    void what_no_template_knows_is_refused_with_what_there_is() {
        try (var service = RunningService.on(database, clock)) {
            declare(service, "LIVE", "OPEN");

            refused(service, "/classifications", CLASSIFIED.replace("NIS2", "NIS3"), "unknown-regime", "NIS2, DORA");
            refused(
                    service,
                    "/classifications",
                    CLASSIFIED.replace("significant", "major"),
                    "unknown-classification",
                    "significant (REPORTABLE)");
            refused(
                    service,
                    "/classifications",
                    CLASSIFIED.replace("REPORTABLE", "NOT_REPORTABLE"),
                    "unknown-classification",
                    "not-significant (NOT_REPORTABLE)");
            refused(
                    service,
                    "/notifications",
                    "{\"regime\": \"NIS2\", \"stage\": \"late-warning\", \"recipient\": \"CSIRT\"}",
                    "unknown-stage",
                    "early-warning");
            refused(
                    service,
                    "/awareness",
                    "{\"occurredAt\": {\"precision\": \"UNKNOWN\"}, \"by\": \"ana\", \"because\": \"b\"}",
                    "time-required",
                    "at least about");
            assertThat(service.get(INCIDENT).accepted().version()).isEqualTo(1);
        }
    }

    private static void refused(RunningService service, String path, String body, String code, String told) {
        var answer = service.post(INCIDENT + path, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().get("detail").asString()).contains(told);
    }

    @Test
    void batches_and_retries_work_as_for_any_command() {
        try (var service = RunningService.on(database, clock)) {
            declare(service, "LIVE", "OPEN");
            service.tell(INCIDENT + "/commands", """
                    {"commands": [
                      {"path": "/awareness", "body": {"by": "ana", "because": "A customer called"}},
                      {"path": "/classifications", "body": %s},
                      {"path": "/notifications", "body": {"regime": "NIS2", "stage": "early-warning", "recipient": "CSIRT"}}
                    ]}""".formatted(CLASSIFIED));
            assertThat(state(service, "", "early-warning")).isEqualTo("SUBMITTED");

            for (int i = 0; i < 2; i++) {
                var answer = service.send(service.request("/api/v1" + INCIDENT + "/notifications")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "report-1")
                        .POST(BodyPublishers.ofString(
                                "{\"regime\": \"NIS2\", \"stage\": \"early-warning\", \"recipient\": \"BSI\"}")));
                assertThat(answer.accepted().version()).isEqualTo(5);
            }
            assertThat(stage(service, "", "early-warning").get("repeated").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void whoever_does_not_see_an_incident_does_not_see_its_duties() {
        try (var service = RunningService.on(database, clock)) {
            declare(service, "LIVE", "RESTRICTED");
            var other = service.as("oda", AccessRole.RESPONDER);

            assertThat(other.get(INCIDENT + "/duties").status()).isEqualTo(404);
            assertThat(other.post(INCIDENT + "/classifications", CLASSIFIED).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void an_installation_may_have_templates_of_its_own(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("duties.json"), """
                {"regimes": [{"name": "HOUSE", "title": "Our promise",
                  "classifications": [{"name": "affected", "decision": "REPORTABLE"},
                                      {"name": "unaffected", "decision": "NOT_REPORTABLE"}],
                  "stages": [{"name": "notice", "title": "Notice", "clocks": [{"from": "DETECTION", "within": "P3D"}],
                    "article": "Section 4", "reference": "Policy 2026"}]}]}""");
        try (var service = RunningService.on(database, clock, "--incident.duties.templates=" + file)) {
            declare(service, "LIVE", "OPEN");
            service.tell(INCIDENT + "/classifications", """
                    {"regime": "HOUSE", "decision": "REPORTABLE", "classification": "affected", "because": "b"}
                    """);

            assertThat(stage(service, "", "notice").get("dueAt").asString()).isEqualTo("2026-03-05T13:55:00Z");
        }
    }

    @Test
    void the_service_does_not_start_with_templates_that_are_wrong(@TempDir Path folder) throws IOException {
        var wrong = Files.writeString(folder.resolve("wrong.json"), "{\"regimes\": [{\"name\": \"HOUSE\"}]}");

        for (var setting : List.of(
                "--incident.duties.templates=" + wrong,
                "--incident.duties.templates=" + folder.resolve("none.json"),
                "--incident.duties.candidates=NIS3")) {
            assertThatThrownBy(() -> RunningService.on(database, clock, setting).close())
                    .hasStackTraceContaining(setting.replaceAll("^--|=.*", ""));
        }
    }

    private static void declare(RunningService service, String mode, String visibility) {
        service.tell("/incidents", """
                {"incidentId": "checkout-down", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "mode": "%s", "visibility": "%s",
                 "detection": {"source": "ALERT", "at": "2026-03-02T13:55:00Z"}}
                """.formatted(mode, visibility));
    }

    private static String state(RunningService service, String query, String stage) {
        return stage(service, query, stage).get("state").asString();
    }

    private static JsonNode stage(RunningService service, String query, String stage) {
        var regimes =
                service.get(INCIDENT + "/duties" + query).accepted().json().get("regimes");
        return regimes.valueStream()
                .flatMap(regime -> regime.get("stages").valueStream())
                .filter(one -> one.get("stage").asString().equals(stage))
                .findFirst()
                .orElseThrow();
    }
}
