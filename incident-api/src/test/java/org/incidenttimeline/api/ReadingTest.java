package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Lists in parts, filters, search, and what a caller who has the answer already is told. All tests share one service; each
 * has incidents and words of its own.
 */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter, and start() the rest.
class ReadingTest {
    @Parameter
    Database kind;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T14:00:00Z"));
    private TestDatabase database;
    private RunningService service;
    private final Map<String, Long> versions = new HashMap<>();
    private long position;

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

    private Answer tell(String path, String body) {
        var told = service.tell(path, body);
        if (!told.json().get("position").isNull()) {
            position = told.json().get("position").asLong();
        }
        versions.put("/incidents/" + told.json().get("incidentId").asString(), told.version());
        return told;
    }

    private void declare(String id, String more) {
        tell("/incidents", """
                {"incidentId": "%s", "title": "Incident %s", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}%s}
                """.formatted(id, id, more));
    }

    /** The answer that knows all that was told. */
    private Answer read(String path) {
        return service.send(service.request("/api/v1" + fresh(path)).header("Prefer", "wait=30"))
                .accepted();
    }

    private String fresh(String path) {
        var incident = Pattern.compile("^/incidents/[^/?]+").matcher(path);
        return path
                + (path.contains("?") ? "&" : "?")
                + (incident.find() ? "minVersion=" + versions.get(incident.group()) : "minPosition=" + position);
    }

    private static List<String> strings(JsonNode array, String field) {
        return array.valueStream().map(e -> e.get(field).asString()).toList();
    }

