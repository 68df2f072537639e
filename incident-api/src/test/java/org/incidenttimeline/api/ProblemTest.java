package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.incident.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How whatever goes wrong is told. */
class ProblemTest extends HttpTest {
    private static final String BECAUSE = "{\"because\":\"b\"}";

    /** An unknown thing that stands in a path, with such a path. The others are only ever named in bodies. */
    private static final Map<Refusal, String> PATHS = new EnumMap<>(Map.of(
            Refusal.UNKNOWN_FREEZE, "/freezes/freeze-1/lift",
            Refusal.UNKNOWN_HYPOTHESIS, "/hypotheses/hypothesis-1/set-aside",
            Refusal.UNKNOWN_MITIGATION, "/mitigations/mitigation-1/rollback",
            Refusal.UNKNOWN_ENTRY, "/entries/5/correction",
            Refusal.UNKNOWN_ACTION, "/actions/action-1/drop"));

    private static final Set<Refusal> NEVER_RIGHT = Set.of(
            Refusal.ENTRY_SAYS_NOTHING,
            Refusal.NOT_AN_EXERCISE,
            Refusal.INJECT_REQUIRED,
            Refusal.OCCURRED_IN_THE_FUTURE,
            Refusal.TIMES_OUT_OF_ORDER,
            Refusal.MERGE_INTO_ITSELF,
            Refusal.EVIDENCE_REQUIRED,
            Refusal.OUTCOME_NOT_POSSIBLE,
            Refusal.MITIGATION_BASIS_REQUIRED,
            Refusal.CHECK_REQUIRED,
            Refusal.PREDICTION_REQUIRED,
            Refusal.OWNER_AND_DATE_REQUIRED,
            Refusal.AUDIENCE_REQUIRED,
            Refusal.CADENCE_OUT_OF_RANGE,
            Refusal.NOTHING_TO_CORRECT,
            Refusal.NOTHING_TO_REDACT,
            Refusal.RUNBOOK_NOT_DRAFTED,
            Refusal.RUNBOOK_PART_REQUIRED,
            Refusal.RUNBOOK_TOO_LONG,
            Refusal.STEP_OUTCOME_REQUIRED,
            Refusal.PLAYBOOK_NOT_DRAFTED,
            Refusal.PLAYBOOK_EMPTY,
            Refusal.PLAYBOOK_TOO_LONG,
            Refusal.ROLE_TAKEN_TWICE,
            Refusal.TIME_REQUIRED);

