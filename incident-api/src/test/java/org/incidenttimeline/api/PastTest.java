package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.SoftAssertions;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
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

/** What was known at a moment that is past, and how much of it had happened by another. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter, and start() the rest.
class PastTest {
    private static final Instant START = Instant.parse("2026-03-01T14:00:00Z");
    private static final List<String> OF_ONE =
            List.of("", "/rhythm", "/timeline", "/timeline?people=ROLES", "/postmortem");
    private static final List<String> ACROSS = List.of(
            "/status-board",
            "/status-board?severity=SEV1&service=checkout",
            "/incidents",
            "/incidents?open=true&lead=ben",
            "/incidents?q=words",
            "/freezes",
            "/freezes/check?service=checkout&environment=production",
            "/actions",
            "/actions?owner=ana");

    @Parameter
    Database kind;

    private final MutableClock clock = new MutableClock(START);
    private TestDatabase database;
    private RunningService service;
    private Instant now = START;
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

    /** An answer as it was given, and how to ask for it again afterwards. */
    private record Given(String path, List<String> moments, String answer) {}

    private void pass(Duration time) {
        now = now.plus(time);
        clock.set(now);
    }

    private Answer tell(String path, String body) {
        var told = service.post(path, body);
        if (told.status() / 100 == 2 && !told.json().get("position").isNull()) {
            position = told.json().get("position").asLong();
        }
        return told;
    }

    private void declare(String id, String more) {
        assertThat(tell("/incidents", """
                        {"incidentId": "%s", "title": "Incident %s", "severity": "SEV2", "lead": "ana",
                         "detection": {"source": "ALERT"}%s}
                        """.formatted(id, id, more)).status()).isEqualTo(201);
    }

    private Answer fresh(String path) {
        return service.send(service.request("/api/v1" + and(path, "minPosition=" + position))
                        .header("Accept", "application/json")
                        .header("Prefer", "wait=30"))
                .accepted();
    }

    private static String and(String path, String parameter) {
        return path + (path.contains("?") ? "&" : "?") + parameter;
    }

    private static String markdown(RunningService service, String path) {
        return service.markdown(path).accepted().text();
    }

    @Test
    void an_answer_about_a_version_is_the_one_that_was_given_when_it_was_the_newest() {
        for (long seed = 1; seed <= 3; seed++) {
            var random = new SplittableRandom(seed);
            var given = new ArrayList<Given>();
            var ids = List.of("past-" + seed + "a", "past-" + seed + "b", "past-" + seed + "c");
            var declared = new ArrayList<String>();
            for (int step = 0; step < 30; step++) {
                pass(Duration.ofSeconds(random.nextInt(1, 1_500)));
                String id = ids.get(step % 10 == 0 ? step / 10 : random.nextInt(declared.size()));
                if (!declared.contains(id)) {
                    declare(id, ", \"services\": [\"checkout\"], \"mode\": \"LIVE\"");
                    declared.add(id);
                    remember(id, given);
                } else if (tell(id, Step.of(random), random)) {
                    remember(id, given);
                }
            }
            var wrong = new SoftAssertions();
            given.forEach(once -> once.moments()
                    .forEach(moment -> wrong.assertThat(again(once, moment))
                            .as(and(once.path(), moment))
                            .isEqualTo(once.answer())));
            wrong.assertAll();
            assertThat(given).hasSizeGreaterThan(200);
        }
    }

    @Test
    void what_had_happened_by_then_and_what_was_known_of_it_are_two_questions() {
        pass(Duration.ofDays(2));
        var declared = now;
        declare("twofold", ", \"startedAt\": \"" + now.minusSeconds(900) + "\"");
        pass(Duration.ofMinutes(10));
        tell("/incidents/twofold/severity", """
                {"severity": "SEV1", "because": "worse", "occurredAt": "%s"}""".formatted(now.minusSeconds(300)));
        pass(Duration.ofMinutes(10));
        tell("/incidents/twofold/entries/2/correction", """
                {"time": "%s", "because": "It was later"}""".formatted(now.minusSeconds(60)));
        var knownFirst = now.minusSeconds(1);
        var between = declared.plusSeconds(400);

        // Known at first: it was worse within five minutes. Known since: only much later.
        assertThat(severity("asOf=" + knownFirst + "&occurredBefore=" + between))
                .isEqualTo("SEV1");
        assertThat(severity("occurredBefore=" + between)).isEqualTo("SEV2");
        assertThat(severity("version=2&occurredBefore=" + between)).isEqualTo("SEV1");
        assertThat(severity("asOf=" + declared.plusSeconds(1))).isEqualTo("SEV2");
        assertThat(severity("asOf=" + now)).isEqualTo("SEV1");
        for (String path : List.of("/status-board?severity=SEV1", "/incidents?severity=SEV1&service=")) {
            String list = path.replace("&service=", "");
            assertThat(fresh(and(list, "asOf=" + knownFirst + "&occurredBefore=" + between))
                            .text())
                    .contains("twofold");
            assertThat(fresh(and(list, "occurredBefore=" + between)).text()).doesNotContain("twofold");
        }
        assertThat(service.get("/incidents/twofold/timeline?occurredBefore=" + between)
                        .json()
                        .get("entries"))
                .hasSize(1);
        assertThat(service.get("/incidents/twofold?occurredBefore=" + declared).status())
                .as("The declaration itself had not happened before")
                .isEqualTo(404);
    }

    private String severity(String moment) {
        return service.get("/incidents/twofold?" + moment)
                .accepted()
                .json()
                .get("severity")
                .asString();
    }

    @Test
    void what_was_due_then_is_overdue_by_the_clock_of_then() {
        pass(Duration.ofDays(2));
        declare("promised", "");
        tell("/incidents/promised/communication-plans", """
                {"audience": "SUPPORT", "owner": "ben", "channel": "#support", "cadence": "PT30M"}""");
        pass(Duration.ofMinutes(1));
        var before = now;
        pass(Duration.ofHours(2));

        assertThat(promise("asOf=" + before)).isFalse();
        assertThat(promise("asOf=" + now)).isTrue();
        assertThat(promise("occurredBefore=" + before)).isFalse();
    }

    private boolean promise(String moment) {
        return service.get("/incidents/promised?" + moment)
                .accepted()
                .json()
                .get("promises")
                .get(0)
                .get("overdue")
                .asBoolean();
    }

    @Test
    void a_moment_that_is_none_is_refused_with_the_reason() {
        pass(Duration.ofDays(2));
        var before = now.minusSeconds(1);
        declare("moments", "");
        for (var wrong : List.of(
                "/incidents/moments?asOf=" + now.plusSeconds(1),
                "/incidents/moments?asOf=" + now + "&version=1",
                "/incidents/moments?asOf=yesterday",
                "/incidents/moments?asOf=",
                "/incidents/moments?asOf=" + now + "&asOf=" + now,
                "/incidents/moments?version=0",
                "/incidents/moments/timeline?version=one",
                "/incidents/moments/postmortem?occurredBefore=2026",
                "/status-board?version=1",
                "/status-board?asOf=" + now.plusSeconds(60),
                "/incidents/moments/difference?from=0&to=1",
                "/incidents/moments/difference?from=2&to=1",
                "/incidents/moments/difference?from=1&to=1&view=FREEZES",
                "/incidents/moments/difference?from=1")) {
            var refused = service.get(wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.json().get("code").asString()).as(wrong).isEqualTo("invalid-parameter");
        }
        for (var early : List.of("/incidents/moments", "/incidents/moments/timeline", "/incidents/moments/rhythm")) {
            var refused = service.get(early + "?asOf=" + before);
            assertThat(refused.json().get("code").asString()).as(early).isEqualTo("incident-not-declared");
        }
        for (var late : List.of("/incidents/moments?version=2", "/incidents/moments/difference?from=1&to=2")) {
            var refused = service.get(late);
            assertThat(refused.status()).as(late).isEqualTo(404);
            assertThat(refused.json().get("code").asString()).as(late).isEqualTo("version-not-reached");
        }
    }

    @Test
    void an_answer_about_the_past_is_tagged_by_what_it_says() {
        pass(Duration.ofDays(2));
        declare("tagged", "");
        pass(Duration.ofMinutes(1));
        var moment = now;
        pass(Duration.ofMinutes(1));
        for (var path : List.of("/incidents/tagged", "/incidents/tagged/timeline", "/incidents/tagged/postmortem")) {
            String asked = path + "?asOf=" + moment;
            var first = service.get(asked).accepted();
            tell("/incidents/tagged/notes", "{\"text\": \"later\"}");
            pass(Duration.ofMinutes(1));

            assertThat(first.header("ETag")).as(path).isNotEqualTo("\"1\"");
            assertThat(service.send(service.request("/api/v1" + asked)
                                    .header("Accept", "application/json")
                                    .header("If-None-Match", first.header("ETag")))
                            .status())
                    .as(path)
                    .isEqualTo(304);
        }
    }

    @Test
    void the_difference_of_two_versions_is_what_changed_and_the_events_that_changed_it() {
        pass(Duration.ofDays(2));
        declare("differs", "");
        tell("/incidents/differs/notes", "{\"text\": \"first\"}");
        tell("/incidents/differs/severity", "{\"severity\": \"SEV1\", \"because\": \"worse\"}");
        tell("/incidents/differs/notes", """
                {"text": "before all", "occurredAt": "%s"}""".formatted(now.minusSeconds(60)));

        var incident = service.get("/incidents/differs/difference?from=2&to=3")
                .accepted()
                .json();
        assertThat(incident.get("changes").valueStream().map(c -> c.get("path").asString()))
                .contains("/version", "/severity");
        assertThat(incident.get("events").valueStream().map(e -> e.get("kind").asString()))
                .containsExactly("severity-changed");
        var timeline = service.get("/incidents/differs/difference?from=3&to=4&view=TIMELINE")
                .accepted()
                .json();
        // It comes first, and yet nothing but it changed.
        assertThat(timeline.get("changes").valueStream().map(c -> c.get("path").asString()))
                .containsExactly("/version", "/entries/4");
        for (var view : List.of("RHYTHM", "POSTMORTEM")) {
            assertThat(service.get("/incidents/differs/difference?from=1&to=4&view=" + view)
                            .accepted()
                            .json()
                            .get("changes"))
                    .isNotEmpty();
        }
        assertThat(service.get("/incidents/differs/difference?from=4&to=4")
                        .json()
                        .get("changes"))
                .isEmpty();
    }

    private String again(Given once, String moment) {
        return once.path().endsWith(".md")
                ? markdown(service, and(once.path().replace(".md", ""), moment))
                : service.get(and(once.path(), moment)).accepted().text();
    }

    private void remember(String id, List<Given> given) {
        String incident = "/incidents/" + id;
        var asOf = "asOf=" + now;
        long version = service.get(incident).accepted().version();
        String known = "minVersion=" + version;
        var moments = List.of(asOf, "version=" + version);
        for (String view : OF_ONE) {
            var answer = service.get(and(incident + view, known)).accepted();
            given.add(new Given(incident + view, moments, answer.text()));
        }
        for (String view : List.of("/timeline", "/postmortem")) {
            given.add(new Given(incident + view + ".md", moments, markdown(service, and(incident + view, known))));
        }
        for (String path : ACROSS) {
            given.add(new Given(path, List.of(asOf), fresh(path).text()));
        }
    }

    /** Whether the rules let the step happen. */
    private boolean tell(String id, Step step, SplittableRandom random) {
        var earlier = now.minusSeconds(random.nextInt(0, 3_000)).truncatedTo(ChronoUnit.SECONDS);
        String time = random.nextBoolean() ? "" : "\"occurredAt\": \"" + earlier + "\"";
        String fields = step.fields();
        String both = time.isEmpty() || fields.isEmpty() || step.path().contains("/entries/") ? "" : ", ";
        boolean timed = !time.isEmpty() && !step.path().contains("/entries/");
        return tell("/incidents/" + id + step.path(), "{" + (timed ? time : "") + both + fields + "}")
                                .status()
                        / 100
                == 2;
    }

    /** Something that may happen in an incident, by its address and the fields of its body. */
    private record Step(String path, String fields) {
        private static final List<Step> ALL = List.of(
                new Step("/notes", "'text': 'words # of a note'"),
                new Step("/symptoms", "'state': 'FAILING', 'text': 'it fails', 'source': 'LOG', 'service': 'checkout'"),
                new Step("/severity", "'severity': 'SEV#', 'because': 'it is another'"),
                new Step("/roles/LEAD/handover", "'from': 'ana', 'to': 'ben'"),
                new Step("/roles/LEAD/handover", "'from': 'ben', 'to': 'ana'"),
                new Step("/impacts", "'impact': {'broken': 'orders', 'spread': 'ISOLATED'}"),
                new Step(
                        "/freezes",
                        "'scope': {'services': ['checkout'], 'environments': ['*']}, 'reason': 'calm',"
                                + " 'expectedEnd': '2026-03-01T18:00:00Z'"),
                new Step("/freezes/freeze-#/exceptions", "'change': 'c#', 'approvedBy': 'ana', 'because': 'safe'"),
                new Step("/freezes/freeze-#/lift", "'because': 'stable'"),
                new Step(
                        "/evidence",
                        "'title': 'a log', 'kind': 'LOG', 'location': 'https://logs.example.org/q',"
                                + " 'collectedBy': 'ben', 'certainty': 'FACT'"),
                new Step("/hypotheses", "'statement': 'it is #', 'prediction': 'p', 'refutedBy': 'r'"),
                new Step("/hypotheses/hypothesis-#/primary", ""),
                new Step("/hypotheses/hypothesis-#/set-aside", "'because': 'no'"),
                new Step("/mitigations", "'kind': 'FLAG', 'text': 'switch it off', 'blind': true"),
                new Step("/mitigations/mitigation-#/completion", "'outcome': 'EFFECTIVE', 'observed': 'it is well'"),
                new Step(
                        "/communication-plans",
                        "'audience': 'SUPPORT', 'owner': 'ben', 'channel': '#s', 'cadence': 'PT30M'"),
                new Step(
                        "/updates",
                        "'audiences': ['SUPPORT'], 'whatHappened': 'words', 'userImpact': 'some',"
                                + " 'whatWeAreDoing': 'looking', 'nextUpdateAt': '2026-03-02T14:05:00Z'"),
                new Step("/entries/#/correction", "'text': 'words of a correction', 'because': 'wrong'"),
                new Step("/entries/#/correction", "'time': '2026-03-01T13:5#:00Z', 'because': 'wrong'"),
                new Step("/entries/#/pin", ""),
                new Step(
                        "/recovery-checks",
                        "'checks': [{'signal': 's', 'expectation': 'e', 'observation': 'o',"
                                + " 'passed': true, 'userFacing': true}]"),
                new Step("/review", "'facilitator': 'cleo'"),
                new Step("/actions", "'text': 'do it', 'kind': 'PREVENT', 'owner': 'ana', 'due': '2026-03-0#'"),
                new Step("/actions", "'text': 'do it', 'kind': 'PREVENT'"),
                new Step("/actions/action-#/reassignment", "'to': 'ben', 'because': 'busy'"),
                new Step("/actions/action-#/completion", "'outcome': 'done'"),
                new Step("/findings", "'kind': 'CONTRIBUTING_FACTOR', 'text': 'the gate'"),
                new Step("/cancellation", "'reason': 'FALSE_POSITIVE', 'because': 'a probe'"),
                new Step("/reopening", "'because': 'again'"));

        static Step of(SplittableRandom random) {
            var step = ALL.get(random.nextInt(ALL.size()));
            String number = String.valueOf(random.nextInt(1, 4));
            return new Step(
                    step.path().replace("#", number),
                    step.fields().replace("#s", "@s").replace("#", number).replace('\'', '"'));
        }
    }
}