    private List<String> incidents(String filter) {
        return strings(read("/incidents?" + filter).json().get("incidents"), "incidentId");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void a_list_that_is_read_in_parts_loses_and_repeats_nothing_while_others_write() {
        for (int i = 1; i <= 7; i++) {
            declare("part-" + i, """
                    , "services": ["parts"], "occurredAt": "2026-02-0%dT10:00:00Z"
                    """.formatted(i % 4 + 1));
        }
        var whole = incidents("service=parts");
        var met = new ArrayList<String>();
        var part = read("/incidents?service=parts&limit=2").json();
        int written = 0;
        while (true) {
            met.addAll(strings(part.get("incidents"), "incidentId"));
            if (part.get("next").isNull()) {
                break;
            }
            written++;
            declare("part-new-" + written, """
                    , "services": ["parts"], "occurredAt": "2026-02-2%dT10:00:00Z"
                    """.formatted(written));
            tell("/incidents/part-" + written + "/severity", "{\"severity\": \"SEV1\", \"because\": \"worse\"}");
            part = read("/incidents?service=parts&limit=2&cursor="
                            + part.get("next").asString())
                    .json();
        }

        assertThat(whole)
                .hasSize(7)
                .containsExactly("part-7", "part-3", "part-6", "part-2", "part-5", "part-1", "part-4");
        assertThat(met).isEqualTo(whole);
        assertThat(incidents("service=parts")).hasSize(7 + written);
    }

    @Test
    void a_list_is_filtered_by_all_that_an_incident_is() {
        declare("filter-1", """
                , "services": ["filter", "Checkout"], "occurredAt": "2026-02-01T10:00:00Z",
                "startedAt": "2026-02-01T09:00:00Z", "mode": "DRILL"
                """);
        declare("filter-2", """
                , "services": ["filter"], "occurredAt": "2026-02-02T10:00:00+01:00"
                """);
        declare("filter-3", """
                , "services": ["FILTER"], "occurredAt": "2026-02-03T10:00:00Z"
                """);
        tell("/incidents/filter-2/roles/LEAD/handover", "{\"from\": \"ana\", \"to\": \"Zoë\"}");
        tell("/incidents/filter-2/severity", "{\"severity\": \"SEV1\", \"because\": \"worse\"}");
        tell("/incidents/filter-3/cancellation", "{\"reason\": \"FALSE_POSITIVE\", \"because\": \"a probe\"}");

        assertThat(incidents("service=filter")).containsExactly("filter-3", "filter-2", "filter-1");
        assertThat(incidents("service=filter&service=elsewhere&open=true")).containsExactly("filter-2", "filter-1");
        assertThat(incidents("service=filter&phase=CANCELLED&phase=DECLARED"))
                .containsExactly("filter-3", "filter-2", "filter-1");
        assertThat(incidents("service=filter&open=false")).containsExactly("filter-3");
        assertThat(incidents("service=filter&severity=SEV1&severity=SEV2")).containsExactly("filter-2");
        assertThat(incidents("service=filter&mode=DRILL")).containsExactly("filter-1");
        assertThat(incidents("service=CHECKOUT")).containsExactly("filter-1");
        assertThat(incidents("service=filter&lead=" + encoded("zoË"))).containsExactly("filter-2");
        assertThat(incidents("service=filter&lead=ana")).containsExactly("filter-3", "filter-1");
        assertThat(incidents("service=filter&person=ANA")).containsExactly("filter-3", "filter-2", "filter-1");
        assertThat(incidents("service=filter&declaredFrom=2026-02-02T09:00:00Z&declaredTo="
                        + encoded("2026-02-03T11:00:00+01:00")))
                .containsExactly("filter-2");
        assertThat(incidents("service=filter&startedFrom=2026-02-01T09:00:00Z&startedTo=2026-02-01T09:00:01Z"))
                .containsExactly("filter-1");
        assertThat(incidents("service=filter&q=worse")).containsExactly("filter-2");
        assertThat(incidents("service=filter&q=" + encoded("incident filter"))).hasSize(3);
        assertThat(incidents("service=filter&q=worse&mode=DRILL")).isEmpty();
    }

    @Test
    void a_declaration_that_was_told_with_a_wrong_time_keeps_its_place_and_is_found_by_the_right_one() {
        declare("moved-1", ", \"services\": [\"moved\"], \"occurredAt\": \"2026-02-01T10:00:00Z\"");
        declare("moved-2", ", \"services\": [\"moved\"], \"occurredAt\": \"2026-02-02T10:00:00Z\"");
        tell("/incidents/moved-1/entries/1/correction", """
                {"time": "2026-02-05T10:00:00Z", "because": "Wrong month"}
                """);

        assertThat(incidents("service=moved")).containsExactly("moved-2", "moved-1");
        assertThat(incidents("service=moved&declaredFrom=2026-02-04T00:00:00Z")).containsExactly("moved-1");
    }

    @Test
    void a_cursor_is_good_for_the_list_that_it_is_from() {
        for (int i = 1; i <= 3; i++) {
            declare("cursor-" + i, ", \"services\": [\"cursor\"], \"summary\": \"cursors everywhere\"");
            tell("/incidents/cursor-" + i + "/notes", "{\"text\": \"more of cursors\"}");
        }
        var cursor = read("/incidents?service=cursor&severity=SEV3&limit=1")
                .json()
                .get("next")
                .asString();
        var ofSearch = read("/search?q=cursors&limit=1").json().get("next").asString();

        // The order of filters and the length of the part do not matter.
        assertThat(service.get("/incidents?severity=SEV3&limit=2&service=cursor&cursor=" + cursor)
                        .accepted()
                        .json()
                        .get("incidents")
                        .size())
                .isEqualTo(2);
        for (var foreign : List.of(
                "/incidents?service=cursor&cursor=" + cursor,
                "/incidents?service=cursor&severity=SEV3&severity=SEV4&cursor=" + cursor,
                "/incidents?service=cursor&severity=SEV3&cursor=" + ofSearch,
                "/incidents?service=cursor&severity=SEV3&cursor=" + cursor.substring(1),
                "/incidents?service=cursor&severity=SEV3&cursor=" + cursor + "AAAA",
                "/incidents?service=cursor&severity=SEV3&cursor=" + changed(cursor),
                "/incidents?service=cursor&severity=SEV3&cursor=" + encoded("ü"),
                "/search?q=cursor&cursor=" + ofSearch,
                "/freezes?cursor=" + ofSearch,
                "/actions?cursor=" + cursor,
                "/incidents/cursor-1/timeline?cursor=" + cursor)) {
            var refused = service.get(foreign);
            assertThat(refused.status()).as(foreign).isEqualTo(400);
            assertThat(refused.json().get("code").asString()).as(foreign).isEqualTo("invalid-cursor");
        }
    }

    private static String changed(String cursor) {
        return (cursor.charAt(0) == 'B' ? "C" : "B") + cursor.substring(1);
    }

    @Test
    void what_was_said_is_found_with_the_words_around_it() {
        declare("said-1", "");
        tell("/incidents/said-1/notes", "{\"text\": \"" + "padding ".repeat(40) + "the Quokka bit the Zürich cable\"}");
        tell("/incidents/said-1/hypotheses", """
                {"statement": "A quokka did it", "prediction": "Bite marks", "refutedBy": "No marks"}
                """);

        var hits = read("/search?q=" + encoded("zurich quok")).json().get("hits");

        assertThat(hits.size()).isEqualTo(1);
        assertThat(hits.get(0).get("entry").asLong()).isEqualTo(2);
        assertThat(hits.get(0).get("title").asString()).isEqualTo("Incident said-1");
        assertThat(matches(hits.get(0))).containsExactly("Quokka", "Zürich");
        assertThat(hits.get(0).get("excerpt").get("text").asString())
                .startsWith("…")
                .hasSizeLessThan(250);
        assertThat(entries(read("/search?q=quokka"))).containsExactly(3L, 2L);
        assertThat(entries(read("/search?q=" + encoded("incident said-1")))).containsExactly(1L);

        tell("/incidents/said-1/entries/2/correction", "{\"text\": \"A wombat bit it\", \"because\": \"Misseen\"}");

        assertThat(entries(read("/search?q=quokka"))).containsExactly(3L);
        assertThat(entries(read("/search?q=wombat"))).containsExactly(2L);
    }

    private static List<String> matches(JsonNode hit) {
        String text = hit.get("excerpt").get("text").asString();
        return hit.get("excerpt")
                .get("matches")
                .valueStream()
                .map(m -> text.substring(m.get("start").asInt(), m.get("end").asInt()))
                .toList();
    }

    private static List<Long> entries(Answer search) {
        return search.json()
                .get("hits")
                .valueStream()
                .map(hit -> hit.get("entry").asLong())
                .toList();
    }

    @Test
    void nothing_of_a_restricted_incident_shows_to_those_who_are_not_named() {
        declare("open-1", ", \"services\": [\"vault\"]");
        tell("/incidents/open-1/notes", "{\"text\": \"an axolotl outside\"}");
        declare("secret-1", ", \"services\": [\"vault\", \"safe\"], \"visibility\": \"RESTRICTED\"");
        tell("/incidents/secret-1/notes", "{\"text\": \"an axolotl in the vault\"}");
        var mallory = service.as("mallory", AccessRole.RESPONDER);
        var auditor = service.as("audrey", AccessRole.AUDITOR);
        var ana = service.as("ana", AccessRole.REPORTER);
        var safe = service.asConfined("safe-bot", Set.of(new ServiceName("SAFE")), AccessRole.AUDITOR);
        var elsewhere = service.asConfined("other-bot", Set.of(new ServiceName("other")), AccessRole.AUDITOR);

        assertThat(axolotlsSeenBy(mallory)).containsOnly("open-1");
        assertThat(axolotlsSeenBy(auditor)).containsOnly("secret-1", "open-1");
        assertThat(axolotlsSeenBy(ana)).containsOnly("secret-1", "open-1");
        assertThat(axolotlsSeenBy(safe)).containsOnly("secret-1");
        assertThat(axolotlsSeenBy(elsewhere)).isEmpty();
        // Nor does a cursor tell that there is more.
        var part =
                mallory.get("/search?q=axolotl&limit=1&minPosition=" + position).json();
        assertThat(part.get("next").isNull()).isTrue();
        // What one caller has is not taken for what another one may have.
        String path = "/incidents?service=vault&minPosition=" + position;
        assertThat(mallory.get(path).header("ETag"))
                .isNotEqualTo(auditor.get(path).header("ETag"));

        tell("/incidents/secret-1/roles", "{\"role\": \"SCRIBE\", \"person\": \"Mallory\"}");

        assertThat(axolotlsSeenBy(mallory)).containsOnly("secret-1", "open-1");
    }

    /** The incidents that show anywhere, each as often as it shows. */
    private List<String> axolotlsSeenBy(RunningService caller) {
        return Stream.of(
                        List.of("/search?q=axolotl", "hits"),
                        List.of("/incidents?service=vault", "incidents"),
                        List.of("/incidents?q=axolotl", "incidents"),
                        List.of("/status-board?service=vault", "incidents"))
                .flatMap(list -> strings(
                        caller.send(caller.request("/api/v1" + list.getFirst() + "&minPosition=" + position)
                                        .header("Prefer", "wait=30"))
                                .accepted()
                                .json()
                                .get(list.getLast()),
                        "incidentId")
                        .stream())
                .toList();
    }

    @Test
    void hits_are_read_in_parts_the_newest_first() {
        declare("hits-1", "");
        for (int i = 2; i <= 6; i++) {
            tell("/incidents/hits-1/notes", "{\"text\": \"capybara " + i + "\"}");
        }
        var met = new ArrayList<Long>();
        var part = read("/search?q=capybara&limit=2");
        met.addAll(entries(part));
        while (!part.json().get("next").isNull()) {
            tell("/incidents/hits-1/notes", "{\"text\": \"capybara, later\"}");
            part = read("/search?q=capybara&limit=2&cursor="
                    + part.json().get("next").asString());
            met.addAll(entries(part));
        }

        assertThat(met).containsExactly(6L, 5L, 4L, 3L, 2L);
    }

    @Test
    void the_parts_of_a_timeline_are_those_of_one_version() {
        declare("long-1", "");
        for (int i = 2; i <= 6; i++) {
            tell("/incidents/long-1/notes", """
                    {"text": "note %d", "occurredAt": "2026-03-01T1%d:00:00Z"}
                    """.formatted(i, 3 - i % 3));
        }
        var whole = read("/incidents/long-1/timeline").json();
        var parts = new ArrayList<JsonNode>();
        var part = read("/incidents/long-1/timeline?limit=2").json();
        part.get("entries").forEach(parts::add);
        while (!part.get("next").isNull()) {
            tell("/incidents/long-1/entries/1/correction", """
                    {"text": "changed", "time": "2026-03-01T09:00:00Z", "because": "moved to the front"}
                    """);
            var answer = read("/incidents/long-1/timeline?limit=2&cursor="
                    + part.get("next").asString());
            assertThat(answer.header("ETag")).isEqualTo("\"6\"");
            part = answer.json();
            part.get("entries").forEach(parts::add);
        }

        assertThat(parts).isEqualTo(whole.get("entries").valueStream().toList());
        assertThat(whole.get("next").isNull()).isTrue();
    }

    @Test
    void a_timeline_is_filtered_by_words_and_by_time() {
        declare("words-1", ", \"occurredAt\": \"2026-03-01T10:00:00Z\"");
        tell("/incidents/words-1/notes", "{\"text\": \"disk full\", \"occurredAt\": \"2026-03-01T11:00:00Z\"}");
        tell("/incidents/words-1/notes", "{\"text\": \"disk freed\", \"occurredAt\": \"2026-03-01T12:00:00Z\"}");

        assertThat(numbers("q=disk")).containsExactly(2L, 3L);
        assertThat(numbers("q=" + encoded("disk fu"))).containsExactly(2L);
        assertThat(numbers("from=2026-03-01T11:00:00Z")).containsExactly(2L, 3L);
        assertThat(numbers("from=2026-03-01T11:00:00Z&to=2026-03-01T12:00:00Z")).containsExactly(2L);
        assertThat(numbers("q=elephant")).isEmpty();
        assertThat(service.markdown("/incidents/words-1/timeline?q=freed&minVersion=3")
                        .accepted()
                        .text())
                .contains("disk freed")
                .doesNotContain("disk full");
    }

    private List<Long> numbers(String filter) {
        return read("/incidents/words-1/timeline?" + filter)
                .json()
                .get("entries")
                .valueStream()
                .map(e -> e.get("number").asLong())
                .toList();
    }

    @Test
    void actions_and_freezes_are_read_in_parts() {
        declare("parts-1", "");
        for (int i = 1; i <= 3; i++) {
            tell("/incidents/parts-1/freezes", """
                    {"scope": {"services": ["parts-%d"], "environments": ["*"]}, "reason": "r"}
                    """.formatted(i));
        }
        assertThat(inParts("/freezes?limit=2", "freezes", "freezeId"))
                .containsSubsequence("freeze-3", "freeze-2", "freeze-1");
        tell("/incidents/parts-1/recovery-checks", """
                {"checks": [{"signal": "s", "expectation": "e", "observation": "o", "passed": true}]}
                """);
        tell("/incidents/parts-1/review", "{\"facilitator\": \"ana\"}");
        for (int i = 1; i <= 3; i++) {
            tell("/incidents/parts-1/actions", """
                    {"text": "a", "kind": "DETECT", "owner": "polly", "due": "2026-05-0%d"}
                    """.formatted(4 - i));
        }

        assertThat(inParts("/actions?owner=polly&limit=2", "actions", "actionId"))
                .containsExactly("action-3", "action-2", "action-1");
    }

    private List<String> inParts(String list, String items, String field) {
        var met = new ArrayList<String>();
        var part = read(list).json();
        while (true) {
            met.addAll(strings(part.get(items), field));
            if (part.get("next").isNull()) {
                return met;
            }
            part = read(list + "&cursor=" + part.get("next").asString()).json();
        }
    }

    @Test
    void the_board_is_filtered_by_severity_and_service() {
        declare("board-1", ", \"services\": [\"board\"]");
        declare("board-2", ", \"services\": [\"board\"]");
        tell("/incidents/board-2/severity", "{\"severity\": \"SEV2\", \"because\": \"worse\"}");

        assertThat(strings(read("/status-board?service=BOARD").json().get("incidents"), "incidentId"))
                .containsExactly("board-2", "board-1");
        assertThat(strings(
                        read("/status-board?service=board&severity=SEV3").json().get("incidents"), "incidentId"))
                .containsExactly("board-1");
    }

    @Test
    void who_has_the_answer_is_not_sent_it_again() {
        declare("tag-1", ", \"services\": [\"tag\"]");
        tell("/incidents/tag-1/notes", "{\"text\": \"tagged\"}");
        for (var path : List.of(
                "/incidents/tag-1",
                "/incidents/tag-1/rhythm",
                "/incidents/tag-1/timeline",
                "/incidents/tag-1/timeline?limit=1",
                "/incidents/tag-1/postmortem",
                "/incidents",
                "/incidents?service=tag&limit=1",
                "/search?q=tagged",
                "/status-board?service=tag",
                "/actions",
                "/freezes")) {
            var first = read(path);
            String tag = first.header("ETag");
            assertThat(tag).as(path).matches("\"[0-9a-z-]+\"");
            assertThat(first.header("Cache-Control")).as(path).contains("no-cache", "private");
            var again = conditional(path, tag);
            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.text()).as(path).isEmpty();
            assertThat(again.header("ETag")).as(path).isEqualTo(tag);
            assertThat(conditional(path, "\"0\", W/" + tag).status()).as(path).isEqualTo(304);
            assertThat(head(path).header("ETag")).as(path).isEqualTo(tag);
            assertThat(head(path).text()).as(path).isEmpty();

            tell("/incidents/tag-1/notes", "{\"text\": \"one more that was tagged\"}");
            read("/search?q=tagged");
            var changed = read(path);
            assertThat(changed.header("ETag")).as(path).isNotEqualTo(tag);
            assertThat(conditional(path, tag).status()).as(path).isEqualTo(200);
        }
    }

