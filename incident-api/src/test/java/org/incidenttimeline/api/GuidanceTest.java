package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Runbooks and playbooks, from the first draft to the postmortem of an incident that used them. */
@ParameterizedClass
@EnumSource(Database.class)
class GuidanceTest {
    private static final String RUNBOOK = """
            "title": "Replication lags", "services": ["database"],
            "symptoms": ["Replication lag grows", "The secondary is behind"],
            "firstChecks": [{"action": "Read the lag", "expected": "A number of seconds"}],
            "safeMitigations": [{"action": "Stop the batch jobs"}],
            "escalateWhen": "The lag grows for ten minutes more",
            "restoredWhen": [{"action": "See that the lag is below a second"}],
            "rollback": [{"action": "Start the batch jobs"}]
            """;

    private static final String PLAYBOOK = """
            "title": "Database outage", "services": ["database"],
            "roles": [{"severities": ["SEV1"], "role": "SCRIBE", "person": "cleo"},
                      {"role": "COMMUNICATIONS", "person": "ben"}],
            "escalations": [{"when": "Data may be lost", "to": "dora", "reachedAt": "tel:+15550100", "within": "PT15M"}],
            "decisions": [{"question": "Fail over?", "decidedBy": "LEAD", "guidance": "Only in step"}],
            "communication": [{"audience": "SUPPORT", "owner": "ben", "channel": "#support", "cadence": "PT30M"}]
            """;

    private final TestDatabase database;
    private final RunningService ana;
    private final RunningService ben;

    GuidanceTest(Database kind) {
        database = TestDatabases.empty(kind);
        ana = RunningService.on(database, Clock.systemUTC());
        ben = ana.as("ben", AccessRole.values());
    }

    @AfterEach
    void close() {
        ana.close();
        database.close();
    }

    private Answer draft(String id) {
        return ana.tell("/runbooks", "{\"runbookId\": \"" + id + "\", " + RUNBOOK + "}");
    }

    private Answer approve(String id, int revision) {
        return ben.tell("/runbooks/" + id + "/approval", "{\"revision\": " + revision + "}");
    }

    private void playbookInUse() {
        ana.tell("/playbooks", "{\"playbookId\": \"outage\", " + PLAYBOOK + "}");
        ben.tell("/playbooks/outage/approval", "{\"revision\": 1}");
    }

    private Answer declare(String id, String more) {
        return ana.post("/incidents", """
                {"incidentId": "%s", "title": "Reads are stale", "severity": "SEV1", "lead": "ana",
                 "services": ["database"], "detection": {"source": "ALERT"}%s}
                """.formatted(id, more));
    }

