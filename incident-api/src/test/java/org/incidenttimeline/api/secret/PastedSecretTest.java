package org.incidenttimeline.api.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a responder meets who pastes a credential; and that it is kept nowhere. */
class PastedSecretTest {
    private static final String SECRET = "gh" + "p_" + "a1B2".repeat(9);
    private static final String NOTES = "/incidents/inc-1/notes";

    private TestDatabase database;
    private RunningService service;

    @BeforeEach
    void start() {
        database = TestDatabases.empty(Database.H2);
        service = RunningService.on(database, Clock.systemUTC());
        service.tell("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout is slow", "severity": "SEV2", "lead": "ana",
                 "services": ["checkout"], "detection": {"source": "MONITORING"}}""");
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private long events() {
        return service.get("/incidents/inc-1").accepted().json().path("version").longValue();
    }

    @Test
    void a_command_with_a_credential_is_refused_without_telling_it() {
        var answer = service.post(NOTES, "{\"text\": \"We used %s\"}".formatted(SECRET));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").stringValue()).isEqualTo("secret-detected");
        assertThat(answer.json().path("errors").get(0).path("pointer").stringValue())
                .isEqualTo("/text");
        assertThat(answer.text()).contains("a GitHub token").doesNotContain(SECRET.substring(4));
        assertThat(events()).isEqualTo(1);
        assertThat(service.get("/denied-requests").text()).doesNotContain(SECRET.substring(4));
    }

    @Test
    void so_is_one_that_is_wrong_otherwise_or_deeper_in_the_body() {
        var wrong = service.post(NOTES, "{\"text\": 7, \"unknown\": [{\"x\": \"%s\"}]}".formatted(SECRET));

        assertThat(wrong.json().path("code").stringValue()).isEqualTo("secret-detected");
        assertThat(wrong.json().path("errors").get(0).path("pointer").stringValue())
                .isEqualTo("/unknown/0/x");
    }

    @Test
    void a_batch_with_a_credential_records_nothing_and_says_where_it_is() {
        var answer = service.post("/incidents/inc-1/commands", """
                {"commands": [{"path": "/notes", "body": {"text": "fine"}},
                              {"path": "/notes", "body": {"text": "%s"}}]}""".formatted(SECRET));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").stringValue()).isEqualTo("secret-detected");
        assertThat(answer.json().path("errors").get(0).path("pointer").stringValue())
                .isEqualTo("/commands/1/body/text");
        assertThat(answer.text()).doesNotContain(SECRET.substring(4));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void what_needs_a_secret_takes_one() {
        var made = service.post("/sources", """
                {"kind": "ALERTMANAGER", "name": "alerts", "settings": {"lead": "on-call", "severity": "SEV3"}}""").accepted();
        String source = made.json().path("source").path("sourceId").stringValue();

        assertThat(service.post("/sources/" + source + "/secret", "{\"secret\": \"%s\"}".formatted(SECRET))
                        .status())
                .isEqualTo(200);
    }
}
