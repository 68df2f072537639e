package org.incidenttimeline.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.webhook.Receiver.Received;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Subscriptions, managed over HTTP and told over HTTP. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
// What runs aside is seen by what arrives, and what is started is there for all tests of a database.
@SuppressWarnings({"FutureReturnValueIgnored", "NullAway.Init"})
class WebhookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int INCIDENTS = 8;
    private static final int NOTES = 20;
    private static final String MANY_RETRIES = "0s" + ",50ms".repeat(19);

    @Parameter
    private Database kind;

    private TestDatabase database;
    private RunningService service;
    private Receiver receiver;
    private long before;
    private int count;

    @BeforeParameterizedClassInvocation
    void install() {
        database = TestDatabases.empty(kind);
        service = start(MANY_RETRIES);
    }

    @BeforeEach
    void begin() throws IOException {
        receiver = new Receiver();
        before = service.context().getBean(EventLog.class).head();
        count++;
    }

    @AfterEach
    void unsubscribe() {
        for (var webhook : service.get("/webhooks").accepted().json().get("webhooks")) {
            service.delete("/webhooks/" + webhook.get("webhookId").asString()).accepted();
        }
        receiver.close();
    }

    @AfterParameterizedClassInvocation
    void remove() {
        service.close();
        database.close();
    }

    /** An incident of this test, by the name that the test has for it. */
    private String own(String incident) {
        return incident + "-" + count;
    }

    /** The position in the log, counted from what was there before this test. */
    private long at(long position) {
        return before + position;
    }

    private RunningService start(String retryDelays) {
        return RunningService.on(
                database,
                Clock.systemUTC(),
                "--incident.webhooks.allow-http=true",
                "--incident.webhooks.allow-networks=127.0.0.0/8",
                "--incident.webhooks.retry-delays=" + retryDelays,
                "--incident.webhooks.timeout=5s",
                "--incident.webhooks.lease=10s");
    }

    private void restart(String retryDelays) {
        service.close();
        service = start(retryDelays);
    }

    /** A subscription, and the secret that only its making tells. */
    private record Subscribed(String id, String secret) {
        String path() {
            return "/webhooks/" + id;
        }
    }

    private Subscribed subscribe(String fields) {
        var created = service.tell("/webhooks", "{\"url\": \"" + receiver.url() + "\"" + fields + "}");
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().at("/webhook/webhookId").asString();
        assertThat(created.header("Location")).isEqualTo("/api/v1/webhooks/" + id);
        return new Subscribed(id, created.json().get("secret").asString());
    }

    private void declare(String incident, String more) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}%s}
                """.formatted(own(incident), more));
    }

    private void note(String incident, String text) {
        service.tell("/incidents/" + own(incident) + "/notes", "{\"text\": \"" + text + "\"}");
    }

    private JsonNode webhook(Subscribed webhook) {
        return service.get(webhook.path()).accepted().json();
    }

    private void untilTaken(int count) {
        await().atMost(PATIENCE).until(() -> receiver.taken().size() >= count);
    }

    private void untilItIs(Subscribed webhook, String state, String because) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(webhook(webhook).get("state").asString()).isEqualTo(state);
            assertThat(webhook(webhook).get("stoppedBecause").asString()).isEqualTo(because);
        });
    }

    /** Where what arrived stands in the log, counted from what was there before this test. */
    private List<Long> positions(List<Received> received) {
        return received.stream().map(r -> r.position() - before).toList();
    }

    @Test
    void whoever_subscribes_is_told_in_signed_cloud_events() throws Exception {
        declare("inc-0", "");
        var webhook = subscribe("");

        declare("inc-1", "");
        note("inc-1", "told");
        untilTaken(2);

        assertThat(positions(receiver.taken())).containsExactly(2L, 3L);
        var told = receiver.taken().getLast();
        var stored =
                service.context().getBean(EventLog.class).readAfter(at(2), 1).getFirst();
        assertThat(told.header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(told.id()).isEqualTo(stored.eventId() + "_" + webhook.id());
        assertThat(told.json().get("type").asString()).isEqualTo("org.incidenttimeline.incident.note-added.v1");
        assertThat(told.json().get("data")).hasToString(stored.payload());
        told.verify(webhook.secret());
        assertThatThrownBy(() -> told.verify("whsec_" + "A".repeat(44)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() ->
                        new Received(told.headers(), told.body().replace("told", "lied"), 204).verify(webhook.secret()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void a_secret_is_told_once_and_is_not_in_the_database() {
        var webhook = subscribe("");

        assertThat(service.get("/webhooks").text()).doesNotContain("whsec_", webhook.secret());
        assertThat(service.get(webhook.path()).text()).doesNotContain("whsec_", webhook.secret());
        assertThat(rows("select secret from app.webhook"))
                .singleElement()
                .satisfies(stored -> assertThat(stored)
                        .startsWith("v1.")
                        .doesNotContain(webhook.secret().substring(6)));
    }

    private List<String> rows(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Test
    void a_subscription_is_told_of_what_it_asks_for() {
        subscribe("""
                , "kinds": ["declared", "note-added"], "severities": ["SEV1"], "services": ["checkout"]
                """);

        declare("inc-1", ", \"services\": [\"checkout\"]");
        service.tell(
                "/incidents/" + own("inc-1") + "/severity", "{\"severity\": \"SEV1\", \"because\": \"It spreads\"}");
        note("inc-1", "of the first, which is worse now");
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV1", "lead": "ana",
                 "services": ["search"], "detection": {"source": "ALERT"}}
                """.formatted(own("inc-2")));
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "An exercise", "severity": "SEV1", "lead": "ana", "mode": "DRILL",
                 "services": ["checkout"], "detection": {"source": "ALERT"}}
                """.formatted(own("inc-3")));
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV1", "lead": "ana",
                 "services": ["Checkout"], "detection": {"source": "ALERT"}}
                """.formatted(own("inc-4")));
        await().atMost(PATIENCE)
                .until(() -> positions(receiver.taken()).contains(6L)
                        && positions(receiver.taken()).contains(3L));

        assertThat(positions(receiver.taken())).doesNotContain(2L, 4L, 5L);
    }

    @Test
    void what_happens_to_a_runbook_is_told_to_nobody_and_holds_nothing_up() {
        subscribe("");

        service.tell("/runbooks", """
                {"runbookId": "lag", "title": "Replication lags", "services": ["database"], "symptoms": ["Lag grows"],
                 "firstChecks": [{"action": "Read the lag"}], "safeMitigations": [{"action": "Stop the batch jobs"}],
                 "escalateWhen": "It grows on", "restoredWhen": [{"action": "Read the lag"}],
                 "rollback": [{"action": "Start the batch jobs"}]}""");
        declare("inc-1", "");
        untilTaken(1);

        assertThat(receiver.received())
                .singleElement()
                .satisfies(r -> assertThat(r.subject()).isEqualTo(own("inc-1")));
    }

    @Test
    void what_is_restricted_is_told_to_nobody() {
        subscribe("");

        declare("secret-1", ", \"visibility\": \"RESTRICTED\"");
        note("secret-1", "for those named");
        declare("inc-1", "");
        untilTaken(1);

        assertThat(receiver.received())
                .singleElement()
                .satisfies(r -> assertThat(r.subject()).isEqualTo(own("inc-1")));
    }

    /** Of every three requests one fails, and the sender is restarted in the middle. */
    @Test
    void every_event_arrives_at_least_once_and_those_of_an_incident_in_their_order() throws Exception {
        var random = RandomGenerator.of("L64X128MixRandom");
        receiver.answer(_ -> random.nextInt(10) < 3 ? 500 : 204);
        var webhook = subscribe("");
        var told = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < INCIDENTS; i++) {
                String incident = "inc-" + i;
                callers.submit(() -> {
                    declare(incident, "");
                    for (int n = 1; n < NOTES; n++) {
                        note(incident, "note " + n);
                        told.incrementAndGet();
                    }
                });
            }
        }
        assertThat(told).hasValue(INCIDENTS * (NOTES - 1));
        for (int restarts = 1; restarts <= 3; restarts++) {
            int before = receiver.taken().size();
            await().atMost(PATIENCE)
                    .until(() ->
                            receiver.taken().size() > before + 10 || arrived().size() == INCIDENTS * NOTES);
            restart(MANY_RETRIES);
        }

        await().atMost(PATIENCE.multipliedBy(2)).until(() -> arrived().size() == INCIDENTS * NOTES);

        assertThat(arrived())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, INCIDENTS * NOTES).boxed().toList());
        receiver.taken().stream()
                .collect(Collectors.groupingBy(Received::subject))
                .forEach((incident, taken) -> {
                    var firsts = positions(taken).stream().distinct().toList();
                    assertThat(firsts).as(incident).isSorted();
                });
        receiver.received().stream()
                .collect(Collectors.groupingBy(Received::position))
                .forEach((position, requests) -> assertThat(
                                requests.stream().map(Received::id).distinct())
                        .as("" + position)
                        .hasSize(1));
        for (var received : receiver.received()) {
            received.verify(webhook.secret());
        }
        assertThat(webhook(webhook).get("waiting").asLong()).isZero();
        assertThat(webhook(webhook).get("behind").asLong()).isZero();
    }

    private Set<Long> arrived() {
        return new HashSet<>(positions(receiver.taken()));
    }

    @Test
    void one_incident_that_does_not_arrive_holds_up_no_other() {
        receiver.answer(received -> received.subject().equals(own("inc-1")) ? 503 : 204);
        subscribe("");

        declare("inc-1", "");
        note("inc-1", "behind the first");
        declare("inc-2", "");
        note("inc-2", "goes on");
        untilTaken(2);

        assertThat(positions(receiver.taken())).containsExactly(3L, 4L);
        assertThat(receiver.received()).noneMatch(received -> received.position() == at(2));
        receiver.answer(_ -> 200);
        untilTaken(4);
        assertThat(positions(receiver.taken())).containsExactly(3L, 4L, 1L, 2L);
    }

    @Test
    void a_target_that_is_gone_is_left_alone() {
        receiver.answer(_ -> 410);
        var webhook = subscribe("");
        declare("inc-1", "");
        note("inc-1", "not sent");

        untilItIs(webhook, "DISABLED", "GONE");

        assertThat(positions(receiver.received())).containsExactly(1L);
        receiver.answer(_ -> 200);
        service.tell(webhook.path() + "/resume", "{}");
        untilTaken(2);
        assertThat(positions(receiver.taken())).containsExactly(1L, 2L);
    }

    @Test
    void when_all_retries_failed_the_subscription_is_paused_until_somebody_resumes_it_where_it_stopped() {
        restart("0s,10ms,10ms");
        receiver.answer(_ -> 302);
        var webhook = subscribe("");
        declare("inc-1", "");
        note("inc-1", "waits");

        untilItIs(webhook, "PAUSED", "RETRIES_EXHAUSTED");

        assertThat(receiver.received()).hasSize(3);
        var deliveries = service.get(webhook.path() + "/deliveries").json().get("attempts");
        assertThat(deliveries.valueStream().map(a -> a.get("attempt").asInt())).containsExactly(3, 2, 1);
        assertThat(deliveries.valueStream().map(a -> a.get("outcome").asString()))
                .containsOnly("REFUSED");
        assertThat(deliveries.valueStream().map(a -> a.get("status").asInt())).containsOnly(302);
        assertThat(deliveries.get(0).get("answer").asString()).isEqualTo("no thanks");
        assertThat(deliveries.get(0).get("nextAt").isNull()).isTrue();
        assertThat(deliveries.get(1).get("nextAt").isNull()).isFalse();
        assertThat(webhook(webhook).get("failures").asInt()).isEqualTo(3);
        receiver.answer(_ -> 200);
        note("inc-1", "told while it was paused");
        service.tell(webhook.path() + "/resume", "{\"from\": \"WHERE_IT_STOPPED\"}");
        untilTaken(3);
        assertThat(positions(receiver.taken())).containsExactly(1L, 2L, 3L);
        await().atMost(PATIENCE).until(() -> webhook(webhook).get("failures").asInt() == 0);
        restart(MANY_RETRIES);
    }

    @Test
    void a_pause_keeps_everything_for_later_or_for_never() {
        var webhook = subscribe("");
        service.tell(webhook.path() + "/pause", "{}");
        assertThat(webhook(webhook).get("stoppedBecause").asString()).isEqualTo("BY_HAND");
        declare("inc-1", "");
        note("inc-1", "second");
        note("inc-1", "third");
        assertThat(webhook(webhook).get("behind").asLong()).isEqualTo(3);

        service.tell(webhook.path() + "/resume", "{\"position\": " + at(2) + "}");
        untilTaken(1);
        service.tell(webhook.path() + "/pause", "{}");
        note("inc-1", "fourth");
        service.tell(webhook.path() + "/resume", "{\"from\": \"NOW\"}");
        note("inc-1", "fifth");
        untilTaken(2);

        assertThat(positions(receiver.received())).containsExactly(3L, 5L);
    }

    @Test
    void what_was_told_is_told_again_from_a_position_under_the_same_ids() {
        var webhook = subscribe("");
        declare("inc-1", "");
        note("inc-1", "second");
        note("inc-1", "third");
        untilTaken(3);

        service.tell(webhook.path() + "/replay", "{\"position\": " + at(1) + "}");
        untilTaken(5);

        var taken = receiver.taken();
        assertThat(positions(taken)).containsExactly(1L, 2L, 3L, 2L, 3L);
        assertThat(taken.get(3).id()).isEqualTo(taken.get(1).id());
        var beyond = service.post(webhook.path() + "/replay", "{\"position\": " + at(4) + "}");
        assertThat(beyond.status()).isEqualTo(400);
        assertThat(beyond.json().at("/errors/0/pointer").asString()).isEqualTo("/position");
    }

    @Test
    void for_a_while_after_a_rotation_both_secrets_sign() throws Exception {
        var webhook = subscribe("");
        var rotated = service.tell(webhook.path() + "/secret-rotation", "{\"overlap\": \"PT1H\"}");
        String second = rotated.json().get("secret").asString();
        declare("inc-1", "");
        untilTaken(1);

        var told = receiver.taken().getFirst();
        assertThat(told.header("webhook-signature").split(" ")).hasSize(2);
        told.verify(webhook.secret());
        told.verify(second);

        String third = service.tell(webhook.path() + "/secret-rotation", "{\"overlap\": \"PT0S\"}")
                .json()
                .get("secret")
                .asString();
        note("inc-1", "second");
        untilTaken(2);
        var again = receiver.taken().getLast();
        again.verify(third);
        assertThatThrownBy(() -> again.verify(second)).isInstanceOf(WebhookVerificationException.class);
        assertThat(service.post(webhook.path() + "/secret-rotation", "{\"overlap\": \"P8D\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_test_is_sent_at_once_and_its_outcome_told() throws Exception {
        var webhook = subscribe("");

        var sent = service.tell(webhook.path() + "/test", "{}").json();

        assertThat(sent.get("outcome").asString()).isEqualTo("DELIVERED");
        assertThat(sent.get("status").asInt()).isEqualTo(204);
        var told = receiver.received().getFirst();
        assertThat(told.json().get("type").asString()).isEqualTo("org.incidenttimeline.webhook.test.v1");
        told.verify(webhook.secret());
        receiver.answer(_ -> 500);
        assertThat(service.tell(webhook.path() + "/test", "{}")
                        .json()
                        .get("outcome")
                        .asString())
                .isEqualTo("REFUSED");
        assertThat(webhook(webhook).get("failures").asInt()).isZero();
        var newest = service.get(webhook.path() + "/deliveries?limit=1").json();
        assertThat(newest.get("attempts")).hasSize(1);
        assertThat(newest.at("/attempts/0/outcome").asString()).isEqualTo("REFUSED");
        var older = service.get(webhook.path() + "/deliveries?before="
                        + newest.get("next").asLong())
                .json();
        assertThat(older.at("/attempts/0/outcome").asString()).isEqualTo("DELIVERED");
        assertThat(older.get("next").isNull()).isTrue();
    }

    @Test
    void a_long_event_is_sent_as_a_reference_to_itself() {
        subscribe("");
        declare("inc-1", "");
        String text = "é".repeat(10_000);
        service.tell("/incidents/" + own("inc-1") + "/updates", """
                {"audiences": ["LEADERSHIP"], "whatHappened": "%s", "userImpact": "none", "whatWeAreDoing": "waiting",
                 "nextUpdateAt": "2099-01-01T00:00:00Z"}
                """.formatted(text));
        untilTaken(2);

        var told = receiver.taken().getLast();
        assertThat(told.json().has("data")).isFalse();
        String reference = told.json().get("dataref").asString();
        var fetched = service.get(reference.substring("/api/v1".length())).json();
        assertThat(fetched.at("/0/id").asString())
                .isEqualTo(told.json().get("id").asString());
        assertThat(fetched.at("/0/data/whatHappened/text").asString()).isEqualTo(text);
    }

    @Test
    void a_subscription_is_changed_listed_and_deleted() {
        var webhook = subscribe(", \"description\": \"the chat\", \"kinds\": [\"closed\"]");
        var listed = service.get("/webhooks").json().get("webhooks");
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/modes").toString()).isEqualTo("[\"LIVE\",\"BACKFILLED\"]");
        assertThat(listed.at("/0/createdBy").asString()).isEqualTo("ana");

        var changed = service.put(webhook.path(), "{\"url\": \"" + receiver.url() + "\", \"kinds\": [\"declared\"]}")
                .accepted();

        assertThat(changed.json().get("kinds").toString()).isEqualTo("[\"declared\"]");
        assertThat(changed.json().get("description").isNull()).isTrue();
        declare("inc-1", "");
        untilTaken(1);
        assertThat(service.delete(webhook.path()).status()).isEqualTo(204);
        assertThat(service.get(webhook.path()).status()).isEqualTo(404);
        assertThat(service.delete(webhook.path()).status()).isEqualTo(404);
        assertThat(service.get("/webhooks").json().get("webhooks")).isEmpty();
        assertThat(rows("select cast(count(*) as varchar) from app.webhook_attempt"))
                .containsExactly("0");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        refused("{\"url\": \"ftp://x.example/\"}", 400, "/url");
        refused("{\"url\": \"https://user@x.example/\"}", 400, "/url");
        refused("{\"kinds\": []}", 400, "/url");
        refused("{\"url\": \"https://10.0.0.1/\"}", 422, "/url");
        refused("{\"url\": \"https://[::1]/\"}", 422, "/url");
        refused("{\"url\": \"https://8.8.8.8/\", \"kinds\": [\"no-such\"]}", 400, "/kinds/0");
        refused("{\"url\": \"https://8.8.8.8/\", \"secret\": \"mine\"}", 400, "/secret");
        assertThat(service.get("/webhooks/none").status()).isEqualTo(404);
        assertThat(service.get("/webhooks/01234567-89ab-cdef-0123-456789abcdef").status())
                .isEqualTo(404);
        var webhook = subscribe("");
        assertThat(service.post(webhook.path() + "/resume", "{\"from\": \"NOW\", \"position\": 0}")
                        .status())
                .isEqualTo(400);
        assertThat(service.get(webhook.path() + "/deliveries?limit=0").status()).isEqualTo(400);
        assertThat(service.get(webhook.path() + "/deliveries?before=x").status())
                .isEqualTo(400);
    }

    private void refused(String json, int status, String pointer) {
        var answer = service.post("/webhooks", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void there_are_no_more_subscriptions_than_there_may_be() {
        var answers = IntStream.rangeClosed(1, 101)
                .mapToObj(_ -> service.post("/webhooks", "{\"url\": \"" + receiver.url() + "\"}"))
                .toList();

        assertThat(answers.subList(0, 100)).allMatch(answer -> answer.status() == 201);
        assertThat(answers.getLast().status()).isEqualTo(409);
        assertThat(answers.getLast().json().get("code").asString()).isEqualTo("too-many-webhooks");
    }

    /** On PostgreSQL two nodes send; on H2 there is one. Nobody sends what another is sending. */
    @Test
    void each_event_is_sent_by_one_node_at_a_time() {
        var sending = ConcurrentHashMap.<String>newKeySet();
        var doubled = ConcurrentHashMap.<String>newKeySet();
        receiver.answer(received -> {
            if (!sending.add(received.subject())) {
                doubled.add(received.id());
            }
            LockSupport.parkNanos(5_000_000);
            sending.remove(received.subject());
            return 204;
        });
        var other = database.kind() == Database.POSTGRESQL ? start(MANY_RETRIES) : null;
        subscribe("");
        for (int i = 0; i < 40; i++) {
            declare("inc-" + i, "");
            note("inc-" + i, "and more");
        }
        untilTaken(80);

        assertThat(doubled).isEmpty();
        assertThat(positions(receiver.received())).doesNotHaveDuplicates().hasSize(80);
        if (other != null) {
            assertThatCode(other::close).doesNotThrowAnyException();
        }
    }
}
