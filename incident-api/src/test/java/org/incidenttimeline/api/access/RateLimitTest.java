package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Clock;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often somebody may ask. */
class RateLimitTest {
    private final TestDatabase database = TestDatabases.empty(Database.H2);
    private final RunningService service =
            RunningService.on(database, Clock.systemUTC(), "--incident.rate-limit.requests-per-minute=2");

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void a_credential_that_asks_too_often_is_told_when_to_come_again() {
        var ben = service.as("ben", AccessRole.AUDITOR);
        var first = ben.get("/status-board");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=2;w=60");
        assertThat(first.header("RateLimit")).startsWith("\"requests\";r=1;t=");
        ben.get("/status-board");

        var refused = ben.get("/status-board");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asString()).isEqualTo("rate-limited");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.header("RateLimit")).startsWith("\"requests\";r=0;t=");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 30L);
        assertThat(service.as("zoe", AccessRole.AUDITOR).get("/status-board").status())
                .isEqualTo(200);
    }

    @Test
    void an_address_that_proves_no_delivery_is_held_up_and_a_proven_one_from_there_is_not() {
        var created = service.tell("/sources", "{\"kind\": \"CLOUDEVENTS\", \"name\": \"probes\"}")
                .json();
        String source = created.at("/source/sourceId").asString();
        for (int i = 0; i < Limits.UNPROVEN_DELIVERIES_A_MINUTE; i++) {
            assertThat(deliver(i % 2 == 0 ? source : "nobody", "wrong").status())
                    .isEqualTo(401);
        }

        // One attempt comes back each second, so on a slow machine a few more pass.
        var refused = deliver(source, "wrong");
        while (refused.status() == 401) {
            refused = deliver(source, "wrong");
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asString()).isEqualTo("rate-limited");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"unproven-delivery\";q=60;w=60");
        assertThat(refused.response().headers().allValues("Retry-After")).containsExactly("1");
        assertThat(deliver(source, created.get("secret").asString()).status()).isEqualTo(400);
        assertThat(service.with("itl_aaaaaaaaaaaa_" + "A".repeat(43))
                        .get("/status-board")
                        .status())
                .isEqualTo(401);
    }

    private RunningService.Answer deliver(String source, String secret) {
        return service.send(service.anonymous("/api/v1/inbound/" + source)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + secret)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    @Test
    void an_address_that_fails_too_often_is_held_up_and_a_good_credential_from_there_is_not() {
        var nobody = service.with("itl_aaaaaaaaaaaa_" + "A".repeat(43));
        for (int i = 0; i < Limits.FAILED_AUTHENTICATIONS_A_MINUTE; i++) {
            assertThat(nobody.get("/status-board").status()).isEqualTo(401);
        }

        // One attempt comes back each second, so on a slow machine a few more pass.
        var refused = nobody.get("/status-board");
        while (refused.status() == 401) {
            refused = nobody.get("/status-board");
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"failed-authentication\";q=60;w=60");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(service.get("/status-board").status()).isEqualTo(200);
    }
}
