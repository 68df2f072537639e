package org.incidenttimeline.api.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What CloudEvents of our types make of incidents, in each mode of their binding to HTTP. */
@ParameterizedClass
@EnumSource(Database.class)
class CloudEventsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static Installation installed;

    private final RunningService service = installed.nodeA();
    private final String incident = "incident-" + COUNT.incrementAndGet();
    private final Sender sender = Sender.of(service, "events-" + incident, "CLOUDEVENTS", "{}");

    CloudEventsTest(Database kind) {}

    @BeforeParameterizedClassInvocation
    static void install(Database kind) {
        installed = Installation.on(kind);
    }

    @AfterParameterizedClassInvocation
    static void remove() {
        installed.close();
    }

    private static String event(String id, String type, String data) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "/probes/eu-1", "type": "org.incidenttimeline.%s",
                 "time": "2026-03-02T13:50:00Z", "datacontenttype": "application/json", "traceparent": "00-ab-cd-01",
                 "data": %s}
                """.formatted(id, type, data);
    }

    private String declaration(String id) {
        return event(id, "declare", """
                {"incidentId": "%s", "title": "The probe fails", "severity": "SEV2", "lead": "ana",
                 "services": ["%s"]}
                """.formatted(incident, incident));
    }

    private String note(String id, String text) {
        return event(id, "note", "{\"incidentId\": \"%s\", \"text\": \"%s\"}".formatted(incident, text));
    }

    private Answer structured(String event) {
        return send(event, "application/cloudevents+json; charset=UTF-8", Map.of());
    }

    private Answer batch(String... events) {
        return send("[" + String.join(",", events) + "]", "application/cloudevents-batch+json", Map.of());
    }

    private Answer send(String body, String type, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Authorization", "Bearer " + sender.secret());
        headers.put("Content-Type", type);
        return sender.send(body, headers);
    }

    private JsonNode incident() {
        return service.get("/incidents/" + incident).accepted().json();
    }

    private static String outcome(Answer answer) {
        return answer.accepted().json().get("outcome").asString();
    }

    @Test
    void each_type_is_a_command() {
        assertThat(outcome(structured(declaration("1")))).isEqualTo("TAKEN");
        assertThat(outcome(structured(event("2", "symptom", """
                        {"incidentId": "%s", "state": "FAILING", "text": "It answers 503", "source": "OBSERVATION"}
                        """.formatted(incident)))))
                .isEqualTo("TAKEN");
        assertThat(outcome(structured(event("3", "change", """
                        {"incidentId": "%s", "kind": "CONFIG", "text": "The pool was halved", "service": "shop"}
                        """.formatted(incident)))))
                .isEqualTo("TAKEN");
        assertThat(outcome(structured(note("4", "Somebody is on it")))).isEqualTo("TAKEN");

        assertThat(incident().get("version").asLong()).isEqualTo(4);
        assertThat(incident().get("title").asString()).isEqualTo("The probe fails");
        assertThat(incident().get("changes").get(0).get("madeAt").toString()).contains("2026-03-02T13:50:00Z");
    }

    @Test
    void an_event_that_comes_again_changes_nothing_in_whatever_mode() {
        structured(declaration("1")).accepted();
        structured(note("2", "once")).accepted();

        assertThat(outcome(structured(declaration("1")))).isEqualTo("REPEATED");
        assertThat(outcome(batch(note("2", "once"), note("2", "once")))).isEqualTo("REPEATED");
        assertThat(outcome(send(
                        "{\"incidentId\": \"%s\", \"text\": \"once\"}".formatted(incident),
                        "application/json",
                        Map.of(
                                "ce-specversion", "1.0",
                                "ce-id", "2",
                                "ce-source", "/probes/%65u-1",
                                "ce-type", "org.incidenttimeline.note"))))
                .isEqualTo("REPEATED");
        assertThat(incident().get("version").asLong()).isEqualTo(2);
    }

    @Test
    void a_declaration_without_an_identifier_is_one_incident_however_often_it_comes() {
        var event = event("d-" + incident, "declare", """
                {"title": "The probe fails", "severity": "SEV2", "lead": "ana"}
                """);

        var first = structured(event).accepted().json().get("incidents").get(0);
        var second = structured(event).accepted().json();

        assertThat(first.get("declared").asBoolean()).isTrue();
        assertThat(second.get("outcome").asString()).isEqualTo("REPEATED");
        assertThat(second.get("incidents").get(0).get("incidentId")).isEqualTo(first.get("incidentId"));
    }

    @Test
    void binary_mode_has_the_attributes_in_headers() {
        structured(declaration("1")).accepted();

        var answer = send(
                "{\"incidentId\": \"%s\", \"text\": \"Euro € 😀\"}".formatted(incident),
                "application/json; charset=utf-8",
                Map.of(
                        "ce-specversion", "1.0",
                        "ce-id", "Euro%20%E2%82%AC%20%F0%9F%98%80",
                        "ce-source", "\"/probes\"",
                        "ce-time", "2026-03-02T13:58:00+00:00",
                        "ce-type", "org.incidenttimeline.note"));

        assertThat(outcome(answer)).isEqualTo("TAKEN");
        assertThat(service.get("/incidents/" + incident + "/timeline?minVersion=2")
                        .text())
                .contains("Euro € 😀", "13:58:00");
    }

    @Test
    void a_change_of_no_incident_is_told_and_kept_like_a_deployment() {
        structured(declaration("1")).accepted();
        var change = event("2", "change", """
                {"kind": "FLAG", "text": "The new cart is on for all", "service": "%s", "by": "cleo"}
                """.formatted(incident));

        assertThat(outcome(structured(change))).isEqualTo("TAKEN");
        assertThat(outcome(structured(change))).isEqualTo("REPEATED");

        assertThat(incident().get("changes")).hasSize(1);
        assertThat(incident().get("changes").get(0).get("kind").asString()).isEqualTo("FLAG");
        assertThat(service.get("/deployments?service=" + incident)
                        .json()
                        .get("deployments")
                        .get(0)
                        .get("what")
                        .asString())
                .isEqualTo("The new cart is on for all");
    }

    @Test
    void a_batch_goes_up_to_what_is_refused_and_on_when_it_comes_again() {
        var refused =
                batch(declaration("1"), note("2", "a"), event("3", "note", """
                        {"incidentId": "nobody-%s", "text": "lost"}
                        """.formatted(incident)), note("4", "b"));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json().get("code").asString()).isEqualTo("incident-not-declared");
        assertThat(refused.json().get("facts").get("event").asString()).isEqualTo("3");
        assertThat(incident().get("version").asLong()).isEqualTo(2);

        assertThat(outcome(batch(declaration("1"), note("2", "a"), note("4", "b"))))
                .isEqualTo("TAKEN");
        assertThat(incident().get("version").asLong()).isEqualTo(3);
    }

    @Test
    void what_is_wrong_is_told_with_its_place_and_nothing_of_the_batch_is_taken() {
        isWrong(structured(event("1", "escalation", "{}")), "/type");
        isWrong(structured(declaration("1").replace("\"1.0\"", "\"0.3\"")), "/specversion");
        isWrong(structured(declaration("1").replace("SEV2", "SEV9")), "/data/severity");
        isWrong(structured(declaration("1").replace("\"lead\"", "\"leader\": \"x\", \"lead\"")), "/data/leader");
        isWrong(structured(event("1", "note", "{\"incidentId\": \"i\"}")), "/data/text");
        isWrong(structured(event("1", "note", "[]")), "/data");
        isWrong(
                structured(
                        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"org.incidenttimeline.note\"}"),
                "/data");
        isWrong(batch(declaration("1"), note("2", "").replace("\"text\": \"\"", "\"text\": 1")), "/1/data/text");
        assertThat(service.get("/incidents/" + incident).status()).isEqualTo(404);
        assertThat(send("{}", "application/json", Map.of("ce-id", "1"))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("invalid-header");
        assertThat(outcome(batch())).isEqualTo("IGNORED");
    }

    private static void isWrong(Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").asString())
                .as(answer.text())
                .isEqualTo(pointer);
    }
}
