package org.incidenttimeline.api.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

/** Who may deliver, and what proves a delivery. */
@ParameterizedClass
@EnumSource(Database.class)
class SourcesTest {
    private static final String ALERTS = Sender.payload("alertmanager-firing.json");
    private static final String GITHUB = Sender.payload("github-deployment-status.json");
    private static final String GITLAB = Sender.payload("gitlab-deployment.json");
    private static final String GRAFANA = Sender.payload("grafana-firing.json");
    private static final String LED_BY_ANA = "{\"lead\": \"ana\"}";

    private static final AtomicInteger COUNT = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static Installation installed;

    private final RunningService service = installed.nodeA();
    private final String id = "source-" + COUNT.incrementAndGet();

    SourcesTest(Database kind) {}

    @BeforeParameterizedClassInvocation
    static void install(Database kind) {
        installed = Installation.on(kind);
    }

    @AfterParameterizedClassInvocation
    static void remove() {
        installed.close();
    }

    private static void isNotProven(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.text())
                .isEqualTo(
                        "{\"type\":\"/problems/delivery-not-proven\",\"title\":\"Delivery not proven\",\"status\":401,"
                                + "\"detail\":\"There is no such source, or its signature or token is not as it should be.\","
                                + "\"code\":\"delivery-not-proven\"}");
    }

    @Test
    void a_source_is_set_up_changed_and_removed_and_its_secret_is_shown_once() {
        var created = service.post("/sources", """
                {"sourceId": "%s", "kind": "ALERTMANAGER", "name": "Alertmanager of eu-1",
                 "settings": {"lead": "ana", "severities": {"critical": "SEV1"}, "defaultServices": ["shop"]}}
                """.formatted(id));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/sources/" + id);
        assertThat(created.json().get("secret").asString()).matches("[A-Za-z0-9_-]{43}");
        var shown = service.get("/sources/" + id).accepted();
        assertThat(shown.text()).doesNotContain(created.json().get("secret").asString());
        assertThat(shown.json().get("deliverTo").asString()).isEqualTo("/api/v1/inbound/" + id);
        assertThat(shown.json()
                        .get("settings")
                        .get("severities")
                        .get("critical")
                        .asString())
                .isEqualTo("SEV1");
        assertThat(shown.json().get("settings").get("severityLabel").asString()).isEqualTo("severity");

        var changed = service.put("/sources/" + id, """
                {"name": "Alertmanager of eu-2", "enabled": false, "settings": {"lead": "ben"}}
                """).accepted();
        assertThat(changed.json().get("name").asString()).isEqualTo("Alertmanager of eu-2");
        assertThat(changed.json().get("enabled").asBoolean()).isFalse();
        assertThat(changed.json().get("settings").get("severities")).isEmpty();
        assertThat(service.get("/sources")
                        .json()
                        .get("sources")
                        .valueStream()
                        .map(source -> source.get("name").asString()))
                .contains("Alertmanager of eu-2");

        assertThat(service.delete("/sources/" + id).status()).isEqualTo(204);
        for (var answer : List.of(
                service.get("/sources/" + id),
                service.delete("/sources/" + id),
                service.put("/sources/" + id, "{\"name\": \"x\", \"enabled\": true}"),
                service.post("/sources/" + id + "/secret", "{}"))) {
            assertThat(answer.status()).isEqualTo(404);
        }
    }

    @Test
    void a_source_that_cannot_be_is_refused_with_what_would_be_right() {
        Sender.of(service, id, "GITHUB", "{}");

        assertThat(service.post("/sources", """
                        {"sourceId": "%s", "kind": "GITHUB", "name": "again"}
                        """.formatted(id))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("source-already-exists");
        isWrong("{\"kind\": \"ALERTMANAGER\", \"name\": \"n\"}", "/settings/lead");
        isWrong("{\"kind\": \"PAGER\", \"name\": \"n\"}", "/kind");
        isWrong("{\"kind\": \"GITHUB\", \"name\": \"n\", \"secret\": \"short\"}", "/secret");
        isWrong("{\"kind\": \"GITLAB\", \"name\": \"n\", \"secret\": \"whsec_not-base64-at-all\"}", "/secret");
        isWrong("{\"kind\": \"GITHUB\", \"name\": \"n\", \"settings\": {\"services\": {\"a\": null}}}", "/settings");
        isWrong("{\"kind\": \"GITHUB\", \"name\": \"n\", \"settings\": {\"colour\": \"red\"}}", "/settings/colour");
        var many = new ArrayList<String>();
        for (int i = 0; i <= 200; i++) {
            many.add("\"s" + i + "\": \"x\"");
        }
        isWrong(
                "{\"kind\": \"GITHUB\", \"name\": \"n\", \"settings\": {\"services\": {" + String.join(",", many)
                        + "}}}",
                "/settings");
    }

    private void isWrong(String body, String pointer) {
        var answer = service.post("/sources", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").asString())
                .as(answer.text())
                .isEqualTo(pointer);
    }

    @Test
    void who_does_not_prove_it_is_answered_alike_whether_there_is_such_a_source_or_not() {
        var sender = Sender.of(service, id, "ALERTMANAGER", LED_BY_ANA);
        int before = service.get("/status-board").json().get("incidents").size();

        isNotProven(sender.send(ALERTS, Map.of()));
        isNotProven(sender.send(ALERTS, Map.of("Authorization", "Bearer " + sender.secret() + "x")));
        isNotProven(sender.send(ALERTS, Map.of("Authorization", "Basic " + sender.secret())));
        isNotProven(sender.send("not even JSON", Map.of("Authorization", "Bearer wrong")));
        isNotProven(new Sender(service, "nobody", sender.secret()).withBearer(ALERTS));
        isNotProven(new Sender(service, "no_name", sender.secret()).withBearer(ALERTS));
        var other = Sender.of(service, id + "-other", "ALERTMANAGER", LED_BY_ANA);
        isNotProven(new Sender(service, id, other.secret()).withBearer(ALERTS));
        service.put("/sources/" + id, "{\"name\": \"off\", \"enabled\": false, \"settings\": {\"lead\": \"ana\"}}")
                .accepted();
        isNotProven(sender.withBearer(ALERTS));

        assertThat(service.get("/status-board").json().get("incidents")).hasSize(before);
        service.put("/sources/" + id, "{\"name\": \"on\", \"enabled\": true, \"settings\": {\"lead\": \"ana\"}}")
                .accepted();
        sender.withBearer(ALERTS).accepted();
    }

    @Test
    void a_body_that_was_tampered_with_is_refused() {
        var sender = Sender.of(service, id, "GITHUB", "{}");
        var headers = sender.gitHubHeaders("deployment_status", "1", GITHUB);

        isNotProven(sender.send(GITHUB.replace("success", "failure"), headers));
        isNotProven(sender.send(GITHUB + " ", headers));
        isNotProven(sender.send(GITHUB, with(headers, "X-Hub-Signature-256", "sha256=zz")));
        isNotProven(sender.send(GITHUB, with(headers, "X-Hub-Signature-256", Sender.hex(sender.secret(), GITHUB))));
        isNotProven(sender.withBearer(GITHUB));
        assertThat(service.get("/deployments?service=checkout").json().toString())
                .doesNotContain(id);
        sender.send(GITHUB, headers).accepted();
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    @Test
    void grafana_signs_the_body_or_its_time_and_the_body() {
        var sender = Sender.of(service, id, "GRAFANA", LED_BY_ANA);
        String now = Long.toString(Installation.NOW.getEpochSecond());
        String old = Long.toString(Installation.NOW.minus(Duration.ofMinutes(6)).getEpochSecond());

        sender.send(GRAFANA, grafana(Sender.hex(sender.secret(), GRAFANA), null))
                .accepted();
        sender.send(GRAFANA, grafana(Sender.hex(sender.secret(), now + ":" + GRAFANA), now))
                .accepted();
        sender.withBearer(GRAFANA).accepted();

        isNotProven(sender.send(GRAFANA, grafana(Sender.hex(sender.secret(), old + ":" + GRAFANA), old)));
        isNotProven(sender.send(GRAFANA, grafana(Sender.hex(sender.secret(), old + ":" + GRAFANA), now)));
        isNotProven(sender.send(GRAFANA, grafana(Sender.hex(sender.secret(), now + ":" + GRAFANA), null)));
        isNotProven(sender.send(GRAFANA, grafana(Sender.hex(sender.secret(), GRAFANA), "now")));
        isNotProven(sender.send(
                GRAFANA,
                with(
                        grafana(Sender.hex("another secret", GRAFANA), null),
                        "Authorization",
                        "Bearer " + sender.secret())));
    }

    private static Map<String, String> grafana(String signature, @org.jspecify.annotations.Nullable String timestamp) {
        var headers = new HashMap<>(Map.of("X-Grafana-Alerting-Signature", signature));
        if (timestamp != null) {
            headers.put("X-Grafana-Alerting-Timestamp", timestamp);
        }
        return headers;
    }

    @Test
    void gitlab_sends_its_token_or_a_standard_signature() {
        var sender = Sender.of(service, id, "GITLAB", "{}");
        assertThat(sender.secret()).startsWith("whsec_");
        String now = Long.toString(Installation.NOW.getEpochSecond());
        String late = Long.toString(Installation.NOW.plus(Duration.ofMinutes(6)).getEpochSecond());
        var signature = Sender.standard(sender.secret(), "msg-1", now, GITLAB);

        sender.asGitLab("1", GITLAB).accepted();
        sender.send(GITLAB, signed("msg-1", now, signature)).accepted();
        sender.send(GITLAB, signed("msg-1", now, "v1,bm90IHRoaXM= " + signature))
                .accepted();

        isNotProven(sender.send(GITLAB, Map.of("X-Gitlab-Token", "whsec_wrong")));
        isNotProven(sender.send(GITLAB, signed("msg-2", now, signature)));
        isNotProven(sender.send(GITLAB.replace("success", "failed"), signed("msg-1", now, signature)));
        isNotProven(
                sender.send(GITLAB, signed("msg-1", late, Sender.standard(sender.secret(), "msg-1", late, GITLAB))));
        isNotProven(
                sender.send(GITLAB, with(signed("msg-1", now, "v1,bm90IHRoaXM="), "X-Gitlab-Token", sender.secret())));
    }

    private static Map<String, String> signed(String messageId, String timestamp, String signature) {
        return Map.of("webhook-id", messageId, "webhook-timestamp", timestamp, "webhook-signature", signature);
    }

    @Test
    void a_former_secret_is_good_for_as_long_as_was_said() {
        var sender = Sender.of(service, id, "ALERTMANAGER", LED_BY_ANA);
        var rotated = service.tell("/sources/" + id + "/secret", "{\"keepPreviousFor\": \"PT1H\"}");
        var renewed = new Sender(service, id, rotated.json().get("secret").asString());

        assertThat(renewed.secret()).isNotEqualTo(sender.secret());
        renewed.withBearer(ALERTS).accepted();
        sender.withBearer(ALERTS).accepted();
        installed.clock().set(Installation.NOW.plus(Duration.ofHours(1)));
        isNotProven(sender.withBearer(ALERTS));
        renewed.withBearer(ALERTS).accepted();
        installed.clock().set(Installation.NOW);

        service.tell("/sources/" + id + "/secret", "{\"secret\": \"a-secret-of-our-own\"}");
        isNotProven(renewed.withBearer(ALERTS));
        new Sender(service, id, "a-secret-of-our-own").withBearer(ALERTS).accepted();
        var tooLong = service.post("/sources/" + id + "/secret", "{\"keepPreviousFor\": \"P8D\"}");
        assertThat(tooLong.json().get("errors").get(0).get("pointer").asString())
                .isEqualTo("/keepPreviousFor");
    }

    @Test
    void what_is_no_json_is_refused_once_it_is_proven() {
        var sender = Sender.of(service, id, "ALERTMANAGER", LED_BY_ANA);
        var proof = "Bearer " + sender.secret();

        assertThat(sender.send(
                                "a=b",
                                Map.of("Authorization", proof, "Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(415);
        assertThat(sender.send("{}", Map.of("Authorization", proof, "Content-Type", "nonsense"))
                        .status())
                .isEqualTo(415);
        assertThat(sender.send("[]", Map.of("Authorization", proof))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("malformed-json");
        assertThat(sender.send("[".repeat(100), Map.of("Authorization", proof))
                        .json()
                        .get("code")
                        .asString())
                .isIn("json-limit-exceeded", "malformed-json");
    }
}
