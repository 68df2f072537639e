package org.incidenttimeline.api.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
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

/** What alerts make of incidents. */
@ParameterizedClass
@EnumSource(Database.class)
class AlertsTest {
    private static final String FIRING = Sender.payload("alertmanager-firing.json");
    private static final String RESOLVED = Sender.payload("alertmanager-resolved.json");
    private static final String SETTINGS = """
            {"lead": "ana", "severity": "SEV4", "severities": {"critical": "SEV2", "warning": "SEV3"}}
            """;

    private static final AtomicInteger COUNT = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static Installation installed;

    private final RunningService nodeA = installed.nodeA();
    private final RunningService nodeB = installed.nodeB();

    AlertsTest(Database kind) {}

    @BeforeParameterizedClassInvocation
    static void install(Database kind) {
        installed = Installation.on(kind);
    }

    @AfterParameterizedClassInvocation
    static void remove() {
        installed.close();
    }

    private Sender alertmanager() {
        return Sender.of(nodeA, "alertmanager-" + COUNT.incrementAndGet(), "ALERTMANAGER", SETTINGS);
    }

    private static String toldTo(Answer answer) {
        return answer.accepted()
                .json()
                .get("incidents")
                .get(0)
                .get("incidentId")
                .asString();
    }

    private JsonNode incident(String id) {
        return nodeA.get("/incidents/" + id).accepted().json();
    }

    private JsonNode timeline(String incident) {
        long version = incident(incident).get("version").asLong();
        return nodeA.get("/incidents/" + incident + "/timeline?minVersion=" + version)
                .accepted()
                .json()
                .get("entries");
    }

    private List<String> headlines(String incident) {
        return timeline(incident)
                .valueStream()
                .map(e -> e.get("headline").asString())
                .toList();
    }

    private List<JsonNode> symptoms(String incident) {
        return timeline(incident)
                .valueStream()
                .filter(e -> e.get("kind").asString().equals("symptom-recorded"))
                .toList();
    }

    private void resolve(String incident) {
        nodeA.tell("/incidents/" + incident + "/recovery-checks", """
                {"checks": [{"signal": "Test purchase", "expectation": "Succeeds", "observation": "It does",
                             "passed": true, "userFacing": true}]}
                """);
    }

    @Test
    void what_fires_first_declares_an_incident_and_every_alert_is_a_symptom() {
        var sender = alertmanager();

        var answer = sender.withBearer(FIRING);

        assertThat(answer.accepted().json().get("outcome").asString()).isEqualTo("TAKEN");
        assertThat(answer.json().get("incidents").get(0).get("declared").asBoolean())
                .isTrue();
        var incident = incident(toldTo(answer));
        assertThat(incident.get("title").asString()).isEqualTo("Checkout is slow");
        assertThat(incident.get("severity").asString()).isEqualTo("SEV2");
        assertThat(incident.get("mode").asString()).isEqualTo("LIVE");
        assertThat(incident.get("services").get(0).asString()).isEqualTo("checkout");
        var symptoms = symptoms(toldTo(answer));
        assertThat(symptoms).hasSize(2);
        assertThat(symptoms.getFirst().get("headline").asString())
                .isEqualTo("Failing: CheckoutLatencyHigh: Checkout is slow (cluster=eu-1, instance=checkout-7d9f:8080,"
                        + " job=checkout, service=checkout, severity=critical)");
        assertThat(symptoms.getFirst().get("details").valueStream().map(JsonNode::asString))
                .anyMatch(detail -> detail.startsWith("reference: http://prometheus.example.org:9090/graph?"))
                .contains("seen in: alert", "service: checkout");
        assertThat(symptoms.getFirst().get("occurredAt").get("at").asString()).startsWith("2026-03-02T13:52:26.739266");
        assertThat(symptoms.getFirst().get("by").asString()).isEqualTo(sender.sourceId() + " of the tests");
        assertThat(symptoms.getFirst().get("byKind").asString()).isEqualTo("TOOL");
    }

    @Test
    void a_notification_that_comes_again_records_nothing() {
        var sender = alertmanager();
        var incident = toldTo(sender.withBearer(FIRING));
        var before = headlines(incident);

        var again = sender.at(nodeB).withBearer(FIRING);

        assertThat(again.accepted().json().get("outcome").asString()).isEqualTo("REPEATED");
        assertThat(toldTo(again)).isEqualTo(incident);
        assertThat(headlines(incident)).isEqualTo(before).hasSize(3);
    }

