package org.incidenttimeline.api.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.incidenttimeline.projections.store.DeadlineTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What time does to an incident while nobody says anything: recorded once, whatever happens to the nodes. */
@ParameterizedClass
@EnumSource(Database.class)
class DeadlinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final String INCIDENT = "/incidents/checkout-down";
    private static final String MISSED = "update-missed";
    private static final String UNREPORTED = "notification-missed";
    private static final String OVERDUE = "action-became-overdue";

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(START);

    DeadlinesTest(Database kind) {
        database = TestDatabases.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_promise_that_nobody_keeps_is_recorded_as_missed_when_its_minute_is_over() {
        try (var service = node()) {
            declare(service);
            promise(service, "14:30");

            setClock("14:30:59");
            awaitRuns(service, 2);
            assertThat(kinds(service)).doesNotContain(MISSED);

            setClock("14:31:00");
            awaitEvent(service, MISSED);
            awaitRuns(service, 2);

            assertThat(kinds(service)).containsOnlyOnce(MISSED);
            var missed = recorded(service, MISSED);
            assertThat(missed.event().occurredAt().at()).contains(Instant.parse("2026-03-02T14:30:00Z"));
            assertThat(missed.recordedAt()).isEqualTo(Instant.parse("2026-03-02T14:31:00Z"));
            assertThat(missed.provenance().actor().name().value()).isEqualTo("incident-timeline");
            assertThat(missed.provenance().credential()).isEqualTo("system:deadlines");
        }
    }

    @Test
    void a_report_that_nobody_makes_is_recorded_as_missed_once_and_again_when_its_deadline_moved() {
        try (var service = node()) {
            declare(service);
            service.tell(INCIDENT + "/awareness", """
                    {"occurredAt": "2026-03-02T14:00:00Z", "by": "ana", "because": "A customer called"}
                    """);
            service.tell(INCIDENT + "/classifications", """
                    {"regime": "NIS2", "decision": "REPORTABLE", "classification": "significant",
                     "because": "Two countries"}
                    """);

            clock.set(Instant.parse("2026-03-03T14:00:59Z"));
            awaitRuns(service, 2);
            assertThat(kinds(service)).doesNotContain(UNREPORTED);

            clock.set(Instant.parse("2026-03-03T14:01:00Z"));
            awaitEvent(service, UNREPORTED);
            awaitRuns(service, 2);
            assertThat(kinds(service)).containsOnlyOnce(UNREPORTED);
            assertThat(recorded(service, UNREPORTED).event().occurredAt().at())
                    .contains(Instant.parse("2026-03-03T14:00:00Z"));

            service.tell(INCIDENT + "/awareness", """
                    {"occurredAt": "2026-03-02T15:00:00Z", "by": "ben", "because": "The call was later"}
                    """);
            clock.set(Instant.parse("2026-03-03T15:01:00Z"));
            await().atMost(PATIENCE).until(() -> count(service, UNREPORTED) == 2);

            service.tell(INCIDENT + "/notifications", """
                    {"occurredAt": "2026-03-03T15:01:00Z", "regime": "NIS2", "stage": "incident-notification",
                     "recipient": "CSIRT"}
                    """);
            clock.set(Instant.parse("2026-03-06T00:00:00Z"));
            awaitRuns(service, 2);
            assertThat(count(service, UNREPORTED)).isEqualTo(2);
        }
    }

    @Test
    void a_promise_that_is_kept_is_not_missed_and_the_next_one_can_be() {
        try (var service = node()) {
            declare(service);
            promise(service, "14:30");
            setClock("14:29:00");
            promise(service, "15:00");

            setClock("14:45:00");
            awaitRuns(service, 2);
            assertThat(kinds(service)).doesNotContain(MISSED);

            setClock("15:01:00");
            awaitEvent(service, MISSED);
            assertThat(kinds(service)).containsOnlyOnce(MISSED);
        }
    }

    @Test
    void the_first_promise_of_a_plan_stands_on_the_board_and_is_missed() {
        try (var service = node()) {
            declare(service);
            var planned = service.tell(INCIDENT + "/communication-plans", """
                    {"audience": "SUPPORT", "owner": "ben", "channel": "#support", "cadence": "PT20M"}
                    """).json();

            var card = service.get("/status-board?minPosition=" + planned.get("position"))
                    .accepted()
                    .json()
                    .get("incidents")
                    .get(0);
            assertThat(card.toString()).contains("2026-03-02T14:20:00Z");

            setClock("14:21:00");
            awaitEvent(service, MISSED);
            assertThat(service.get(INCIDENT + "/rhythm").accepted().text()).contains("Publish an update to support");
        }
    }

    @Test
    void an_action_becomes_overdue_when_its_day_is_over_and_again_on_another_day() {
        try (var service = node()) {
            declare(service);
            resolveAndReview(service);
            service.tell(INCIDENT + "/actions", """
                    {"text": "Alert on pool size", "kind": "DETECT", "owner": "ben", "due": "2026-03-05"}
                    """);

            clock.set(Instant.parse("2026-03-05T23:59:59Z"));
            awaitRuns(service, 2);
            assertThat(kinds(service)).doesNotContain(OVERDUE);

            clock.set(Instant.parse("2026-03-06T00:01:00Z"));
            awaitEvent(service, OVERDUE);
            service.tell(INCIDENT + "/actions/action-1/rescheduling", """
                    {"to": "2026-03-10", "because": "A dependency is late"}
                    """);
            awaitRuns(service, 2);
            assertThat(kinds(service)).containsOnlyOnce(OVERDUE);

            clock.set(Instant.parse("2026-03-11T00:01:00Z"));
            await().atMost(PATIENCE).until(() -> count(service, OVERDUE) == 2);
            awaitRuns(service, 2);
            assertThat(count(service, OVERDUE)).isEqualTo(2);
            assertThat(service.markdown(INCIDENT + "/timeline").accepted().text())
                    .contains("action-1 was due on 2026-03-05 and is still open");
        }
    }

    @Test
    void a_deadline_that_passes_while_no_node_runs_is_recorded_after_the_start() {
        try (var service = node()) {
            declare(service);
            promise(service, "14:30");
        }
        setClock("16:00:00");
        try (var service = node()) {
            awaitEvent(service, MISSED);
            awaitRuns(service, 2);
            assertThat(kinds(service)).containsOnlyOnce(MISSED);
            assertThat(recorded(service, MISSED).event().occurredAt().at())
                    .contains(Instant.parse("2026-03-02T14:30:00Z"));
        }
    }

    @Test
    void views_that_are_rebuilt_record_nothing_a_second_time() {
        try (var service = node()) {
            declare(service);
            promise(service, "14:30");
            setClock("14:31:00");
            awaitEvent(service, MISSED);
            promise(service, "14:50");
            setClock("14:51:00");
            await().atMost(PATIENCE).until(() -> count(service, MISSED) == 2);
        }
        database.execute("drop schema views cascade");
        try (var service = node()) {
            long end = history(service).getLast().position();
            await().atMost(PATIENCE)
                    .until(() -> service.context().getBean(DeadlineTable.class).position() == end);
            awaitRuns(service, 2);

            assertThat(count(service, MISSED)).isEqualTo(2);
        }
    }

    @Test
    void many_nodes_record_it_once() {
        assumeTrue(database.kind() == Database.POSTGRESQL, "a file of H2 has one node at a time");
        try (var one = node();
                var other = node()) {
            declare(one);
            promise(one, "14:30");
            setClock("14:31:00");
            awaitEvent(other, MISSED);
            // As if the schedule had failed, both ask at once, again and again.
            var threads = List.of(one, other).stream()
                    .map(node -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; i < 20; i++) {
                            run(node);
                        }
                    }))
                    .toList();
            for (var thread : threads) {
                join(thread);
            }

            assertThat(count(one, MISSED)).isEqualTo(1);
        }
    }

    private static void run(RunningService node) {
        node.context()
                .getBean("recordingOfMissedDeadlines", Recurring.class)
                .work()
                .run();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private RunningService node() {
        return RunningService.on(
                database, clock, "--incident.deadlines.pause=20ms", "--incident.scheduler.polling-interval=50ms");
    }

    private static void declare(RunningService service) {
        service.tell("/incidents", """
                {"incidentId": "checkout-down", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);
    }

    private static void promise(RunningService service, String nextUpdateAt) {
        service.tell(INCIDENT + "/updates", """
                {"audiences": ["LEADERSHIP"], "whatHappened": "Checkout fails", "userImpact": "Nobody can pay",
                 "whatWeAreDoing": "We look for the cause", "nextUpdateAt": "2026-03-02T%s:00Z"}
                """.formatted(nextUpdateAt));
    }

    private static void resolveAndReview(RunningService service) {
        service.tell(INCIDENT + "/recovery-checks", """
                {"checks": [{"signal": "orders", "expectation": "they go through", "observation": "they do", "passed": true}]}
                """);
        service.tell(INCIDENT + "/review", "{\"facilitator\": \"cleo\"}");
    }

    private void setClock(String time) {
        clock.set(Instant.parse("2026-03-02T" + time + "Z"));
    }

    /** Waits until the scheduled work ran so many times more, from its beginning. */
    private void awaitRuns(RunningService service, int runs) {
        for (int i = 0; i <= runs; i++) {
            var last = lastRun(service);
            await().atMost(PATIENCE).until(() -> !lastRun(service).equals(last));
        }
    }

    private static String lastRun(RunningService service) {
        return service.context()
                .getBean(JdbcClient.class)
                .sql("select last_success from app.scheduled_task where task_name = 'record-missed-deadlines'")
                .query((row, _) -> String.valueOf(row.getString("last_success")))
                .single();
    }

    private static void awaitEvent(RunningService service, String kind) {
        await().atMost(PATIENCE).until(() -> kinds(service).contains(kind));
    }

    private static long count(RunningService service, String kind) {
        return kinds(service).stream().filter(kind::equals).count();
    }

    private static List<String> kinds(RunningService service) {
        return history(service).stream()
                .map(recorded -> EventCatalogue.kindOf(recorded.event()))
                .toList();
    }

    private static RecordedEvent recorded(RunningService service, String kind) {
        return history(service).stream()
                .filter(recorded -> EventCatalogue.kindOf(recorded.event()).equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<RecordedEvent> history(RunningService service) {
        return service.context().getBean(IncidentHistory.class).of(new IncidentId("checkout-down"));
    }
}
