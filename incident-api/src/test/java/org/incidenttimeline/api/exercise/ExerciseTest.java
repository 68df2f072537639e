package org.incidenttimeline.api.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.IncidentEvent.InjectDelivered;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A tabletop exercise: those who practise learn of a fact when it is delivered, and not before. */
@ParameterizedClass
@EnumSource(Database.class)
class ExerciseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final String DRILL = "/incidents/drill-1";
    private static final String SCRIPT = """
            {"injects": [
              {"after": "PT5M", "kind": "ALERT", "what": "The replica is gone"},
              {"at": "2026-03-02T15:10:00+01:00", "kind": "CUSTOMER_REPORT", "what": "Nobody can pay"},
              {"after": "PT20M", "kind": "MESSAGE", "what": "The backups are empty"}]}
            """;

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(START);
    private RunningService service;

    ExerciseTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = start();
    }

    @BeforeEach
    void declare() {
        declare("drill-1", "DRILL");
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void a_fact_is_hidden_until_it_is_delivered() {
        service.tell(DRILL + "/exercise/script", SCRIPT);

        for (var path : List.of("", "/timeline", "/postmortem", "/rhythm")) {
            assertThat(service.get(DRILL + path).accepted().text())
                    .doesNotContain("replica", "Nobody can pay", "backups");
        }
        assertThat(service.markdown(DRILL + "/timeline?minVersion=2").accepted().text())
                .startsWith("# DRILL: ")
                .contains("Script of the exercise laid ready: 3 injects")
                .doesNotContain("replica", "Nobody can pay", "backups");
        assertThat(statuses()).containsExactly("PLANNED", "PLANNED", "PLANNED");

        clock.set(START.plus(Duration.ofMinutes(10)));
        await().atMost(PATIENCE).until(() -> delivered().size() == 2);

        assertThat(delivered())
                .extracting(e -> e.what().value())
                .containsExactly("The replica is gone", "Nobody can pay");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.markdown(DRILL + "/timeline?minVersion=4")
                                .accepted()
                                .text())
                        .contains("Inject of the exercise (alert): The replica is gone")
                        .doesNotContain("backups"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statuses()).containsExactly("DELIVERED", "DELIVERED", "PLANNED"));
    }

    @Test
    void those_who_practise_may_neither_read_the_script_nor_steer_it() {
        service.tell(DRILL + "/exercise/script", SCRIPT);
        var responder = service.as("ben", AccessRole.RESPONDER, AccessRole.COMMUNICATOR, AccessRole.REPORTER);

        assertThat(responder.get(DRILL + "/exercise/script").status()).isEqualTo(403);
        assertThat(responder.post(DRILL + "/exercise/script", SCRIPT).status()).isEqualTo(403);
        assertThat(responder
                        .post(DRILL + "/exercise/injects/inject-1/delivery", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(responder.get(DRILL + "/timeline").accepted().text()).doesNotContain("replica");
    }

    @Test
    void what_the_facilitator_delivers_early_is_not_delivered_again() {
        service.tell(DRILL + "/exercise/script", SCRIPT);

        var answer = service.tell(DRILL + "/exercise/injects/inject-3/delivery", "{}");
        var again = service.tell(DRILL + "/exercise/injects/inject-3/delivery", "{}");

        assertThat(answer.text()).contains("\"kind\":\"inject-delivered\"", "\"item\":\"inject-3\"");
        assertThat(again.json().get("events")).isEmpty();
        clock.set(START.plus(Duration.ofHours(1)));
        await().atMost(PATIENCE).until(() -> delivered().size() == 3);
        service.context().getBean("deliveryOfInjects", Recurring.class).work().run();
        assertThat(delivered())
                .extracting(InjectDelivered::injectId)
                .containsExactly(InjectId.number(3), InjectId.number(1), InjectId.number(2));
    }

    @Test
    void the_end_of_the_exercise_withholds_the_rest() {
        service.tell(DRILL + "/exercise/script", SCRIPT);
        clock.set(START.plus(Duration.ofMinutes(5)));
        await().atMost(PATIENCE).until(() -> delivered().size() == 1);

        service.tell(DRILL + "/exercise/end", "{\"because\": \"We have seen enough\"}");

        assertThat(statuses()).startsWith("DELIVERED").endsWith("WITHHELD", "WITHHELD");
        var refused = service.post(DRILL + "/exercise/injects/inject-3/delivery", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("inject-withheld");
        assertThat(service.markdown(DRILL + "/timeline?minVersion=4").accepted().text())
                .contains("Exercise ended: We have seen enough; 2 injects not delivered");
    }

    @Test
    void a_drill_that_is_called_off_delivers_nothing_more() {
        service.tell(DRILL + "/exercise/script", SCRIPT);
        service.tell(DRILL + "/cancellation", "{\"reason\": \"NO_LONGER_RELEVANT\", \"because\": \"A real one came\"}");

        clock.set(START.plus(Duration.ofHours(1)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses()).containsOnly("WITHHELD"));
        assertThat(delivered()).isEmpty();
    }

    @Test
    void a_script_sent_again_is_the_same_and_another_one_takes_its_place() {
        long planned = service.tell(DRILL + "/exercise/script", SCRIPT).version();
        assertThat(service.tell(DRILL + "/exercise/script", SCRIPT).version()).isEqualTo(planned);

        service.tell(DRILL + "/exercise/script", SCRIPT.replace("PT20M", "PT30M"));

        assertThat(service.get(DRILL + "/exercise/script")
                        .accepted()
                        .json()
                        .get("injects")
                        .valueStream()
                        .filter(inject -> inject.get("status").asString().equals("PLANNED"))
                        .map(inject -> inject.get("injectId").asString()))
                .containsExactly("inject-4", "inject-5", "inject-6");
        clock.set(START.plus(Duration.ofHours(1)));
        await().atMost(PATIENCE).until(() -> delivered().size() == 3);
        assertThat(delivered()).extracting(InjectDelivered::injectId).doesNotContain(InjectId.number(1));
    }

    @Test
    void a_script_goes_on_after_a_restart() {
        service.tell(DRILL + "/exercise/script", SCRIPT);
        clock.set(START.plus(Duration.ofMinutes(5)));
        await().atMost(PATIENCE).until(() -> delivered().size() == 1);
        service.close();

        clock.set(START.plus(Duration.ofHours(1)));
        service = start();

        await().atMost(PATIENCE).until(() -> delivered().size() == 3);
        assertThat(delivered()).extracting(InjectDelivered::injectId).doesNotHaveDuplicates();
    }

    @Test
    void only_a_drill_has_a_script_and_a_script_has_a_form() {
        declare("real-1", "LIVE");

        assertProblem("/incidents/real-1/exercise/script", SCRIPT, 422, "not-an-exercise");
        assertProblem("/incidents/nobody-declared-it/exercise/script", SCRIPT, 404, "incident-not-declared");
        assertProblem(DRILL + "/exercise/script", "{\"injects\": []}", 422, "inject-required");
        assertProblem(
                DRILL + "/exercise/script",
                "{\"injects\": [{\"kind\": \"NOTE\", \"what\": \"w\"}]}",
                400,
                "invalid-request");
        assertProblem(
                DRILL + "/exercise/script",
                "{\"injects\": [{\"after\": \"P8D\", \"kind\": \"NOTE\", \"what\": \"w\"}]}",
                400,
                "invalid-request");
        var one = "{\"after\": \"PT1M\", \"kind\": \"NOTE\", \"what\": \"w\"}";
        assertProblem(
                DRILL + "/exercise/script",
                "{\"injects\": [" + (one + ",").repeat(200) + one + "]}",
                400,
                "invalid-request");
        assertProblem(DRILL + "/exercise/injects/inject-1/delivery", "{}", 404, "unknown-inject");
        assertProblem(DRILL + "/exercise/end", "{}", 409, "exercise-not-running");
        assertThat(service.get("/incidents/nobody-declared-it/exercise/script").status())
                .isEqualTo(404);
    }

    @Test
    void the_script_of_the_outage_that_comes_with_the_service_can_be_practised() throws IOException {
        String script;
        try (var resource = getClass().getResourceAsStream("/demo/gitlab-2017-01-31-tabletop.json")) {
            assertThat(resource).isNotNull();
            script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        service.tell(DRILL + "/exercise/script", script);

        clock.set(START.plus(Duration.ofHours(1)));

        await().atMost(PATIENCE).until(() -> delivered().size() == 13);
        assertThat(service.markdown(DRILL + "/postmortem").accepted().text())
                .startsWith("# DRILL: Postmortem: ")
                .contains("The press asks what happened");
    }

    private void assertProblem(String path, String body, int status, String code) {
        var answer = service.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
    }

    private RunningService start() {
        return RunningService.on(
                database, clock, "--incident.exercises.pause=20ms", "--incident.scheduler.polling-interval=50ms");
    }

    private void declare(String id, String mode) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV2", "lead": "ana", "mode": "%s",
                 "detection": {"source": "ALERT"}}
                """.formatted(id, mode));
        // Who may see an incident is asked of its card.
        service.get("/status-board?minPosition=1").accepted();
    }

    private List<String> statuses() {
        return service.get(DRILL + "/exercise/script")
                .accepted()
                .json()
                .get("injects")
                .valueStream()
                .map(inject -> inject.get("status").asString())
                .toList();
    }

    private List<InjectDelivered> delivered() {
        return service.context().getBean(IncidentHistory.class).of(new IncidentId("drill-1")).stream()
                .map(RecordedEvent::event)
                .filter(InjectDelivered.class::isInstance)
                .map(InjectDelivered.class::cast)
                .toList();
    }
}