    private Answer conditional(String path, String tag) {
        return service.send(service.request("/api/v1" + path).header("If-None-Match", tag));
    }

    private Answer head(String path) {
        return service.send(service.request("/api/v1" + path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void forms_of_one_answer_have_tags_of_their_own() {
        declare("form-1", "");
        var json = read("/incidents/form-1/timeline");
        var markdown = service.markdown("/incidents/form-1/timeline").accepted();

        assertThat(json.header("ETag")).isEqualTo("\"1\"");
        assertThat(markdown.header("ETag")).isEqualTo("\"1-md\"");
        assertThat(conditional("/incidents/form-1/timeline", "\"1-md\"").status())
                .isEqualTo(200);
        assertThat(json.response().headers().allValues("Vary")).contains("Accept", "Accept-Encoding");
    }

    @Test
    void a_tag_changes_when_only_time_has_passed_and_changed_the_answer() {
        var before = clock.instant();
        declare("late-1", ", \"services\": [\"late\"]");
        tell("/incidents/late-1/updates", """
                {"audiences": ["SUPPORT"], "whatHappened": "w", "userImpact": "u", "whatWeAreDoing": "d",
                 "nextUpdateAt": "2026-03-01T14:30:00Z"}
                """);
        var fresh = read("/incidents/late-1");
        var board = read("/status-board?service=late");
        assertThat(fresh.header("ETag")).isEqualTo("\"2\"");
        assertThat(board.json().get("holdsUntil").asString()).isEqualTo("2026-03-01T14:30:00Z");
        try {
            clock.set(Instant.parse("2026-03-01T14:29:59Z"));
            assertThat(conditional("/incidents/late-1", fresh.header("ETag")).status())
                    .isEqualTo(304);
            assertThat(conditional("/status-board?service=late", board.header("ETag"))
                            .status())
                    .isEqualTo(304);

            clock.set(Instant.parse("2026-03-01T14:31:00Z"));
            var late = conditional("/incidents/late-1", fresh.header("ETag"));
            assertThat(late.status()).isEqualTo(200);
            assertThat(late.header("ETag")).matches("\"2-[0-9a-f]{8}\"");
            assertThat(conditional("/incidents/late-1", late.header("ETag")).status())
                    .isEqualTo(304);
            var lateBoard = conditional("/status-board?service=late", board.header("ETag"));
            assertThat(lateBoard.status()).isEqualTo(200);
            assertThat(lateBoard
                            .json()
                            .get("incidents")
                            .get(0)
                            .get("updateOverdue")
                            .asBoolean())
                    .isTrue();
            assertThat(lateBoard.json().get("holdsUntil").isNull()).isTrue();

            // A command looks at the version in it.
            var command = service.request("/api/v1/incidents/late-1/notes")
                    .header("Content-Type", "application/json")
                    .header("If-Match", late.header("ETag"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"seen\"}"));
            assertThat(service.send(command).status()).isEqualTo(200);
        } finally {
            clock.set(before);
        }
    }

    @Test
    void a_long_answer_is_compressed_for_those_who_accept_that() throws Exception {
        declare("zip-1", "");
        IntStream.range(0, 20).forEach(i -> tell("/incidents/zip-1/notes", "{\"text\": \"the same again and again\"}"));
        String path = "/incidents/zip-1/timeline?minVersion=21";
        var plain = service.get(path).accepted();

        var zipped = bytes(path, "br, gzip;q=0.5");

        assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(zipped.headers().firstValue("ETag")).contains("\"21-gzip\"");
        assertThat(zipped.headers().firstValueAsLong("Content-Length")).hasValue(zipped.body().length);
        assertThat(zipped.body().length).isLessThan(plain.text().length() / 5);
        assertThat(unzipped(zipped.body())).isEqualTo(plain.text());
        assertThat(plain.header("ETag")).isEqualTo("\"21\"");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        for (var none : List.of("identity", "gzip;q=0", "br")) {
            assertThat(bytes(path, none).headers().firstValue("Content-Encoding"))
                    .as(none)
                    .isEmpty();
        }
        assertThat(bytes("/incidents/zip-1/timeline?limit=1", "gzip").headers().firstValue("Content-Encoding"))
                .isEmpty();
        var again = service.send(service.request("/api/v1" + path)
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", "\"21-gzip\""));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo("\"21-gzip\"");
        var command = service.request("/api/v1/incidents/zip-1/notes")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"21-gzip\"")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"seen\"}"));
        assertThat(service.send(command).status()).isEqualTo(200);
    }

    private HttpResponse<byte[]> bytes(String path, String encodings) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    service.request("/api/v1" + path)
                            .header("Accept-Encoding", encodings)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String unzipped(byte[] body) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
