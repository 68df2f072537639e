package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Clock;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several commands in one request, through the whole application: what is recorded, and who may. */
@ParameterizedClass
@EnumSource(Database.class)
class BatchAccessTest {
    private static final String NOTE = "{\"path\": \"/notes\", \"body\": {\"text\": \"n\"}}";
    private static final String FREEZE = """
            {"path": "/freezes", "body": {"scope": {"services": ["*"], "environments": ["*"]}, "reason": "Calm"}}""";

    private final TestDatabase database;
    private final RunningService service;

    BatchAccessTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private static String declaration(String more) {
        return """
                {"path": "", "body": {"title": "t", "severity": "SEV3", "lead": "ana", %s
                                      "detection": {"source": "ALERT"}}}""".formatted(more);
    }

    private static Answer batch(RunningService caller, String incident, String... commands) {
        return caller.post(
                "/incidents/" + incident + "/commands", "{\"commands\": [" + String.join(",", commands) + "]}");
    }

    private long head() {
        return service.context().getBean(EventLog.class).head();
    }

    @Test
    void an_incident_is_declared_and_told_at_once() {
        var answer = batch(
                service,
                "inc-1",
                declaration(""),
                FREEZE,
                "{\"path\": \"/freezes/freeze-1/lift\", \"body\": {\"because\": \"Calm\"}}",
                "{\"path\": \"/entries/1/pin\", \"body\": {}}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("""
                {"incidentId":"inc-1","version":4,"position":4,"commands":[\
                {"events":[{"kind":"declared","entry":1,"item":null}]},\
                {"events":[{"kind":"changes-frozen","entry":2,"item":"freeze-1"}]},\
                {"events":[{"kind":"freeze-lifted","entry":3,"item":"freeze-1"}]},\
                {"events":[{"kind":"entry-pinned","entry":4,"item":null}]}]}""");
        assertThat(service.get("/incidents/inc-1?minVersion=4").accepted().version())
                .isEqualTo(4);
    }

    @Test
    void nothing_is_recorded_where_a_rule_refuses_one() {
        batch(service, "inc-1", declaration("")).accepted();

        var answer = batch(
                service,
                "inc-1",
                NOTE,
                "{\"path\": \"/freezes/freeze-1/lift\", \"body\": {\"because\": \"Calm\"}}",
                FREEZE);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("code").asString()).isEqualTo("unknown-freeze");
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo("/commands/1");
        assertThat(head()).isEqualTo(1);
    }

    @Test
    void each_command_needs_the_role_that_it_needs_alone() {
        batch(service, "inc-1", declaration("")).accepted();
        var reporter = service.as("rita", AccessRole.REPORTER);

        var refused = batch(reporter, "inc-1", NOTE, FREEZE);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("code").asString()).isEqualTo("not-allowed");
        assertThat(refused.json().get("errors").get(0).get("pointer").asString())
                .isEqualTo("/commands/1");
        assertThat(head()).isEqualTo(1);
        assertThat(batch(reporter, "inc-1", NOTE, NOTE).status()).isEqualTo(200);
        assertThat(batch(service.as("aude", AccessRole.AUDITOR), "inc-1", NOTE).status())
                .isEqualTo(403);
    }

    @Test
    void a_hidden_incident_is_answered_as_one_that_does_not_exist() {
        batch(service, "secret-1", declaration("\"visibility\": \"RESTRICTED\","))
                .accepted();
        var other = service.as("oda", AccessRole.RESPONDER);

        var hidden = batch(other, "secret-1", NOTE);
        var unknown = batch(other, "secret-2", NOTE);

        assertThat(hidden.status()).isEqualTo(unknown.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(unknown.text().replace("secret-2", "secret-1"));
        assertThat(batch(other, "secret-1", "{}").status())
                .isEqualTo(batch(other, "secret-2", "{}").status());
        assertThat(batch(other, "secret-1", declaration(""), NOTE)
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("incident-already-declared");
        assertThat(batch(service, "secret-1", NOTE).status()).isEqualTo(200);
    }

    @Test
    void version_and_key_hold_for_the_whole_request() {
        batch(service, "inc-1", declaration("")).accepted();
        String body = "{\"commands\": [" + NOTE + "," + NOTE + "]}";

        var moved = send("\"7\"", "k-0", body);
        var first = send("\"1\"", "k-1", body);
        var again = send("\"1\"", "k-1", body);

        assertThat(moved.status()).isEqualTo(412);
        assertThat(first.accepted().version()).isEqualTo(3);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(head()).isEqualTo(3);
    }

    private Answer send(String ifMatch, String key, String body) {
        return service.send(service.request("/api/v1/incidents/inc-1/commands")
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
