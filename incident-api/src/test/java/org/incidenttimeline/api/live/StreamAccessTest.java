package org.incidenttimeline.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told to whom, and for how long. */
class StreamAccessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestDatabase database = TestDatabases.empty(Database.H2);
    private final RunningService service =
            RunningService.on(database, Clock.systemUTC(), "--incident.events.heartbeat=PT0.1S");

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private void declare(String incident, String more) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}%s}
                """.formatted(incident, more));
    }

    private void note(String incident) {
        service.tell("/incidents/" + incident + "/notes", "{\"text\": \"told\"}");
    }

    private static void untilPast(Listener listener, long position) {
        await().atMost(PATIENCE).until(() -> listener.hasBegun() && Long.parseLong(listener.lastEventId()) >= position);
    }

    @Test
    void a_restricted_incident_is_heard_by_those_named_from_when_they_are() throws Exception {
        var ben = service.as("ben", AccessRole.RESPONDER);
        var auditor = service.as("otto", AccessRole.AUDITOR);
        try (var ana = Listener.to(service, "?from=0", Optional.empty());
                var benListens = Listener.to(ben, "?from=0", Optional.empty());
                var ottoListens = Listener.to(auditor, "?from=0", Optional.empty())) {
            declare("secret-1", ", \"visibility\": \"RESTRICTED\"");
            note("secret-1");
            untilPast(benListens, 2);
            assertThat(benListens.told()).isEmpty();
            assertThat(ben.get("/events").json()).isEmpty();
            assertThat(ben.get("/events?incident=secret-1").status()).isEqualTo(404);
            assertThat(ben.get("/events?incident=secret-1").text().replace("secret-1", "no-such"))
                    .isEqualTo(ben.get("/events?incident=no-such").text());

            service.tell("/incidents/secret-1/roles", "{\"role\": \"SCRIBE\", \"person\": \"ben\"}");
            note("secret-1");
            untilPast(benListens, 4);

            assertThat(benListens.ids()).isEqualTo(List.of(3L, 4L));
            assertThat(ben.get("/events?incident=secret-1").json()).hasSize(4);
            untilPast(ana, 4);
            untilPast(ottoListens, 4);
            assertThat(ana.ids()).isEqualTo(List.of(1L, 2L, 3L, 4L));
            assertThat(ottoListens.ids()).isEqualTo(List.of(1L, 2L, 3L, 4L));
        }
    }

    @Test
    void a_credential_that_is_confined_to_services_hears_of_them_alone() throws Exception {
        var confined = service.asConfined("bot", Set.of(new ServiceName("search")), AccessRole.REPORTER);
        try (var listener = Listener.to(confined, "?from=0", Optional.empty())) {
            declare("inc-1", ", \"services\": [\"checkout\"]");
            declare("inc-2", ", \"services\": [\"search\"]");
            untilPast(listener, 2);

            assertThat(listener.ids()).isEqualTo(List.of(2L));
        }
    }

    @Test
    void a_key_that_is_revoked_hears_no_more() throws Exception {
        var bot = service.asTool("bot", AccessRole.REPORTER);
        try (var listener = Listener.to(bot, "", Optional.empty());
                var other = Listener.to(service, "", Optional.empty())) {
            await().atMost(PATIENCE).until(listener::hasBegun);
            String id = service.get("/api-keys")
                    .json()
                    .get("keys")
                    .valueStream()
                    .filter(key -> key.get("actor").asString().equals("bot"))
                    .map(key -> key.get("id").asString())
                    .findFirst()
                    .orElseThrow();

            service.tell("/api-keys/" + id + "/revocation", "{}");
            declare("inc-1", "");

            await().atMost(PATIENCE).until(listener::hasEnded);
            assertThat(listener.told()).isEmpty();
            await().atMost(PATIENCE).until(() -> other.ids().equals(List.of(1L)));
        }
    }
}