    private static int status(Refusal refusal) {
        if (refusal == Refusal.INCIDENT_NOT_DECLARED) {
            return 404;
        }
        // What the body of this test's command names is nowhere in its path.
        return refusal.name().startsWith("UNKNOWN_") || NEVER_RIGHT.contains(refusal) ? 422 : 409;
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_is_told_with_its_code_and_facts(Refusal refusal) {
        desk.throwing(refusal.because("That stands in the way.", Map.of("freezeId", "freeze-1")));

        var answer = post(AT + "/reopening", BECAUSE);

        answer.isProblem(status(refusal), refusal.code());
        assertThat(answer.json().path("detail").asString("")).isEqualTo("That stands in the way.");
        assertThat(answer.json().path("facts").path("freezeId").asString("")).isEqualTo("freeze-1");
    }

    @Test
    void an_unknown_thing_in_the_path_is_missing_there() {
        PATHS.forEach((refusal, path) -> {
            desk.throwing(refusal.because("There is none."));
            post(AT + path, BECAUSE).isProblem(404, refusal.code());
        });
    }

    @Test
    void an_unknown_test_change_and_finding_in_the_path_are_missing_there() {
        desk.throwing(Refusal.UNKNOWN_TEST.because("There is none."));
        post(AT + "/tests/test-1/conclusion", "{\"conclusion\":\"REFUTED\",\"observed\":\"o\"}")
                .isProblem(404, "unknown-test");
        desk.throwing(Refusal.UNKNOWN_CHANGE.because("There is none."));
        post(AT + "/changes/change-1/link", "{\"verdict\":\"FIXED\",\"because\":\"b\"}")
                .isProblem(404, "unknown-change");
        desk.throwing(Refusal.UNKNOWN_FINDING.because("There is none."));
        post(AT + "/findings/finding-1/revision", "{\"kind\":\"LESSON\",\"text\":\"t\",\"because\":\"b\"}")
                .isProblem(404, "unknown-finding");
    }

    @Test
    void an_unknown_thing_in_the_body_makes_the_request_wrong() {
        desk.throwing(Refusal.UNKNOWN_EVIDENCE.because("There is none."));
        post(
                        AT + "/hypotheses/hypothesis-1/evidence",
                        "{\"evidenceId\":\"evidence-9\",\"bearing\":\"SUPPORTS\",\"because\":\"b\"}")
                .isProblem(422, "unknown-evidence");
        desk.throwing(Refusal.UNKNOWN_HYPOTHESIS.because("There is none."));
        post(AT + "/mitigations", "{\"kind\":\"SCALE\",\"text\":\"t\",\"restsOn\":\"hypothesis-9\"}")
                .isProblem(422, "unknown-hypothesis");
    }

    @ParameterizedTest
    @EnumSource
    void what_else_stands_in_the_way_is_told(NotAccepted.Reason reason) {
        int status = switch (reason) {
            case VERSION_MOVED -> 412;
            case CHANGED_CONCURRENTLY, DEDUP_KEY_TAKEN -> 409;
            case IDEMPOTENCY_KEY_REUSED -> 422;
            case LOG_UNAVAILABLE, LOG_READ_ONLY, OUTCOME_UNKNOWN -> 503;
        };
        var facts = Map.of("incidentId", "inc-2");
        desk.throwing(new NotAccepted(
                reason, "That stands in the way.", facts, new IllegalStateException("java.sql.SQLException")));

        var answer = post(AT + "/reopening", BECAUSE);

        answer.isProblem(status, reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(answer.json().path("facts").path("incidentId").asString("")).isEqualTo("inc-2");
        assertThat(answer.header("Retry-After")).isEqualTo(reason == NotAccepted.Reason.LOG_UNAVAILABLE ? "5" : "");
        assertThat(answer.header("Location"))
                .isEqualTo(reason == NotAccepted.Reason.DEDUP_KEY_TAKEN ? "/api/v1/incidents/inc-2" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/test/fault", "/test/error"})
    void a_fault_of_ours_tells_nothing_but_where_to_look(String path) {
        var answer = get(path);

        answer.isProblem(500, "internal-error");
        assertThat(answer.json().path("instance").asString("")).startsWith("urn:uuid:");
        assertThat(answer.body()).doesNotContain("SELECT", "secret", "deep");
    }

    @Test
    void a_fault_of_the_desk_tells_no_more() {
        desk.throwing(new IllegalStateException("SELECT secret FROM java.lang.String"));

        assertThat(post(AT + "/reopening", BECAUSE)
                        .isProblem(500, "internal-error")
                        .body())
                .doesNotContain("SELECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nowhere",
                "/api/v1/incidents/inc-1/nowhere",
                "/api/v2/incidents",
                "/api/v1/incidents/",
                "/error",
                "/actuator",
                "/actuator/env",
                "/actuator/beans",
                "/h2-console",
                "/api/v1/incidents/inc_1/notes",
                "/api/v1/incidents/inc-1/freezes/hypothesis-1/lift",
                "/api/v1/incidents/inc-1/freezes/freeze-0/lift",
                "/api/v1/incidents/inc-1/entries/0/pin",
                "/api/v1/incidents/inc-1/entries/0x5/pin",
                "/api/v1/incidents/inc-1/entries/05/pin",
                "/api/v1/incidents/inc-1/entries/-5/pin",
                "/api/v1/incidents/inc-1/entries/9999999999999999999/pin",
                "/api/v1/incidents/inc-1/roles/lead/handover",
                "/api/v1/incidents/inc%201/notes",
            })
    void an_address_where_nothing_is_says_so(String path) {
        post(path, "{\"because\":\"b\",\"text\":\"t\"}").isProblem(404, "not-found");
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void another_method_is_refused_and_the_right_one_is_told(String method) {
        var answer = send(method, AT + "/notes", BodyPublishers.ofString("{}"), with());

        answer.isProblem(405, "method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void a_caller_who_could_not_read_the_answer_is_refused_before_the_command_runs() {
        post(AT + "/notes", "{\"text\":\"t\"}", "Accept", "text/html").isProblem(406, "not-acceptable");
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/merge-patch+json",
                "application/cbor",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "nonsense",
                "",
            })
    void a_body_that_is_not_plain_json_is_refused(String type) {
        post(AT + "/notes", "{\"text\":\"t\"}", "Content-Type", type).isProblem(415, "unsupported-media-type");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void json_may_name_its_charset() {
        assertThat(post(AT + "/notes", "{\"text\":\"t\"}", "Content-Type", "application/json;charset=UTF-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void health_tells_no_details() {
        var answer = get("/actuator/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString("")).isEqualTo("UP");
        assertThat(answer.json().propertyNames()).containsOnly("groups", "status");
    }

    @Test
    void nothing_tells_what_serves_the_answers() {
        assertThat(post(AT + "/notes", "{\"text\":\"t\"}").headers()).doesNotContainKeys("server", "x-powered-by");
    }
}
