package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many callers of one incident, on PostgreSQL through two nodes; an H2 file has one node only. */
@ParameterizedClass
@EnumSource(Database.class)
class ConcurrencyTest {
    private static final String INCIDENT = "/incidents/inc-1";
    private static final int CALLERS = 16;
    private static final int NOTES_PER_CALLER = 20;

    private final TestDatabase database;
    private final RunningService nodeA;
    private final RunningService nodeB;

    ConcurrencyTest(Database kind) {
        database = TestDatabases.empty(kind);
        nodeA = RunningService.on(database, Clock.systemUTC());
        nodeB = kind == Database.POSTGRESQL ? RunningService.on(database, Clock.systemUTC()) : nodeA;
    }

    @BeforeEach
    void declare() {
        nodeA.tell("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);
    }

    @AfterEach
    void close() {
        nodeA.close();
        if (nodeB != nodeA) {
            nodeB.close();
        }
        database.close();
    }

    /** What one caller said, and how it was answered. */
    private record Said(String text, Answer answer) {}

    @Test
    void every_command_that_is_accepted_is_recorded_exactly_once() throws Exception {
        var said = atOnce(IntStream.range(0, CALLERS)
                        .<Callable<List<Said>>>mapToObj(caller -> () -> tellNotes(caller))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        var refused = said.stream().filter(s -> s.answer().status() != 200).toList();
        assertThat(refused).allSatisfy(s -> {
            assertThat(s.answer().status()).as(s.answer().text()).isEqualTo(409);
            assertThat(s.answer().json().get("code").asString()).isEqualTo("changed-concurrently");
        });
        Map<Long, String> accepted = said.stream()
                .filter(s -> s.answer().status() == 200)
                .collect(Collectors.toMap(s -> s.answer().version(), Said::text));
        assertThat(accepted.size() + refused.size()).isEqualTo(CALLERS * NOTES_PER_CALLER);
        assertThat(accepted).hasSizeGreaterThan(CALLERS);
        long version = accepted.size() + 1L;
        assertThat(accepted.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, version).boxed().toList());
        assertThat(nodeA.context().getBean(EventLog.class).head()).isEqualTo(version);
        for (var node : List.of(nodeA, nodeB)) {
            var timeline = node.get(INCIDENT + "/timeline?kind=note-added&minVersion=" + version)
                    .accepted()
                    .json();
            assertThat(timeline.get("version").asLong()).isEqualTo(version);
            var recorded = new HashMap<Long, String>();
            timeline.get("entries")
                    .valueStream()
                    .forEach(e -> recorded.put(
                            e.get("number").asLong(), e.get("headline").asString()));
            assertThat(recorded).isEqualTo(accepted);
            var board = node.send(node.request("/api/v1/status-board?minPosition=" + version)
                            .header("Prefer", "wait=30"))
                    .accepted()
                    .json();
            assertThat(board.get("incidents").get(0).get("version").asLong()).isEqualTo(version);
        }
    }

    @Test
    void of_two_who_saw_the_same_version_one_is_heard() throws Exception {
        for (int round = 0; round < 20; round++) {
            long seen = 1L + round;
            var together = new CyclicBarrier(2);
            List<Answer> answers = ConcurrencyTest.<Answer>atOnce(List.of(
                    () -> ifMatch(nodeA, seen, "A of " + seen, together),
                    () -> ifMatch(nodeB, seen, "B of " + seen, together)));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
            var moved =
                    answers.stream().filter(a -> a.status() == 412).findFirst().orElseThrow();
            assertThat(moved.json().get("code").asString()).isEqualTo("version-moved");
            var heard =
                    answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
            assertThat(heard.version()).isEqualTo(seen + 1);
        }
        assertThat(nodeA.context().getBean(EventLog.class).head()).isEqualTo(21);
    }

    @Test
    void a_decision_rests_on_what_another_node_recorded() {
        freeze();
        nodeB.tell(INCIDENT + "/freezes/freeze-1/lift", "{\"because\": \"Stable\"}");

        var again = nodeA.post(INCIDENT + "/freezes/freeze-1/lift", "{\"because\": \"Stable\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("code").asString()).isEqualTo("freeze-not-on");

        freeze();
        nodeB.tell(INCIDENT + "/freezes/freeze-2/lift", "{\"because\": \"Stable\"}");
        var change = nodeA.tell(INCIDENT + "/changes", """
                {"kind": "DEPLOY", "text": "Release 43", "service": "checkout", "environment": "production"}
                """);
        var recorded = nodeB.get(INCIDENT + "?minVersion=" + change.version()).json();
        assertThat(recorded.get("changes").get(0).path("freezeBroken").asString(""))
                .isEmpty();

        freeze();
        nodeB.tell(INCIDENT + "/freezes/freeze-3/lift", "{\"because\": \"Stable\"}");
        var cancelled = nodeA.post(
                INCIDENT + "/cancellation", "{\"reason\": \"FALSE_POSITIVE\", \"because\": \"All is well\"}");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
    }

    /** Leaves an incident with a freeze on in the cache of node A. */
    private void freeze() {
        nodeA.tell(INCIDENT + "/freezes", """
                {"scope": {"services": ["*"], "environments": ["*"]}, "reason": "One thing at a time"}
                """);
    }

    private List<Said> tellNotes(int caller) {
        var said = new ArrayList<Said>();
        for (int i = 0; i < NOTES_PER_CALLER; i++) {
            String text = "note " + i + " of caller " + caller;
            var node = (caller + i) % 2 == 0 ? nodeA : nodeB;
            said.add(new Said(text, node.post(INCIDENT + "/notes", "{\"text\": \"" + text + "\"}")));
        }
        return said;
    }

    private static Answer ifMatch(RunningService node, long version, String text, CyclicBarrier together)
            throws Exception {
        together.await();
        return node.send(node.request("/api/v1" + INCIDENT + "/notes")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"" + version + "\"")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"" + text + "\"}")));
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> result : callers.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