    private Answer refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("code").asString("")).isEqualTo(code);
        return answer;
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(item -> item.path(field).asString("")).toList();
    }

    @Test
    void a_draft_says_where_it_is_and_is_in_use_once_another_person_approved_it() {
        var drafted = draft("lag");
        assertThat(drafted.status()).isEqualTo(201);
        assertThat(drafted.header("Location")).isEqualTo("/api/v1/runbooks/lag");
        assertThat(drafted.header("ETag")).isEqualTo("\"1\"");
        assertThat(drafted.json().path("warnings").isEmpty()).isTrue();
        assertThat(texts(drafted.json().path("events"), "kind")).containsExactly("drafted");

        refused(ana.post("/runbooks/lag/approval", "{\"revision\": 1}"), 409, "approval-by-another-required");
        refused(ben.post("/runbooks/lag/approval", "{\"revision\": 2}"), 409, "revision-not-latest");
        refused(
                ana.asTool("bot", AccessRole.values()).post("/runbooks/lag/approval", "{\"revision\": 1}"),
                409,
                "approval-by-human-required");
        refused(draftAgain(), 409, "runbook-already-drafted");
        approve("lag", 1);

        var read = ana.get("/runbooks/lag");
        assertThat(read.header("ETag")).isEqualTo("\"2\"");
        assertThat(read.json().path("state").asString()).isEqualTo("IN_USE");
        assertThat(read.json().at("/inUse/written/author").asString()).isEqualTo("ana");
        assertThat(read.json().at("/inUse/written/approval/approver").asString())
                .isEqualTo("ben");
        assertThat(read.json().at("/inUse/readingTime").asString()).isEqualTo("PT12S");
        assertThat(read.json().at("/inUse/rollback/0/step").intValue()).isEqualTo(4);
    }

    private Answer draftAgain() {
        return ana.post("/runbooks", "{\"runbookId\": \"lag\", " + RUNBOOK + "}");
    }

    @Test
    void a_revision_waits_while_the_approved_one_is_in_use_and_every_revision_can_be_read() {
        draft("lag");
        approve("lag", 1);
        var newer = "{" + RUNBOOK.replace("Read the lag", "Look at the dashboard") + ", \"because\": \"there is one\"}";
        var stale = ana.send(ana.request("/api/v1/runbooks/lag/revision")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .POST(BodyPublishers.ofString(newer)));
        refused(stale, 412, "version-moved");
        ana.tell("/runbooks/lag/revision", newer);

        var waiting = ana.get("/runbooks/lag").json();
        assertThat(waiting.path("state").asString()).isEqualTo("IN_REVISION");
        assertThat(waiting.at("/newest/firstChecks/0/action").asString()).isEqualTo("Look at the dashboard");
        assertThat(waiting.at("/inUse/firstChecks/0/action").asString()).isEqualTo("Read the lag");
        assertThat(waiting.path("revisions").size()).isEqualTo(2);

        approve("lag", 2);
        assertThat(ana.get("/runbooks/lag/revisions/1")
                        .json()
                        .at("/firstChecks/0/action")
                        .asString())
                .isEqualTo("Read the lag");
        refused(ana.get("/runbooks/lag/revisions/3"), 404, "not-found");

        ana.tell("/runbooks/lag/retirement", "{\"because\": \"the database is gone\"}");
        var retired = ana.get("/runbooks/lag").json();
        assertThat(retired.path("state").asString()).isEqualTo("RETIRED");
        assertThat(retired.at("/inUse/firstChecks/0/action").asString()).isEqualTo("Look at the dashboard");
        refused(ana.post("/runbooks/lag/revision", newer), 409, "runbook-retired");
    }

    @Test
    void what_is_too_long_to_read_is_refused_and_what_is_long_is_taken_with_a_warning() {
        var words = "word ".repeat(1_100).strip();
        var drafted =
                ana.tell("/runbooks", "{\"runbookId\": \"long\", " + RUNBOOK.replace("Read the lag", words) + "}");
        assertThat(texts(drafted.json().path("warnings"), "code")).containsExactly("runbook-long");

        var endless = RUNBOOK.replace("Read the lag", words).replace("The lag grows for", words);
        var answer = refused(
                ana.post("/runbooks", "{\"runbookId\": \"endless\", " + endless + "}"), 422, "runbook-too-long");
        assertThat(answer.json().at("/facts/longest").asString()).isEqualTo("PT10M");
        refused(ana.get("/runbooks/endless"), 404, "runbook-not-drafted");
    }

    @Test
    void a_part_that_is_missing_or_wrong_is_named() {
        var without = refused(
                ana.post("/runbooks", "{" + RUNBOOK.replace("[{\"action\": \"Start the batch jobs\"}]", "[]") + "}"),
                422,
                "runbook-part-required");
        assertThat(texts(without.json().path("errors"), "pointer")).containsExactly("/rollback");

        var wrong = refused(
                ana.post("/runbooks", "{" + RUNBOOK.replace("{\"action\": \"Stop the batch jobs\"}", "\"Stop\"") + "}"),
                400,
                "invalid-request");
        assertThat(texts(wrong.json().path("errors"), "pointer")).containsExactly("/safeMitigations/0");

        var revision = refused(ana.post("/runbooks/x/approval", "{\"revision\": \"1\"}"), 400, "invalid-request");
        assertThat(texts(revision.json().path("errors"), "detail")).containsExactly("must be a whole number");
    }

    @Test
    void runbooks_are_listed_in_parts_and_only_those_wanted() {
        for (var id : List.of("a", "b", "c")) {
            draft(id);
        }
        long position = approve("a", 1).json().path("position").longValue();
        var first = ana.get("/runbooks?limit=2&minPosition=" + position);
        assertThat(texts(first.json().path("runbooks"), "runbookId")).containsExactly("c", "b");

        var rest =
                ana.get("/runbooks?limit=2&cursor=" + first.json().path("next").asString());
        assertThat(texts(rest.json().path("runbooks"), "runbookId")).containsExactly("a");
        assertThat(rest.json().path("next").isNull()).isTrue();
        assertThat(texts(
                        ana.get("/runbooks?state=IN_USE&service=DATABASE")
                                .json()
                                .path("runbooks"),
                        "runbookId"))
                .containsExactly("a");
        assertThat(ana.get("/runbooks?service=search").json().path("runbooks").isEmpty())
                .isTrue();
        refused(ana.get("/runbooks?state=OLD"), 400, "invalid-parameter");
        refused(ana.get("/runbooks?limit=1&cursor=abc"), 400, "invalid-cursor");
        refused(ana.get("/runbooks?stat=DRAFT"), 400, "invalid-parameter");
    }

    @Test
    void every_view_knows_a_position_at_which_a_runbook_was_written() {
        long position = draft("lag").json().path("position").longValue();

        for (var view : List.of(
                "/status-board", "/freezes", "/actions", "/incidents", "/search?q=lag", "/runbooks", "/playbooks")) {
            var separator = view.contains("?") ? "&" : "?";
            ana.get(view + separator + "minPosition=" + position).accepted();
        }
        assertThat(ana.send(ana.request("/actuator/health")).status()).isEqualTo(200);
    }

    @Test
    void an_incident_is_offered_the_runbooks_that_match_and_is_told_why() {
        draft("lag");
        approve("lag", 1);
        draft("draft-only");
        declare("inc-1", "").accepted();
        long position = ana.tell("/incidents/inc-1/symptoms", """
                        {"state": "FAILING", "text": "Replication lag is at 400 s", "source": "METRIC"}
                        """)
                .json()
                .path("position")
                .longValue();

        var offered = ana.get("/incidents/inc-1/runbooks?minPosition=" + position)
                .accepted()
                .json();

        assertThat(texts(offered.path("suggestions"), "runbookId")).containsExactly("lag");
        var lag = offered.path("suggestions").path(0);
        assertThat(lag.path("score").intValue()).isEqualTo(12);
        assertThat(lag.at("/services/0").asString()).isEqualTo("database");
        assertThat(lag.at("/symptoms/0/symptom").asString()).isEqualTo("Replication lag grows");
        assertThat(lag.at("/symptoms/0/words").valueStream().map(JsonNode::asString))
                .containsExactly("replication", "lag");
        assertThat(lag.path("followed").booleanValue()).isFalse();
        refused(ana.get("/incidents/nothing/runbooks"), 404, "incident-not-declared");
    }

    @Test
    void who_may_not_see_an_incident_is_not_told_what_matches_it() {
        declare("secret", ", \"visibility\": \"RESTRICTED\"").accepted();

        refused(ana.as("eve", AccessRole.RESPONDER).get("/incidents/secret/runbooks"), 404, "incident-not-declared");
        ana.get("/incidents/secret/runbooks").accepted();
    }

    @Test
    void a_runbook_is_followed_step_by_step_from_the_timeline_to_the_postmortem() {
        draft("lag");
        declare("inc-1", "").accepted();
        refused(ana.post("/incidents/inc-1/runbooks", "{\"runbookId\": \"lag\"}"), 409, "runbook-not-approved");
        refused(ana.post("/incidents/inc-1/runbooks", "{\"runbookId\": \"none\"}"), 422, "runbook-not-drafted");
        var steps = "/incidents/inc-1/runbooks/lag/steps/";
        refused(ana.post(steps + "1/completion", "{\"outcome\": \"o\"}"), 409, "runbook-not-followed");
        approve("lag", 1);

        ana.tell("/incidents/inc-1/runbooks", "{\"runbookId\": \"lag\"}");
        var again = ana.tell("/incidents/inc-1/runbooks", "{\"runbookId\": \"lag\"}");
        assertThat(again.json().path("events").isEmpty()).isTrue();
        refused(ana.post(steps + "1/completion", "{}"), 422, "step-outcome-required");
        refused(ana.post(steps + "5/completion", "{\"outcome\": \"o\"}"), 404, "unknown-step");
        refused(ana.post(steps + "0/completion", "{\"outcome\": \"o\"}"), 404, "not-found");
        ana.tell(steps + "1/completion", "{\"outcome\": \"400 s\"}");
        ana.tell(steps + "2/completion", "{\"skippedBecause\": \"No batch runs now\"}");

        var incident = ana.get("/incidents/inc-1").json();
        assertThat(incident.at("/runbooks/0/steps/0/outcome").asString()).isEqualTo("400 s");
        assertThat(incident.at("/runbooks/0/steps/1/skippedBecause").asString()).isEqualTo("No batch runs now");
        assertThat(incident.at("/runbooks/0/steps/2/entry").isNull()).isTrue();
        var rhythm = ana.get("/incidents/inc-1/rhythm").json();
        assertThat(rhythm.at("/following/0/step").intValue()).isEqualTo(3);
        assertThat(rhythm.at("/following/0/action").asString()).isEqualTo("See that the lag is below a second");
        var timeline = ana.get("/incidents/inc-1/timeline").json().path("entries");
        assertThat(texts(timeline, "kind"))
                .containsExactly("declared", "runbook-followed", "runbook-step-completed", "runbook-step-completed");
        assertThat(texts(timeline, "headline"))
                .contains(
                        "Runbook followed: lag, revision 1: Replication lags",
                        "Step 2 of runbook lag skipped: No batch runs now");
        assertThat(ana.markdown("/incidents/inc-1/postmortem").text())
                .contains("## Runbooks", "Step 1, done:", "Of these steps nothing is told: 3, 4");
        assertThat(ana.get("/incidents/inc-1/postmortem")
                        .json()
                        .at("/runbooks/0/steps/3/outcome")
                        .isNull())
                .isTrue();
        assertThat(ana.get("/incidents/inc-1/runbooks")
                        .json()
                        .at("/suggestions/0/followed")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void a_declaration_with_a_playbook_is_one_append_of_everything_that_follows_from_it() {
        playbookInUse();

        var declared = declare("inc-1", ", \"playbook\": \"outage\"");

        assertThat(declared.status()).as(declared.text()).isEqualTo(201);
        assertThat(texts(declared.json().path("events"), "kind"))
                .containsExactly(
                        "declared", "playbook-applied", "role-assigned", "role-assigned", "communication-planned");
        assertThat(declared.version()).isEqualTo(5);
        var incident = ana.get("/incidents/inc-1").json();
        assertThat(texts(incident.path("roles"), "person")).containsExactlyInAnyOrder("ana", "cleo", "ben");
        assertThat(incident.at("/playbook/playbookId").asString()).isEqualTo("outage");
        assertThat(incident.at("/playbook/escalations/0/within").asString()).isEqualTo("PT15M");
        assertThat(incident.at("/playbook/decisions/0/decidedBy").asString()).isEqualTo("LEAD");
        assertThat(ana.markdown("/incidents/inc-1/postmortem").text()).contains("## Playbooks");
    }

    @Test
    void a_declaration_with_a_playbook_that_is_not_in_use_declares_nothing() {
        ana.tell("/playbooks", "{\"playbookId\": \"outage\", " + PLAYBOOK + "}");

        refused(declare("inc-1", ", \"playbook\": \"outage\""), 409, "playbook-not-approved");
        refused(declare("inc-1", ", \"playbook\": \"none\""), 422, "playbook-not-drafted");
        refused(ana.get("/incidents/inc-1"), 404, "incident-not-declared");
    }

    @Test
    void a_playbook_is_applied_later_and_leaves_the_roles_that_are_held() {
        playbookInUse();
        declare("inc-1", "").accepted();
        ana.tell("/incidents/inc-1/roles", "{\"role\": \"SCRIBE\", \"person\": \"fay\"}");

        var applied = ana.tell("/incidents/inc-1/playbook", "{\"playbookId\": \"outage\"}");

        assertThat(texts(applied.json().path("events"), "kind"))
                .containsExactly("playbook-applied", "role-assigned", "communication-planned");
        assertThat(ana.tell("/incidents/inc-1/playbook", "{\"playbookId\": \"outage\"}")
                        .json()
                        .path("events")
                        .isEmpty())
                .isTrue();
        assertThat(texts(ana.get("/playbooks?service=database").json().path("playbooks"), "playbookId"))
                .containsExactly("outage");
        assertThat(ana.get("/playbooks/outage/revisions/1")
                        .json()
                        .at("/roles/0/person")
                        .asString())
                .isEqualTo("cleo");
    }

    @Test
    void a_credential_that_is_confined_to_services_writes_for_these_alone() {
        var search = ana.asConfined("search-team", Set.of(new ServiceName("search")), AccessRole.values());
        draft("lag");

        refused(search.post("/runbooks", "{" + RUNBOOK + "}"), 403, "service-not-allowed");
        refused(search.post("/runbooks/lag/retirement", "{\"because\": \"b\"}"), 403, "service-not-allowed");
        refused(
                search.post(
                        "/runbooks/lag/revision",
                        "{" + RUNBOOK.replace("\"database\"", "\"search\"") + ", \"because\": \"b\"}"),
                403,
                "service-not-allowed");
        search.tell("/runbooks", "{" + RUNBOOK.replace("\"database\"", "\"search\"") + "}");
    }

    private Answer keyed(String path, String key, String body) {
        return ana.send(ana.request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "\"" + key + "\"")
                .POST(BodyPublishers.ofString(body)));
    }

    private static void saysTheSame(Answer again, Answer first) {
        assertThat(again.status()).as(again.text()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_draft_under_a_key_is_written_once_and_told_again_with_the_identifier_it_got() {
        var first = keyed("/runbooks", "k1", "{" + RUNBOOK + "}").accepted();
        var again = keyed("/runbooks", "k1", "{" + RUNBOOK + "}");

        saysTheSame(again, first);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        long position = first.json().path("position").longValue();
        assertThat(ana.get("/runbooks?minPosition=" + position)
                        .json()
                        .path("runbooks")
                        .size())
                .isEqualTo(1);
        refused(keyed("/playbooks", "k1", "{" + PLAYBOOK + "}"), 422, "idempotency-key-reused");
    }

    @Test
    void what_changed_nothing_under_a_key_is_told_again_though_it_would_change_something_now() {
        draft("lag");
        approve("lag", 1);
        var first = keyed("/runbooks/lag/approval", "k1", "{\"revision\": 1}").accepted();
        assertThat(first.json().path("events").isEmpty()).isTrue();
        ana.tell("/runbooks/lag/retirement", "{\"because\": \"the database is gone\"}");

        saysTheSame(keyed("/runbooks/lag/approval", "k1", "{\"revision\": 1}"), first);
        refused(keyed("/runbooks/lag/approval", "k2", "{\"revision\": 1}"), 409, "runbook-retired");
    }

    @Test
    void what_was_followed_and_applied_under_a_key_is_told_again_after_it_was_retired() {
        draft("lag");
        approve("lag", 1);
        playbookInUse();
        String declaration = """
                {"title": "Reads are stale", "severity": "SEV1", "lead": "ana", "services": ["database"],
                 "detection": {"source": "ALERT"}, "playbook": "outage"}""";
        String follow = "{\"runbookId\": \"lag\"}";
        String batch = "{\"commands\": [{\"path\": \"/notes\", \"body\": {\"text\": \"n\"}},"
                + " {\"path\": \"/runbooks\", \"body\": " + follow + "}]}";
        var declared = keyed("/incidents", "k1", declaration).accepted();
        declare("inc-1", "").accepted();
        var followed = keyed("/incidents/inc-1/runbooks", "k2", follow).accepted();
        var together = keyed("/incidents/inc-1/commands", "k3", batch).accepted();
        ana.tell("/runbooks/lag/retirement", "{\"because\": \"the database is gone\"}");
        ana.tell("/playbooks/outage/retirement", "{\"because\": \"the database is gone\"}");

        saysTheSame(keyed("/incidents", "k1", declaration), declared);
        saysTheSame(keyed("/incidents/inc-1/runbooks", "k2", follow), followed);
        saysTheSame(keyed("/incidents/inc-1/commands", "k3", batch), together);
        refused(keyed("/incidents", "k4", declaration), 409, "playbook-retired");
        refused(keyed("/incidents/inc-1/runbooks", "k5", follow), 409, "runbook-retired");
        var refusedTogether = refused(keyed("/incidents/inc-1/commands", "k6", batch), 409, "runbook-retired");
        assertThat(refusedTogether.json().at("/facts/command").asString()).isEqualTo("1");
        refused(keyed("/incidents/inc-1/runbooks", "k2", "{\"runbookId\": \"none\"}"), 422, "idempotency-key-reused");
    }

    @Test
    void the_stream_of_events_tells_of_runbooks_and_filters_for_entries_leave_them_out() {
        draft("lag");
        declare("inc-1", "").accepted();

        var all = ana.get("/events?from=0").accepted().json();
        assertThat(texts(all, "type"))
                .containsExactly(
                        "org.incidenttimeline.runbook.drafted.v1", "org.incidenttimeline.incident.declared.v1");
        assertThat(texts(all, "subject")).containsExactly("runbook:lag", "inc-1");
        for (var filter : List.of("kind=declared", "mode=LIVE", "incident=inc-1")) {
            assertThat(texts(ana.get("/events?from=0&" + filter).accepted().json(), "subject"))
                    .as(filter)
                    .containsExactly("inc-1");
        }
        refused(ana.get("/events?from=0&kind=drafted"), 400, "invalid-parameter");
    }
}