    @Test
    void an_alert_that_joins_the_group_is_a_symptom_of_the_open_incident_and_so_is_one_that_fires_anew() {
        var sender = alertmanager();
        var incident = toldTo(sender.withBearer(FIRING));

        var joined = sender.withBearer(FIRING.replace("7f3c09aa41d85e02", "0000000000000001"));
        var anew = sender.withBearer(FIRING.replace("13:54:11.2Z", "13:59:00Z"));

        assertThat(List.of(toldTo(joined), toldTo(anew))).containsOnly(incident);
        assertThat(joined.json().get("incidents").get(0).get("recorded").asInt())
                .isEqualTo(1);
        assertThat(anew.json().get("incidents").get(0).get("recorded").asInt()).isEqualTo(1);
        assertThat(symptoms(incident)).hasSize(4);
    }

    @Test
    void what_ends_is_a_sign_of_recovery_and_resolves_nothing() {
        var sender = alertmanager();
        var incident = toldTo(sender.withBearer(FIRING));

        var ended = sender.withBearer(RESOLVED);
        var again = sender.withBearer(RESOLVED);

        assertThat(toldTo(ended)).isEqualTo(incident);
        assertThat(again.json().get("outcome").asString()).isEqualTo("REPEATED");
        assertThat(incident(incident).get("phase").asString()).isNotEqualTo("RESOLVED");
        assertThat(symptoms(incident).stream().map(e -> e.get("headline").asString()))
                .satisfiesExactly(
                        e -> assertThat(e).startsWith("Failing: CheckoutLatencyHigh"),
                        e -> assertThat(e).startsWith("Failing: CheckoutErrorsHigh"),
                        e -> assertThat(e).startsWith("Working again: CheckoutLatencyHigh"),
                        e -> assertThat(e).startsWith("Working again: CheckoutErrorsHigh"));
    }

    @Test
    void an_incident_that_was_resolved_still_hears_that_its_alerts_end() {
        var sender = alertmanager();
        var incident = toldTo(sender.withBearer(FIRING));
        resolve(incident);

        var ended = sender.withBearer(RESOLVED);

        assertThat(toldTo(ended)).isEqualTo(incident);
        assertThat(symptoms(incident)).hasSize(4);
        assertThat(incident(incident).get("phase").asString()).isEqualTo("RESOLVED");
    }

    @Test
    void the_end_of_what_nobody_told_us_of_is_ignored() {
        var answer = alertmanager().withBearer(RESOLVED).accepted();

        assertThat(answer.json().get("outcome").asString()).isEqualTo("IGNORED");
        assertThat(answer.json().get("incidents")).isEmpty();
    }

    @Test
    void what_fires_after_the_incident_ended_declares_another() {
        var sender = alertmanager();
        var first = toldTo(sender.withBearer(FIRING));
        resolve(first);

        var second = sender.at(nodeB).withBearer(FIRING);

        assertThat(second.accepted()
                        .json()
                        .get("incidents")
                        .get(0)
                        .get("declared")
                        .asBoolean())
                .isTrue();
        assertThat(toldTo(second)).isNotEqualTo(first);
        assertThat(symptoms(toldTo(second))).hasSize(2);
        assertThat(symptoms(first)).hasSize(2);
    }

