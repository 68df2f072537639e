package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What auditors learn of those who were refused. */
@ParameterizedClass
@EnumSource(Database.class)
class DeniedRequestTest {
    private static final Instant NOW = Instant.parse("2026-03-01T14:00:10Z");

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(NOW);
    private final RunningService service;

    DeniedRequestTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, clock);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private JsonNode denied() {
        return service.get("/denied-requests?limit=200").accepted().json().get("denied");
    }

    @Test
    void a_command_that_a_role_does_not_allow_is_recorded() {
        var ben = service.as("ben", AccessRole.AUDITOR);
        ben.post("/incidents?note=mine", "{}");

        var only = denied();
        assertThat(only.size()).isEqualTo(1);
        var entry = only.get(0);
        assertThat(entry.get("at").asString()).isEqualTo("2026-03-01T14:00:10Z");
        assertThat(entry.get("authenticated").asBoolean()).isTrue();
        assertThat(entry.get("credential").asString())
                .isEqualTo("api-key:" + ben.key().substring(4, 16));
        assertThat(entry.get("actor").asString()).isEqualTo("ben");
        assertThat(entry.get("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.get("method").asString()).isEqualTo("POST");
        assertThat(entry.get("path").asString()).isEqualTo("/api/v1/incidents");
        assertThat(entry.get("code").asString()).isEqualTo("not-allowed");
        assertThat(entry.get("leftOut").asLong()).isZero();
    }

    @Test
    void a_credential_that_is_not_good_is_recorded_by_its_id_alone() {
        String secret = "A".repeat(43);
        service.with("itl_aaaaaaaaaaaa_" + secret).get("/status-board");
        service.with("something-else").get("/status-board");
        service.send(service.anonymous("/api/v1/status-board"));

        var both = denied();
        assertThat(both.size()).isEqualTo(2);
        assertThat(both.toString()).doesNotContain(secret, "something-else");
        assertThat(both.get(1).get("credential").asString()).isEqualTo("api-key:aaaaaaaaaaaa");
        assertThat(both.get(1).get("code").asString()).isEqualTo("credential-invalid");
        assertThat(both.get(1).get("authenticated").asBoolean()).isFalse();
        assertThat(both.get(0).get("credential").isNull()).isTrue();
    }

    @Test
    void whoever_is_refused_again_and_again_fills_a_few_rows_and_a_number() {
        var ben = service.as("ben", AccessRole.AUDITOR);
        int refused = Limits.DENIALS_A_MINUTE + 7;
        for (int i = 0; i < refused; i++) {
            assertThat(ben.post("/incidents", "{}").status()).isEqualTo(403);
        }
        assertThat(denied().size()).isEqualTo(Limits.DENIALS_A_MINUTE);

        clock.set(NOW.plus(Duration.ofMinutes(1)));
        ben.post("/incidents", "{}");

        var all = denied();
        assertThat(all.size()).isEqualTo(Limits.DENIALS_A_MINUTE + 2);
        var counted = all.valueStream()
                .filter(entry -> entry.get("code").asString().equals("left-out"))
                .toList();
        assertThat(counted).hasSize(1);
        assertThat(counted.getFirst().get("leftOut").asLong()).isEqualTo(7);
        assertThat(counted.getFirst().get("actor").asString()).isEqualTo("ben");
        assertThat(counted.getFirst().get("path").isNull()).isTrue();
    }

    @Test
    void the_pages_hold_every_entry_once() {
        for (int minute = 0; minute < 3; minute++) {
            clock.set(NOW.plus(Duration.ofMinutes(minute)));
            for (var name : new String[] {"a", "b", "c"}) {
                service.as(name, AccessRole.AUTHOR).post("/incidents", "{}");
            }
        }
        var pages = new ArrayList<String>();
        String before = "";
        int count = 0;
        do {
            var page =
                    service.get("/denied-requests?limit=4" + before).accepted().json();
            page.get("denied").valueStream().map(JsonNode::toString).forEach(pages::add);
            before = page.get("next").isNull()
                    ? ""
                    : "&before=" + page.get("next").asLong();
            count++;
        } while (!before.isEmpty());

        assertThat(count).isEqualTo(3);
        assertThat(pages).hasSize(9).doesNotHaveDuplicates();
        assertThat(pages)
                .isEqualTo(denied().valueStream().map(JsonNode::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "before=0", "before=-1", "before=x"})
    void a_page_that_cannot_be_is_refused(String query) {
        var answer = service.get("/denied-requests?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asString()).isEqualTo("invalid-parameter");
    }
}
