package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** API keys, from their making to their end. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Started for all tests of a database.
class ApiKeyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T14:00:00Z");
    private static final String BEN = """
            {"actor": "ben", "kind": "HUMAN", "roles": ["RESPONDER"]}
            """;

    @Parameter
    private Database kind;

    private TestDatabase database;
    private final MutableClock clock = new MutableClock(NOW);
    private RunningService service;

    @BeforeParameterizedClassInvocation
    void start() {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, clock);
    }

    @AfterParameterizedClassInvocation
    void close() {
        service.close();
        database.close();
    }

    @BeforeEach
    void setTheClock() {
        clock.set(NOW);
    }

    private JsonNode created(String body) {
        var answer = service.post("/api-keys", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        return answer.json();
    }

    private JsonNode listed(String id) {
        return service.get("/api-keys")
                .json()
                .get("keys")
                .valueStream()
                .filter(key -> key.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void isGood(RunningService caller) {
        assertThat(caller.get("/status-board").status()).isEqualTo(200);
    }

    private static void isNotGood(RunningService caller) {
        var answer = caller.get("/status-board");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().get("code").asString()).isEqualTo("credential-invalid");
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"incident-timeline\", error=\"invalid_token\"");
    }

    @Test
    void a_key_is_made_with_what_it_is_good_for_and_acts_as_its_actor() {
        var made = created("""
                {"actor": "deploy-bot", "kind": "TOOL", "roles": ["RESPONDER", "REPORTER"], "services": ["checkout"],
                 "expiresAt": "2026-03-02T14:00:00+01:00"}
                """);

        var secret = made.get("secret").asString();
        var key = made.get("key");
        assertThat(secret)
                .matches("itl_[a-z2-7]{12}_[A-Za-z0-9_-]{43}")
                .startsWith(key.get("prefix").asString());
        assertThat(listed(key.get("id").asString())).isEqualTo(key);
        assertThat(key.get("actor").asString()).isEqualTo("deploy-bot");
        assertThat(key.get("kind").asString()).isEqualTo("TOOL");
        assertThat(key.get("roles").toString()).isEqualTo("[\"REPORTER\",\"RESPONDER\"]");
        assertThat(key.get("services").toString()).isEqualTo("[\"checkout\"]");
        assertThat(key.get("createdBy").asString()).isEqualTo("ana");
        assertThat(key.get("createdAt").asString()).isEqualTo("2026-03-01T14:00:00Z");
        assertThat(key.get("expiresAt").asString()).isEqualTo("2026-03-02T13:00:00Z");

        var bot = service.with(secret);
        bot.tell("/incidents", """
                {"incidentId": "inc-1", "title": "t", "severity": "SEV3", "lead": "ana", "services": ["checkout"],
                 "detection": {"source": "ALERT"}}
                """);
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("select metadata from log.event")
                        .query(String.class)
                        .single())
                .contains("\"actor\":\"deploy-bot\"", "\"actorKind\":\"TOOL\"")
                .contains("\"credential\":\"api-key:" + key.get("id").asString() + "\"")
                .doesNotContain(secret.substring(17));
    }

    @Test
    void a_secret_is_told_once_and_kept_as_a_hash() {
        var secret = created(BEN).get("secret").asString();
        var random = secret.substring("itl_".length() + 13);

        assertThat(service.get("/api-keys").text()).doesNotContain(random);
        var rows = JdbcClient.create(database.dataSource())
                .sql("select * from app.api_key")
                .query()
                .listOfRows();
        assertThat(rows.toString()).doesNotContain(random);
    }

    @Test
    void a_wrong_secret_an_unknown_id_and_no_key_at_all_are_answered_alike() {
        var secret = created(BEN).get("secret").asString();
        char last = secret.charAt(secret.length() - 5);
        var wrong = secret.substring(0, secret.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + secret.substring(secret.length() - 4);

        isGood(service.with(secret));
        isNotGood(service.with(wrong));
        isNotGood(service.with(secret.replaceFirst("itl_.{12}", "itl_aaaaaaaaaaaa")));
        isNotGood(service.with("itl_short"));
        isNotGood(service.with("eyJhbGciOiJub25lIn0.e30."));
        var basic = service.send(service.anonymous("/api/v1/status-board").header("Authorization", "Basic YTpi"));
        assertThat(basic.status()).isEqualTo(401);
        assertThat(basic.json().get("code").asString()).isEqualTo("credential-invalid");
    }

    @Test
    void a_key_ends_when_it_expires() {
        var ben = service.with(created("""
                {"actor": "ben", "kind": "HUMAN", "roles": ["RESPONDER"], "expiresAt": "2026-03-01T15:00:00Z"}
                """).get("secret").asString());

        clock.set(Instant.parse("2026-03-01T14:59:59Z"));
        isGood(ben);
        clock.set(Instant.parse("2026-03-01T15:00:00Z"));
        isNotGood(ben);
    }

    @Test
    void a_rotated_key_has_a_new_secret_and_the_old_one_for_a_while() {
        var made = created(BEN);
        var id = made.get("key").get("id").asString();
        var former = service.with(made.get("secret").asString());
        isGood(former);

        var answer = service.post("/api-keys/" + id + "/rotation", "{\"overlap\": \"PT1H\"}");

        assertThat(answer.status()).isEqualTo(200);
        var rotated = answer.json();
        var latter = service.with(rotated.get("secret").asString());
        assertThat(rotated.get("key").get("rotated").get("by").asString()).isEqualTo("ana");
        assertThat(rotated.get("key").get("formerSecretUntil").asString()).isEqualTo("2026-03-01T15:00:00Z");
        isGood(former);
        isGood(latter);
        clock.set(NOW.plus(Duration.ofHours(1)));
        isNotGood(former);
        isGood(latter);

        service.post("/api-keys/" + id + "/rotation", "{}").accepted();
        isNotGood(latter);
    }

    @Test
    void a_revoked_key_is_dead_at_once_and_stays_listed() {
        var made = created(BEN);
        var id = made.get("key").get("id").asString();
        var ben = service.with(made.get("secret").asString());
        isGood(ben);

        service.post("/api-keys/" + id + "/revocation", "{}").accepted();

        isNotGood(ben);
        var revoked = listed(id);
        assertThat(revoked.get("revoked").get("by").asString()).isEqualTo("ana");
        clock.set(NOW.plus(Duration.ofHours(1)));
        assertThat(service.post("/api-keys/" + id + "/revocation", "{}")
                        .accepted()
                        .json())
                .isEqualTo(revoked);
        assertThat(service.post("/api-keys/" + id + "/rotation", "{}")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("api-key-ended");
        assertThat(service.post("/api-keys/nobodyskey22/revocation", "{}")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("unknown-api-key");
    }

    @Test
    void somebody_can_always_manage_keys() {
        var ana = service.key().substring("itl_".length(), "itl_".length() + 12);
        created("""
                {"actor": "eve", "kind": "HUMAN", "roles": ["ADMIN"], "expiresAt": "2026-03-01T15:00:00Z"}
                """);
        clock.set(NOW.plus(Duration.ofHours(1)));
        service.post("/api-keys/bootstrapkey/revocation", "{}").accepted();

        var answer = service.post("/api-keys/" + ana + "/revocation", "{}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").asString()).isEqualTo("last-admin-key");
        isGood(service);
    }

    @Test
    void when_a_key_was_used_last_is_shown() {
        var made = created(BEN);
        var id = made.get("key").get("id").asString();
        assertThat(listed(id).get("lastUsedAt").isNull()).isTrue();

        clock.set(NOW.plusSeconds(30));
        isGood(service.with(made.get("secret").asString()));

        assertThat(listed(id).get("lastUsedAt").asString()).isEqualTo("2026-03-01T14:00:30Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/actor",
                "{'actor':'a','kind':'HUMAN','roles':[]}|/roles",
                "{'actor':'a','kind':'HUMAN','roles':['BOSS']}|/roles/0",
                "{'actor':'a','kind':'ROBOT','roles':['ADMIN']}|/kind",
                "{'actor':'a','kind':'HUMAN','roles':['ADMIN'],'services':['checkout']}|/services",
                "{'actor':'a','kind':'HUMAN','roles':['AUDITOR'],'services':['checkout']}|/services",
                "{'actor':'a','kind':'HUMAN','roles':['REPORTER'],'services':['*']}|/services",
                "{'actor':'a','kind':'HUMAN','roles':['REPORTER'],'expiresAt':'2026-03-01T14:00:00Z'}|/expiresAt",
                "{'actor':'a','kind':'HUMAN','roles':['REPORTER'],'secret':'mine'}|/secret",
            })
    void a_key_that_makes_no_sense_is_not_made(String body, String pointer) {
        var answer = service.post("/api-keys", body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asString()).isEqualTo("invalid-request");
        assertThat(answer.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .contains(pointer);
    }

    @ParameterizedTest
    @CsvSource({"P8D", "-PT1S", "soon"})
    void an_overlap_has_a_limit(String overlap) {
        var id = created(BEN).get("key").get("id").asString();

        var answer = service.post("/api-keys/" + id + "/rotation", "{\"overlap\": \"" + overlap + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("/overlap");
    }

    @Test
    void a_credential_in_the_address_is_refused_whoever_sends_it() {
        for (var query : new String[] {"access_token=abc", "x=1&access_token=abc", "key=" + service.key()}) {
            var answer = service.get("/status-board?" + query);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("code").asString()).isEqualTo("credential-in-query");
            assertThat(answer.text()).doesNotContain(service.key());
        }
        assertThat(service.send(service.anonymous("/api/v1/status-board?key=" + service.key()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void on_another_node_a_revoked_key_lives_a_few_seconds_at_most() {
        if (!database.url().contains("postgresql")) {
            return; // An H2 file has one node.
        }
        try (var other = RunningService.on(database, clock)) {
            var made = created(BEN);
            var ben = made.get("secret").asString();
            isGood(other.with(ben));

            service.post("/api-keys/" + made.get("key").get("id").asString() + "/revocation", "{}")
                    .accepted();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> isNotGood(other.with(ben)));
        }
    }
}
