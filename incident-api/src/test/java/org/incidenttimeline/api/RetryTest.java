package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.GenericApplicationContext;

/** The same request, sent again: told again, done once. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Started for all tests of a database.
class RetryTest {
    private static final long PAUSE_NANOS = 30_000_000;
    private static final String DECLARATION = """
            {"title": "Checkout fails", "severity": "SEV3", "lead": "ana", "detection": {"source": "ALERT"}}
            """;

    @Parameter
    private Database kind;

    private TestDatabase database;
    private RunningService service;
    private int count;
    private String incident = "";
    private String notes = "";
    private long before;

    @BeforeParameterizedClassInvocation
    void start() {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, Clock.systemUTC());
    }

    @BeforeEach
    void declare() {
        count++;
        incident = "/incidents/inc-" + count;
        notes = incident + "/notes";
        before = head();
        service.tell("/incidents", DECLARATION.replaceFirst("\\{", "{\"incidentId\": \"inc-" + count + "\", "));
    }

    @AfterParameterizedClassInvocation
    void close() {
        service.close();
        database.close();
    }

    /** A key is of its test alone. */
    private String own(String key) {
        return key.replace("-", "-" + count + "-");
    }

    private Answer keyed(RunningService node, String key, String path, String json, String... headers) {
        var request = node.request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", own(key))
                .POST(HttpRequest.BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return node.send(request);
    }

    private Answer keyed(String key, String path, String json) {
        return keyed(service, key, path, json);
    }

    private long head() {
        return service.context().getBean(EventLog.class).head();
    }

    /** How many events the test has recorded. */
    private long recorded() {
        return head() - before;
    }

    private static void assertReplays(Answer again, Answer first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_command_that_is_sent_again_is_answered_as_it_was() {
        var first = keyed("\"k-1\"", notes, "{\"text\": \"once\"}").accepted();
        service.tell(notes, "{\"text\": \"meanwhile\"}");

        assertReplays(keyed("\"k-1\"", notes, "{\"text\": \"once\"}"), first);
        assertReplays(keyed("k-1", notes, " { \"text\" :\"once\" } "), first);
        assertThat(first.version()).isEqualTo(2);
        assertThat(recorded()).isEqualTo(3);
    }

    @Test
    void a_declaration_without_an_identifier_makes_one_incident() {
        var first = keyed("d-1", "/incidents", DECLARATION).accepted();

        assertReplays(keyed("d-1", "/incidents", DECLARATION), first);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location"))
                .isEqualTo("/api/v1/incidents/" + first.json().get("incidentId").asString());
        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void the_order_of_fields_says_nothing() {
        var first = keyed("s-1", incident + "/severity", "{\"severity\": \"SEV1\", \"because\": \"All are hit\"}")
                .accepted();

        assertReplays(
                keyed("s-1", incident + "/severity", "{\"because\":\"All are hit\",\"severity\":\"SEV1\"}"), first);
    }

    @Test
    void a_command_that_changed_nothing_is_told_so_again() {
        service.tell(incident + "/entries/1/pin", "{}");
        var first = keyed("p-1", incident + "/entries/1/pin", "{}").accepted();
        service.tell(incident + "/entries/1/unpin", "{}");

        assertReplays(keyed("p-1", incident + "/entries/1/pin", "{}"), first);
        assertThat(first.json().get("events").isEmpty()).isTrue();
        assertThat(recorded()).isEqualTo(3);
    }

    @Test
    void something_else_under_the_same_key_is_refused() {
        keyed("k-1", notes, "{\"text\": \"once\"}").accepted();

        var others = List.of(
                keyed("k-1", notes, "{\"text\": \"twice\"}"),
                keyed("k-1", incident + "/review", "{\"facilitator\": \"ana\"}"),
                keyed("k-1", incident + "/commands", """
                        {"commands": [{"path": "/notes", "body": {"text": "once"}}]}"""));

        assertThat(others).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().get("code").asString()).isEqualTo("idempotency-key-reused");
        });
        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void a_refusal_keeps_no_key() {
        var wrong = keyed("k-1", notes, "{\"text\": 7}");
        var refused = keyed("k-1", incident + "/closure", "{}");
        var moved = keyed(service, "k-1", notes, "{\"text\": \"once\"}", "If-Match", "\"7\"");

        assertThat(List.of(wrong, refused, moved)).extracting(Answer::status).containsExactly(400, 409, 412);
        assertThat(keyed(service, "k-1", notes, "{\"text\": \"once\"}", "If-Match", "\"1\"")
                        .accepted()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void a_retry_is_answered_though_the_version_it_names_is_gone() {
        var first = keyed(service, "k-1", notes, "{\"text\": \"once\"}", "If-Match", "\"1\"")
                .accepted();

        assertReplays(keyed(service, "k-1", notes, "{\"text\": \"once\"}", "If-Match", "\"1\""), first);
    }

    @Test
    void the_log_names_the_key() {
        keyed("k-1", notes, "{\"text\": \"once\"}").accepted();

        assertThat(service.context()
                        .getBean(EventLog.class)
                        .readAfter(before + 1, 1)
                        .getFirst()
                        .metadata())
                .contains("\"idempotencyKey\":\"" + own("k-1") + "\"");
    }

    @Test
    void a_key_outlives_a_restart() {
        var first = keyed("k-1", notes, "{\"text\": \"once\"}").accepted();

        restart(Clock.systemUTC());

        assertReplays(keyed("k-1", notes, "{\"text\": \"once\"}"), first);
        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void a_key_is_forgotten_when_its_days_are_over() {
        keyed("k-1", notes, "{\"text\": \"once\"}").accepted();
        forgetAfter(Limits.KEY_LIFE.minusMinutes(1));
        assertThat(keyed("k-1", notes, "{\"text\": \"once\"}").header("Idempotent-Replayed"))
                .isEqualTo("true");

        forgetAfter(Limits.KEY_LIFE.plusMinutes(1));

        assertThat(keyed("k-1", notes, "{\"text\": \"once\"}").accepted().version())
                .isEqualTo(3);
        restart(Clock.systemUTC());
    }

    private void restart(Clock clock) {
        service.close();
        service = RunningService.on(database, clock);
    }

    /** Starts the service again that much later, and has it do its work of the hour. */
    private void forgetAfter(Duration time) {
        restart(Clock.offset(Clock.systemUTC(), time));
        service.context().getBean("forgetReceipts", Recurring.class).work().run();
    }

    @Test
    void what_is_under_way_is_not_begun_again() throws Exception {
        var slow = new SlowDesk();
        service.close();
        service = RunningService.with(
                database,
                Clock.systemUTC(),
                beans -> beans.registerBean(
                        "slowDesk", CommandDesk.class, () -> slow.before(beans), bean -> bean.setPrimary(true)));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> keyed("k-1", notes, "{\"text\": \"once\"}"));
            assertThat(slow.begun.await(30, TimeUnit.SECONDS)).isTrue();

            var copy = keyed("k-1", notes, "{\"text\": \"once\"}");
            var other = keyed("k-1", notes, "{\"text\": \"twice\"}");
            slow.goOn.countDown();

            assertThat(copy.status()).isEqualTo(409);
            assertThat(copy.json().get("code").asString()).isEqualTo("request-under-way");
            assertThat(copy.header("Retry-After")).isEqualTo("1");
            assertThat(other.status()).isEqualTo(422);
            var done = first.get().accepted();
            assertReplays(keyed("k-1", notes, "{\"text\": \"once\"}"), done);
        }
        assertThat(recorded()).isEqualTo(2);
        restart(Clock.systemUTC());
    }

    /** The desk, that waits in the middle of its work. */
    private static final class SlowDesk {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        CommandDesk before(GenericApplicationContext beans) {
            return new CommandDesk() {
                @Override
                public BatchAccepted submit(CommandBatch batch) {
                    begun.countDown();
                    try {
                        assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return beans.getBean("commandDesk", CommandDesk.class).submit(batch);
                }

                @Override
                public Optional<BatchAccepted> recorded(RetryKey key) {
                    return beans.getBean("commandDesk", CommandDesk.class).recorded(key);
                }
            };
        }
    }

    @Test
    void copies_that_race_through_two_nodes_are_recorded_once() throws Exception {
        // An H2 file has one node.
        var other = database.kind() == Database.H2 ? service : RunningService.on(database, Clock.systemUTC());
        try {
            int keys = 200;
            int copies = 5;
            var answers = new ArrayList<List<Future<Answer>>>();
            try (var callers = Executors.newFixedThreadPool(16)) {
                for (int key = 0; key < keys; key++) {
                    String note = "{\"text\": \"note " + key + "\"}";
                    String name = "race-" + key;
                    answers.add(IntStream.range(0, copies)
                            .mapToObj(copy -> callers.submit(
                                    (Callable<Answer>) () -> until(copy % 2 == 0 ? service : other, name, note)))
                            .toList());
                }
            }
            for (var ofOneKey : answers) {
                var bodies = new ArrayList<String>();
                int done = 0;
                for (var answer : ofOneKey) {
                    bodies.add(answer.get().text());
                    done += answer.get().header("Idempotent-Replayed").isEmpty() ? 1 : 0;
                }
                assertThat(bodies).hasSize(copies).containsOnly(bodies.getFirst());
                assertThat(done).isEqualTo(1);
            }
            assertThat(recorded()).isEqualTo(1 + keys);
        } finally {
            if (other != service) {
                other.close();
            }
        }
    }

    /** Sends a note again until it is answered, as the documentation of retries says. */
    private Answer until(RunningService node, String key, String note) {
        while (true) {
            var answer = keyed(node, key, notes, note);
            if (answer.status() != 409) {
                return answer.accepted();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            assertThat(answer.json().get("code").asString()).isIn("request-under-way", "changed-concurrently");
        }
    }
}
