package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What may not be seen is answered as what does not exist: restricted incidents, and those of other services. */
@ParameterizedClass
@EnumSource(Database.class)
class RestrictedIncidentTest {
    private static final String SECRET = "/incidents/secret-1";
    private static final AccessRole[] BUT_AUDITOR = {
        AccessRole.REPORTER, AccessRole.RESPONDER, AccessRole.COMMUNICATOR, AccessRole.AUTHOR, AccessRole.ADMIN
    };

    private final TestDatabase database;
    private final RunningService service;
    private final RunningService lead;
    private final RunningService other;

    RestrictedIncidentTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, Clock.systemUTC());
        lead = service.as("Lea", AccessRole.RESPONDER);
        other = service.as("oda", BUT_AUDITOR);
    }

    @BeforeEach
    void declare() {
        service.as("dora", AccessRole.REPORTER).tell("/incidents", """
                {"incidentId": "secret-1", "title": "Data leaks", "severity": "SEV1", "lead": "lea",
                 "services": ["checkout"], "visibility": "RESTRICTED", "dedupKey": "leak",
                 "detection": {"source": "ALERT"}}
                """);
        lead.tell(SECRET + "/freezes", """
                {"scope": {"services": ["*"], "environments": ["production"]}, "reason": "A leak"}
                """);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void to_others_every_address_of_it_answers_as_if_it_did_not_exist() {
        var routes = Route.of(service).stream().filter(Route::isOfOneIncident).toList();

        assertThat(routes).hasSizeGreaterThan(40);
        assertThat(routes).allSatisfy(route -> {
            var hidden = ask(other, route, "secret-1");
            var unknown = ask(other, route, "secret-2");
            assertThat(hidden.text()).isEqualTo(unknown.text().replace("secret-2", "secret-1"));
            // What only auditors may ask is refused before anybody looks which incident it is about.
            assertThat(hidden.json().get("code").asString())
                    .isEqualTo(route.toString().endsWith("/log") ? "not-allowed" : "incident-not-declared");
            assertThat(headers(hidden)).isEqualTo(headers(unknown));
        });
    }

    private static List<String> headers(Answer answer) {
        return answer.response().headers().map().keySet().stream()
                // The server closes a connection after a number of requests, whatever they were.
                .filter(name -> !name.equals("connection"))
                .sorted()
                .toList();
    }

    @Test
    void whoever_was_ever_named_sees_it_and_auditors_do() {
        var auditor = service.as("aude", AccessRole.AUDITOR);
        var ben = service.as("BEN", AccessRole.RESPONDER);
        var declarer = service.as("dora", AccessRole.REPORTER);
        assertThat(ben.get(SECRET).status()).isEqualTo(404);

        lead.tell(SECRET + "/roles", "{\"role\": \"SCRIBE\", \"person\": \"ben\"}");

        for (var named : List.of(lead, ben, declarer, auditor)) {
            for (var read : List.of("", "/timeline", "/rhythm", "/postmortem")) {
                assertThat(named.get(SECRET + read).status()).as(read).isEqualTo(200);
            }
        }
        lead.tell(SECRET + "/roles/SCRIBE/handover", "{\"from\": \"ben\", \"to\": \"zoe\"}");
        ben.tell(SECRET + "/notes", "{\"text\": \"Still here\"}");
        assertThat(other.get(SECRET).status()).isEqualTo(404);
    }

    @Test
    void a_tool_declares_it_for_a_human_who_sees_it_then() {
        var bot = service.asTool("chat-bot", AccessRole.REPORTER);
        var declared = bot.send(bot.request("/api/v1/incidents")
                .header("Content-Type", "application/json")
                .header("X-On-Behalf-Of", "Zo%C3%AB")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"incidentId": "secret-3", "title": "t", "severity": "SEV3", "lead": "lea",
                         "visibility": "RESTRICTED", "detection": {"source": "ALERT"}}
                        """)));

        assertThat(declared.status()).isEqualTo(201);
        var zoe = service.as("zoË", AccessRole.REPORTER);
        var entry =
                zoe.get("/incidents/secret-3/timeline").json().get("entries").get(0);
        assertThat(entry.get("by").asString()).isEqualTo("chat-bot");
        assertThat(entry.get("byKind").asString()).isEqualTo("TOOL");
        assertThat(entry.get("onBehalfOf").asString()).isEqualTo("Zoë");
        assertThat(zoe.markdown("/incidents/secret-3/timeline").text()).contains("chat-bot for Zoë");
        assertThat(other.get("/incidents/secret-3").status()).isEqualTo(404);
    }

    @Test
    void what_goes_across_incidents_leaves_it_out() {
        long position = lead.tell(SECRET + "/notes", "{\"text\": \"n\"}")
                .json()
                .get("position")
                .asLong();
        String fresh = "minPosition=" + position;

        assertThat(board(other, fresh)).doesNotContain("secret-1", "Data leaks");
        assertThat(board(lead, fresh)).contains("secret-1", "Data leaks");
        String check = "/freezes/check?service=search&environment=production&" + fresh;
        var hidden = waiting(other, check).json();
        assertThat(hidden.get("frozen").asBoolean()).isTrue();
        assertThat(hidden.toString()).doesNotContain("secret-1", "A leak", "freeze-1");
        assertThat(waiting(lead, check).text()).contains("secret-1", "A leak", "freeze-1");
        assertThat(waiting(other, "/freezes?" + fresh).text()).doesNotContain("secret-1", "A leak");
        assertThat(waiting(lead, "/freezes?" + fresh).text()).contains("secret-1", "A leak");
    }

    private static String board(RunningService caller, String fresh) {
        return waiting(caller, "/status-board?" + fresh).text();
    }

    private static Answer waiting(RunningService caller, String path) {
        return caller.send(caller.request("/api/v1" + path)
                        .header("Accept", "application/json")
                        .header("Prefer", "wait=20"))
                .accepted();
    }

    @Test
    void its_actions_are_left_out_too() {
        lead.tell(SECRET + "/freezes/freeze-1/lift", "{\"because\": \"b\"}");
        lead.tell(SECRET + "/recovery-checks", """
                {"checks": [{"signal": "s", "expectation": "e", "observation": "o", "passed": true, "userFacing": true}]}
                """);
        lead.tell(SECRET + "/review", "{\"facilitator\": \"lea\"}");
        long position =
                lead.tell(SECRET + "/actions", """
                        {"text": "Close the leak", "kind": "PREVENT", "owner": "lea", "due": "2099-01-01"}
                        """).json().get("position").asLong();

        var seen = waiting(other, "/actions?minPosition=" + position);
        assertThat(seen.text())
                .isEqualTo("{\"position\":" + seen.json().get("position") + ",\"actions\":[],\"next\":null}");
        assertThat(waiting(lead, "/actions?minPosition=" + position).text()).contains("Close the leak");
    }

    @Test
    void names_that_it_holds_do_not_lead_to_it() {
        String open = """
                {"title": "t", "severity": "SEV3", "lead": "oda", "detection": {"source": "ALERT"}, "dedupKey": "leak"}
                """;
        var taken = other.post("/incidents", open);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("code").asString()).isEqualTo("dedup-key-taken");
        assertThat(taken.text()).doesNotContain("secret-1");
        assertThat(taken.header("Location")).isEmpty();
        assertThat(service.post("/incidents", open).text()).contains("secret-1");

        var again = other.post("/incidents", """
                {"incidentId": "secret-1", "title": "Data leaks", "severity": "SEV1", "lead": "lea",
                 "services": ["checkout"], "visibility": "RESTRICTED", "dedupKey": "leak",
                 "detection": {"source": "ALERT"}}
                """);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("code").asString()).isEqualTo("incident-already-declared");

        other.tell("/incidents", """
                {"incidentId": "open-1", "title": "t", "severity": "SEV3", "lead": "oda",
                 "detection": {"source": "ALERT"}}
                """);
        var into = other.post("/incidents/open-1/merge", "{\"into\": \"secret-1\", \"because\": \"b\"}");
        var nowhere = other.post("/incidents/open-1/merge", "{\"into\": \"secret-2\", \"because\": \"b\"}");
        assertThat(into.text()).isEqualTo(nowhere.text().replace("secret-2", "secret-1"));
        assertThat(into.json().get("code").asString()).isEqualTo("unknown-merge-target");
    }

    @Test
    void an_attempt_to_see_it_is_recorded_and_a_look_for_nothing_is_not() {
        other.get(SECRET);
        other.get("/incidents/secret-2");
        other.get("/events?incident=secret-2");
        other.get("/events?incident=" + SECRET.substring("/incidents/".length()));

        var denied = service.get("/denied-requests").json().get("denied");
        assertThat(denied.size()).isEqualTo(2);
        assertThat(denied.get(0).get("path").asString()).isEqualTo("/api/v1/events");
        assertThat(denied.get(1).get("code").asString()).isEqualTo("incident-hidden");
        assertThat(denied.get(1).get("actor").asString()).isEqualTo("oda");
        assertThat(denied.get(1).get("path").asString()).isEqualTo("/api/v1" + SECRET);
        assertThat(denied.get(1).get("authenticated").asBoolean()).isTrue();
    }

    @Test
    void a_key_confined_to_services_reaches_no_further() {
        service.tell("/incidents", """
                {"incidentId": "shop-1", "title": "t", "severity": "SEV3", "lead": "ana", "services": ["Shop", "search"],
                 "detection": {"source": "ALERT"}}
                """);
        service.tell("/incidents", """
                {"incidentId": "mail-1", "title": "t", "severity": "SEV3", "lead": "ana", "services": ["mail"],
                 "detection": {"source": "ALERT"}}
                """);
        service.tell("/incidents/mail-1/freezes", """
                {"scope": {"services": ["mail"], "environments": ["*"]}, "reason": "Mail only"}
                """);
        var shop = service.asConfined("shop-bot", Set.of(new ServiceName("shop")), AccessRole.RESPONDER);

        shop.tell("/incidents/shop-1/notes", "{\"text\": \"a\"}");
        assertThat(shop.post("/incidents/mail-1/notes", "{\"text\": \"a\"}").status())
                .isEqualTo(404);
        assertThat(shop.get("/incidents/mail-1").status()).isEqualTo(404);
        for (var services : List.of("[\"mail\"]", "[\"shop\", \"mail\"]", "[\"*\"]", "[]")) {
            var answer = shop.post("/incidents", """
                    {"title": "t", "severity": "SEV3", "lead": "ana", "services": %s, "detection": {"source": "ALERT"}}
                    """.formatted(services));
            assertThat(answer.status()).as(services).isEqualTo(403);
            assertThat(answer.json().get("code").asString()).isEqualTo("service-not-allowed");
        }
        shop.tell("/incidents", """
                {"title": "t", "severity": "SEV3", "lead": "ana", "services": ["SHOP"], "detection": {"source": "ALERT"}}
                """);
        assertThat(shop.post("/incidents/shop-1/freezes", """
                        {"scope": {"services": ["*"], "environments": ["*"]}, "reason": "All of it"}
                        """).status()).isEqualTo(403);
        assertThat(shop.get("/freezes/check?service=shop&environment=production")
                        .status())
                .isEqualTo(200);
        assertThat(shop.get("/freezes/check?service=mail&environment=production")
                        .status())
                .isEqualTo(403);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.get("/freezes").text()).contains("Mail only"));
        assertThat(shop.get("/freezes").text()).doesNotContain("mail", "Mail only");
        assertThat(shop.get("/status-board").text()).doesNotContain("mail-1");
        assertThat(service.get("/denied-requests").text())
                .contains("service-not-allowed", "incident-hidden")
                .contains("shop-bot");
    }

    private static Answer ask(RunningService caller, Route route, String incident) {
        var request = caller.request(route.path(incident));
        return caller.send(
                route.method().equals("GET")
                        ? request
                        : request.header("Content-Type", "application/json")
                                .method(route.method(), HttpRequest.BodyPublishers.ofString("{")));
    }
}
