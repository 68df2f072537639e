package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.api.testing.SeedStory;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** One incident from its declaration to its last action, and what every read says of it on the way. */
@ParameterizedClass
@EnumSource(Database.class)
class SeedStoryTest {
    private static final String INCIDENT = "/incidents/" + SeedStory.ID;

    /** How many events each part leaves in the incident. */
    private static final long ROLLBACK_BEGUN = 23;

    private static final long RESOLVED = 31;
    private static final long CLOSED = 40;

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(SeedStory.TOLD_AT);
    private final RunningService service;
    private final SeedStory story;

    SeedStoryTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, clock);
        story = new SeedStory(service);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void an_incident_stands_as_it_was_told() {
        story.untilTheRollbackBegins();
        var underWay = incident(ROLLBACK_BEGUN);

        assertThat(underWay.get("phase").asString()).isEqualTo("MITIGATING");
        assertThat(underWay.get("severity").asString()).isEqualTo("SEV2");
        assertThat(underWay.get("mode").asString()).isEqualTo("LIVE");
        assertThat(strings(underWay.get("hypotheses"), "hypothesisId")).containsExactly("hypothesis-1", "hypothesis-2");
        assertThat(strings(underWay.get("hypotheses"), "status")).containsExactly("REFUTED", "CONFIRMED");
        assertThat(strings(underWay.get("changes"), "changeId")).containsExactly("change-1", "change-2", "change-3");
        assertThat(strings(underWay.get("changes"), "freezeBroken")).containsExactly("", "freeze-1", "");
        assertThat(strings(underWay.get("changes"), "verdict")).containsExactly("", "", "CAUSED");
        assertThat(strings(underWay.get("mitigations"), "status")).containsExactly("RUNNING");
        assertThat(underWay.get("freezes").get(0).get("on").asBoolean()).isTrue();
        assertThat(strings(underWay.get("promises"), "status")).containsExactly("PENDING", "PENDING");
        assertThat(strings(underWay.get("roles"), "role")).containsExactlyInAnyOrder("LEAD", "COMMUNICATIONS");
        assertThat(strings(underWay.get("roles"), "person")).containsExactlyInAnyOrder("ana", "ben");

        story.untilResolved();
        var resolved = incident(RESOLVED);

        assertThat(resolved.get("phase").asString()).isEqualTo("RESOLVED");
        assertThat(strings(resolved.get("mitigations"), "status")).containsExactly("COMPLETED");
        assertThat(strings(resolved.get("mitigations"), "outcome")).containsExactly("EFFECTIVE");
        assertThat(resolved.get("freezes").get(0).get("on").asBoolean()).isFalse();
        assertThat(strings(resolved.get("promises"), "status")).containsExactly("LATE", "LATE", "KEPT", "KEPT");
        assertThat(resolved.get("promises").get(0).get("lateBySeconds").asLong())
                .isEqualTo(900);

        story.untilClosed();

        assertThat(incident(CLOSED).get("phase").asString()).isEqualTo("CLOSED");
    }

    @Test
    void a_response_is_measured_from_what_was_told() {
        tellAll();

        var milestones = incident(CLOSED).get("milestones");
        assertThat(milestones
                        .valueStream()
                        .map(m -> m.get("name").asString() + " "
                                + m.get("at").get("at").asString().substring(11, 16)))
                .containsExactly(
                        "STARTED 13:42",
                        "DETECTED 13:55",
                        "ACKNOWLEDGED 14:00",
                        "DECLARED 14:00",
                        "FIRST_UPDATE 14:05",
                        "MITIGATED 14:58",
                        "RECOVERED 15:05",
                        "RESOLVED 15:12",
                        "REVIEW_HELD 16:30",
                        "CLOSED 17:30");
        var measured = incident(CLOSED).get("measurements");
        assertThat(measured.valueStream()
                        .map(m -> m.get("name").asString() + " "
                                + m.get("seconds").asLong() / 60))
                .containsExactly(
                        "time to detect 13",
                        "time to declare 5",
                        "time to acknowledge 5",
                        "time to first update 5",
                        "time to mitigate 76",
                        "time to recover 83",
                        "time to resolve 72",
                        "time to review 78",
                        "time to close 210");
        assertThat(measured.valueStream()
                        .filter(m -> m.get("approximate").asBoolean())
                        .map(m -> m.get("name").asString()))
                .containsExactly("time to recover");
        assertThat(service.get(INCIDENT + "/postmortem?minVersion=" + CLOSED)
                        .json()
                        .get("measurements")
                        .valueStream()
                        .map(m -> m.get("seconds").asLong()))
                .containsExactlyElementsOf(measured.valueStream()
                        .map(m -> m.get("seconds").asLong())
                        .toList());
    }

    @Test
    void what_is_told_late_stands_in_the_timeline_where_it_happened() {
        story.untilTheRollbackBegins();

        assertThat(entries(timeline(ROLLBACK_BEGUN, "")))
                .containsExactly(
                        6L, 16L, 4L, 5L, 1L, 2L, 3L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 17L, 18L, 19L, 20L, 21L,
                        22L, 23L);

        story.untilResolved();

        var resolved = timeline(RESOLVED, "");
        assertThat(entries(resolved)).endsWith(22L, 24L, 25L, 23L, 26L, 27L, 28L, 29L, 30L, 31L);
        assertThat(entries(resolved)).containsExactlyInAnyOrderElementsOf(numbers(1, RESOLVED));
        assertThat(kinds(resolved)).containsSubsequence("update-missed", "update-missed", "update-published");
        assertThat(resolved.json()
                        .get("entries")
                        .valueStream()
                        .filter(e -> e.get("flags")
                                .valueStream()
                                .anyMatch(f -> f.asString().equals("INSIDE_FREEZE")))
                        .map(e -> e.get("number").asLong()))
                .containsExactly(14L);

        story.untilClosed();

        assertThat(entries(timeline(CLOSED, ""))).endsWith(31L, 32L, 33L, 34L, 35L, 36L, 37L, 38L, 39L, 40L);
    }

    @Test
    void a_timeline_can_be_narrowed() {
        story.untilTheRollbackBegins();
        service.tell(INCIDENT + "/entries/21/pin", "{}");
        long version = service.asTool("pipeline", AccessRole.REPORTER)
                .tell(INCIDENT + "/notes", "{\"text\": \"Rollback is at 3 of 12\"}")
                .version();

        assertThat(entries(timeline(version, "&kind=symptom-recorded&kind=change-recorded")))
                .containsExactly(6L, 16L, 4L, 5L, 14L);
        assertThat(entries(timeline(version, "&pinned=true"))).containsExactly(21L);
        assertThat(entries(timeline(version, "&actor=pipeline"))).containsExactly(version);
        assertThat(entries(timeline(version, "&actorKind=TOOL"))).containsExactly(version);
        assertThat(entries(timeline(version, "&actor=ana&pinned=false&kind=hypothesis-confirmed")))
                .isEmpty();
        assertThat(entries(timeline(version, "&actor=ana")))
                .containsExactlyInAnyOrderElementsOf(numbers(1, ROLLBACK_BEGUN));
    }

    @Test
    void a_timeline_is_a_markdown_document_too() {
        story.untilTheRollbackBegins();

        var document = service.markdown(INCIDENT + "/timeline?minVersion=" + ROLLBACK_BEGUN);

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("Content-Type")).isEqualToIgnoringCase("text/markdown;charset=UTF-8");
        assertThat(document.header("ETag")).isEqualTo("\"" + ROLLBACK_BEGUN + "\"");
        assertThat(document.text())
                .containsSubsequence(
                        "Release 42 of checkout goes out",
                        "The alert on latency fires",
                        "Checkout is slow and fails",
                        "The database is saturated",
                        "Release 42 starves checkout of connections",
                        "Roll checkout back to release 41");
    }

    @Test
    void the_board_shows_an_incident_while_it_is_open() {
        story.untilTheRollbackBegins();
        clock.set(Instant.parse("2026-03-02T14:35:00Z"));
        var card = board().get("incidents").get(0);

        assertThat(card.get("incidentId").asString()).isEqualTo(SeedStory.ID);
        assertThat(card.get("phase").asString()).isEqualTo("MITIGATING");
        assertThat(card.get("frozen").asBoolean()).isTrue();
        assertThat(card.get("primaryHypothesis").asString()).isEqualTo("Release 42 starves checkout of connections");
        assertThat(card.get("mitigations").get("mitigation-1").asString())
                .isEqualTo("Roll checkout back to release 41");
        assertThat(card.get("lastUpdate").get("whatHappened").asString()).isEqualTo("Checkout is slow since 13:42 UTC");
        assertThat(card.get("nextUpdates").get("CUSTOMERS").get("dueAt").asString())
                .isEqualTo("2026-03-02T14:35:00Z");
        assertThat(card.get("updateOverdue").asBoolean()).isFalse();

        clock.set(Instant.parse("2026-03-02T14:35:01Z"));
        var overdue = board().get("incidents").get(0);
        assertThat(overdue.get("updateOverdue").asBoolean()).isTrue();
        assertThat(overdue.get("nextUpdates").get("LEADERSHIP").get("overdue").asBoolean())
                .isTrue();

        clock.set(SeedStory.TOLD_AT);
        story.untilResolved();

        assertThat(board().get("incidents").isEmpty()).isTrue();
    }

    @Test
    void a_freeze_holds_in_its_scope_until_it_is_lifted() {
        story.untilTheRollbackBegins();

        assertThat(frozen("service=checkout&environment=production")).isTrue();
        assertThat(frozen("service=anything-else&environment=production")).isTrue();
        assertThat(frozen("service=checkout&environment=staging")).isFalse();
        assertThat(frozen("service=checkout&environment=production&change=release-41"))
                .isTrue();

        service.tell(INCIDENT + "/freezes/freeze-1/exceptions", """
                {"change": "release-41", "approvedBy": "ana", "because": "It is the rollback"}
                """);

        assertThat(frozen("service=checkout&environment=production&change=release-41"))
                .isFalse();
        assertThat(frozen("service=checkout&environment=production&change=release-43"))
                .isTrue();
        assertThat(strings(service.get("/freezes?minPosition=" + head()).json(), "freezeId"))
                .containsExactly("freeze-1");

        story.untilResolved();

        assertThat(frozen("service=checkout&environment=production")).isFalse();
        assertThat(service.get("/freezes?minPosition=" + head()).json().isEmpty())
                .isTrue();
    }

    @Test
    void the_rhythm_names_the_next_safest_step() {
        story.untilTheRollbackBegins();

        assertThat(nextStep(ROLLBACK_BEGUN)).isEqualTo("PublishUpdate");
        clock.set(Instant.parse("2026-03-02T14:35:00Z"));
        assertThat(nextStep(ROLLBACK_BEGUN)).isEqualTo("CompleteMitigation");

        clock.set(SeedStory.TOLD_AT);
        story.untilResolved();
        assertThat(nextStep(RESOLVED)).isEqualTo("AssessImpact");

        story.untilClosed();
        assertThat(nextStep(CLOSED)).isEqualTo("CompleteAction");
        assertThat(rhythm(CLOSED).get("beats").size()).isEqualTo(10);
        assertThat(rhythm(CLOSED).get("next").get("instruction").asString()).contains("action-3");
    }

    @Test
    void a_postmortem_is_drafted_from_what_was_told() {
        tellAll();
        var named = service.get(INCIDENT + "/postmortem?people=NAMES&minVersion=" + CLOSED)
                .json();

        assertThat(named.get("summary").asString())
                .isEqualTo("A release cut the connection pool of checkout from 50 to 5; the gate did not see it.");
        assertThat(strings(named.get("promises"), "status")).containsExactly("LATE", "LATE", "KEPT", "KEPT");
        assertThat(strings(named.get("promises"), "lateBySeconds")).containsExactly("900", "900", "", "");
        assertThat(named.get("timeline")
                        .get("entries")
                        .valueStream()
                        .filter(e -> e.get("kind").asString().equals("update-missed"))
                        .map(e -> e.get("occurredAt").get("at").asString()))
                .containsExactly("2026-03-02T14:35:00Z", "2026-03-02T14:35:00Z");
        assertThat(strings(named.get("findings"), "id")).containsExactly("finding-1", "finding-2", "finding-3");
        assertThat(strings(named.get("findings"), "pattern"))
                .containsExactly("weak-release-gate", "unrehearsed-rollback", "lagging-updates");
        assertThat(named.get("findings").get(0).get("shownBy").get(0).asLong()).isEqualTo(4);
        assertThat(strings(named.get("actions"), "owner")).containsExactly("ben", "ana", "cleo");
        assertThat(strings(named.get("actions"), "finding")).containsExactly("finding-1", "finding-2", "finding-3");
        assertThat(strings(named.get("hypotheses"), "status")).containsExactly("REFUTED", "CONFIRMED");
        assertThat(strings(named.get("changes"), "freezeBroken")).containsExactly("", "freeze-1", "");

        var anonymous = service.get(INCIDENT + "/postmortem?minVersion=" + CLOSED);
        assertThat(anonymous.text()).doesNotContain("cleo");
        var document = service.markdown(INCIDENT + "/postmortem?minVersion=" + CLOSED);
        assertThat(document.header("Content-Disposition")).contains(SeedStory.ID + "-postmortem.md");
        assertThat(document.text())
                .doesNotContain("cleo")
                .contains(
                        "The release gate measures errors and no latency",
                        "Updates lagged behind what was known",
                        "Gate releases on latency",
                        "Release 7 of search goes out");
    }

    @Test
    void actions_are_followed_beyond_the_end_of_the_incident() {
        tellAll();

        assertThat(strings(actions(""), "actionId")).containsExactly("action-3", "action-1", "action-2");
        assertThat(strings(actions("&overdue=true"), "actionId")).containsExactly("action-3");
        assertThat(strings(actions("&owner=ana"), "actionId")).containsExactly("action-2");
        clock.set(Instant.parse("2026-03-16T23:59:59Z"));
        assertThat(strings(actions("&overdue=true"), "actionId")).containsExactly("action-3");
        clock.set(Instant.parse("2026-03-17T00:00:00Z"));
        assertThat(strings(actions("&overdue=true"), "actionId")).containsExactly("action-3", "action-1");

        service.tell(INCIDENT + "/actions/action-3/completion", "{\"outcome\": \"A bot reminds\"}");

        assertThat(strings(actions("&overdue=true"), "actionId")).containsExactly("action-1");
        assertThat(strings(actions("&owner=cleo"), "status")).containsExactly("DONE");
        assertThat(strings(actions("&owner=cleo"), "outcome")).containsExactly("A bot reminds");
        assertThat(incident(CLOSED + 1).get("phase").asString()).isEqualTo("CLOSED");
        assertThat(rhythm(CLOSED + 1).get("next").get("instruction").asString()).contains("action-1");
    }

    @Test
    void the_same_trouble_is_declared_once_while_it_is_open() {
        var again = """
                {"title": "Latency", "severity": "SEV3", "lead": "bot", "detection": {"source": "ALERT"},
                 "dedupKey": "alert/latency-p99"}
                """;
        story.untilTheRollbackBegins();
        long before = head();

        var refused = service.post("/incidents", again);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("dedup-key-taken");
        assertThat(refused.header("Location")).isEqualTo("/api/v1/incidents/" + SeedStory.ID);
        assertThat(head()).isEqualTo(before);

        story.untilResolved();

        assertThat(service.post("/incidents", again).status()).isEqualTo(201);
        assertThat(board().get("incidents").size()).isEqualTo(1);
    }

    private void tellAll() {
        story.untilTheRollbackBegins();
        story.untilResolved();
        story.untilClosed();
    }

    private JsonNode incident(long version) {
        var answer = service.get(INCIDENT + "?minVersion=" + version).accepted();
        assertThat(answer.header("ETag")).isEqualTo("\"" + version + "\"");
        return answer.json();
    }

    private Answer timeline(long version, String filter) {
        return service.get(INCIDENT + "/timeline?minVersion=" + version + filter)
                .accepted();
    }

    private JsonNode rhythm(long version) {
        return service.get(INCIDENT + "/rhythm?minVersion=" + version)
                .accepted()
                .json();
    }

    private String nextStep(long version) {
        return rhythm(version).get("next").get("command").asString();
    }

    private JsonNode board() {
        return service.get("/status-board?minPosition=" + head()).accepted().json();
    }

    private boolean frozen(String change) {
        return service.get("/freezes/check?" + change + "&minPosition=" + head())
                .accepted()
                .json()
                .get("frozen")
                .asBoolean();
    }

    private JsonNode actions(String filter) {
        return service.get("/actions?minPosition=" + head() + filter).accepted().json();
    }

    /** The last position that an answer has told of. */
    private long head() {
        return service.context().getBean(EventLog.class).head();
    }

    private static List<Long> entries(Answer timeline) {
        return timeline.json()
                .get("entries")
                .valueStream()
                .map(e -> e.get("number").asLong())
                .toList();
    }

    private static List<String> kinds(Answer timeline) {
        return strings(timeline.json().get("entries"), "kind");
    }

    /** One field of every element; nothing where it is absent. */
    private static List<String> strings(JsonNode array, String field) {
        return array.valueStream()
                .map(e -> e.path(field).isNull() ? "" : e.path(field).asString(""))
                .toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