    @Test
    void where_the_incident_was_merged_the_other_one_hears_on() {
        var sender = alertmanager();
        var duplicate = toldTo(sender.withBearer(FIRING));
        var other = "other-" + COUNT.incrementAndGet();
        nodeA.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV2", "lead": "ben",
                 "detection": {"source": "USER_REPORT"}}
                """.formatted(other));
        nodeA.tell("/incidents/" + duplicate + "/merge", """
                {"into": "%s", "because": "The same outage"}
                """.formatted(other));

        var answer = sender.withBearer(FIRING);

        assertThat(toldTo(answer)).isEqualTo(other);
        assertThat(symptoms(other)).hasSize(2);
    }

    @Test
    void of_many_notifications_at_once_through_two_nodes_one_declares_and_each_alert_is_told_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            var sender = alertmanager();
            int callers = 8;
            var together = new CyclicBarrier(callers);
            var calls = new ArrayList<Callable<Answer>>();
            for (int caller = 0; caller < callers; caller++) {
                var through = sender.at(caller % 2 == 0 ? nodeA : nodeB);
                calls.add(() -> {
                    together.await();
                    return through.withBearer(FIRING);
                });
            }
            var answers = new ArrayList<Answer>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var answer : threads.invokeAll(calls)) {
                    answers.add(answer.get().accepted());
                }
            }

            assertThat(answers.stream().map(AlertsTest::toldTo).distinct()).hasSize(1);
            assertThat(answers)
                    .filteredOn(a ->
                            a.json().get("incidents").get(0).get("declared").asBoolean())
                    .hasSize(1);
            assertThat(symptoms(toldTo(answers.getFirst()))).hasSize(2);
            assertThat(headlines(toldTo(answers.getFirst()))).hasSize(3);
        }
    }

    @Test
    void alerts_that_were_left_out_are_counted() {
        var sender = alertmanager();
        var few = FIRING.replace("\"truncatedAlerts\": 0", "\"truncatedAlerts\": 7");

        var incident = toldTo(sender.withBearer(few));
        sender.withBearer(few).accepted();

        assertThat(headlines(incident))
                .filteredOn(e -> e.contains("left out 7 more alerts"))
                .hasSize(1);
    }

    @Test
    void what_comes_from_grafana_is_understood_as_well() {
        var sender = Sender.of(nodeA, "grafana-" + COUNT.incrementAndGet(), "GRAFANA", """
                {"lead": "ana", "services": {"cart": "shopping-cart"}}
                """);
        var body = Sender.payload("grafana-firing.json");

        var answer =
                sender.send(body, java.util.Map.of("X-Grafana-Alerting-Signature", Sender.hex(sender.secret(), body)));

        var incident = incident(toldTo(answer));
        assertThat(incident.get("title").asString()).isEqualTo("The cart runs out of memory");
        assertThat(incident.get("services").get(0).asString()).isEqualTo("shopping-cart");
        assertThat(incident.get("severity").asString()).isEqualTo("SEV3");
        assertThat(symptoms(toldTo(answer))).hasSize(1);
    }

    @Test
    void hostile_words_are_shown_and_do_no_harm() {
        var sender = alertmanager();
        String hostile = "\\u202Eevil\\u0000\\u001b[31m <script>alert(1)</script> \\uD800 " + "x".repeat(5_000);
        var body = FIRING.replace("Checkout is slow", hostile)
                .replace("http://prometheus.example.org:9090/graph", "javascript:alert")
                .replace("\\\"eu-1\\\"", "\\\"\\n\\u0007\\\"");

        var id = toldTo(sender.withBearer(body));

        assertThat(incident(id).get("title").asString())
                .startsWith("\uFFFDevil\uFFFD\uFFFD[31m <script>alert(1)</script> \uFFFD xxx")
                .endsWith("…")
                .hasSize(200);
        assertThat(symptoms(id).getFirst().get("headline").asString())
                .endsWith("…")
                .hasSize("Failing: ".length() + 2_000)
                .contains("evil\uFFFD\uFFFD[31m");
        assertThat(symptoms(id).getFirst().get("details").toString())
                .contains("reference: http://alertmanager.example.org:9093")
                .doesNotContain("javascript");
        assertThat(sender.withBearer(body).accepted().json().get("outcome").asString())
                .isEqualTo("REPEATED");
    }

    @Test
    void a_sender_whose_clock_is_ahead_is_believed_but_for_the_time() {
        var sender = alertmanager();

        var id = toldTo(sender.withBearer(FIRING.replace("2026-03-02T13:5", "2026-03-02T17:5")));

        assertThat(symptoms(id).getFirst().get("occurredAt").toString())
                .contains("APPROXIMATE", "2026-03-02T14:00:00Z", "2026-03-02T17:52:26");
    }

    @Test
    void what_is_wrong_is_told_with_its_place() {
        var sender = alertmanager();

        isWrong(sender.withBearer(FIRING.replace("\"version\": \"4\"", "\"version\": \"3\"")), "/version");
        isWrong(
                sender.withBearer(FIRING.replace(
                        "\"status\": \"firing\",\n      \"labels\"", "\"status\": \"on\",\n      \"labels\"")),
                "/alerts/0/status");
        isWrong(sender.withBearer(FIRING.replace("13:54:11.2Z", "yesterday")), "/alerts/1/startsAt");
        isWrong(sender.withBearer(FIRING.replace("\"groupKey\"", "\"groupkey\"")), "/groupKey");
        isWrong(
                sender.withBearer(FIRING.replace("\"fingerprint\": \"7f3c09aa41d85e02\"", "\"fingerprint\": 7")),
                "/alerts/1/fingerprint");
        isWrong(sender.withBearer("{\"version\":\"4\",\"groupKey\":\"k\",\"alerts\":[]}"), "/alerts");
        assertThat(sender.withBearer("{\"version\":\"4\",").status()).isEqualTo(400);
        assertThat(sender.withBearer(FIRING.replace("\"orgId\"", "\"x\"") + " {}")
                        .status())
                .isEqualTo(400);
        assertThat(sender.withBearer(FIRING.replaceFirst("\\{", "{\"alerts\": [], "))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("malformed-json");
    }

    private static void isWrong(Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("code").asString()).isEqualTo("invalid-request");
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
    }
}
