package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.Contract;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.SeedStory;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.NoteSigner;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uses every operation that is described at least once with success, so that none is described that does not work. The
 * answers are the examples of the description: run with {@code -Dopenapi.update=true} it writes them anew.
 */
class WholeInterfaceTest {
    private static final Path ANSWERS = Path.of("src/main/resources/openapi/answers.json");
    private static final Path REQUESTS = Path.of("src/main/resources/openapi/requests.json");
    private static final String NOBODY = "http://127.0.0.1:9/incidents";
    private static final NoteSigner WITNESS =
            NoteSigner.generate("witness.example/incidents", NoteKey.Type.COSIGNATURE);
    private static final String OTHER = "/incidents/search-1";

    @Test
    void every_operation_is_used_and_answered_as_described() throws IOException {
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(
                        database,
                        new MutableClock(SeedStory.TOLD_AT),
                        "--incident.webhooks.allow-http=true",
                        "--incident.webhooks.allow-networks=127.0.0.0/8",
                        "--incident.ledger.witnesses=" + WITNESS.key())) {
            var use = Contract.written().use();
            var story = new SeedStory(service);
            story.untilTheRollbackBegins();
            duringTheResponse(service, "/incidents/" + SeedStory.ID);
            reads(service, "/incidents/" + SeedStory.ID);
            story.untilResolved();
            story.untilClosed();
            afterwards(service, "/incidents/" + SeedStory.ID);
            anotherIncident(service);
            guides(service);
            duties(service, "/incidents/" + SeedStory.ID);
            aDrill(service);
            pastIncidents(service);
            acrossIncidents(service, "/incidents/" + SeedStory.ID);
            apiKeys(service);
            sources(service);
            webhooks(service);
            rebuilds(service);
            ledger(service);

            if (Boolean.getBoolean("openapi.update")) {
                Files.writeString(ANSWERS, use.answers());
            }
            assertThat(use.unused()).isEmpty();
        }
    }

    private static void duringTheResponse(RunningService service, String incident) {
        service.tell(incident + "/freezes/freeze-1/exceptions", """
                {"change": "release-41", "approvedBy": "ana", "because": "It is the rollback"}""");
        long note = service.tell(incident + "/notes", """
                        {"text": "The vendor is on the line"}""").version();
        long asked = service.tell(incident + "/entries/" + note + "/redaction-request", """
                        {"reason": "PERSONAL_DATA", "because": "Nobody else is to know who called"}""")
                .version();
        service.as("eve", AccessRole.AUDITOR).tell(incident + "/redaction-requests/" + asked + "/approval", "{}");
        service.tell(incident + "/entries/4/pin", "{}");
        service.tell(incident + "/entries/4/unpin", "{}");
        service.tell(incident + "/entries/5/correction", """
                {"text": "p99 latency of checkout rises from 300 ms to 8 s", "because": "Read from the wrong graph"}""");
    }

    private static void reads(RunningService service, String incident) {
        service.get(incident).accepted();
        service.get(incident + "/rhythm").accepted();
        service.get(incident + "/timeline?pinned=false&kind=declared&kind=symptom-recorded")
                .accepted();
        service.markdown(incident + "/timeline?kind=declared").accepted();
        service.get(incident + "/difference?from=1&to=2&view=RHYTHM").accepted();
        service.get("/status-board?minPosition=20").accepted();
        service.get("/freezes?minPosition=20").accepted();
        service.get("/freezes/check?service=checkout&environment=production").accepted();
    }

    private static void afterwards(RunningService service, String incident) {
        service.tell(incident + "/actions/action-1/reassignment", """
                {"to": "ana", "because": "Ben is away"}""");
        service.tell(incident + "/actions/action-1/rescheduling", """
                {"to": "2026-03-20", "because": "The gate is rewritten first"}""");
        service.tell(incident + "/actions/action-1/completion", """
                {"outcome": "The gate measures p99 latency", "proof": "OPS-101"}""");
        service.tell(incident + "/actions/action-3/drop", """
                {"because": "The service reminds by itself"}""");
        service.get("/actions?owner=ana").accepted();
        for (var log : List.of("/log?to=2026-03-01T00:00:00Z", incident + "/log?kind=declared")) {
            service.send(service.request("/api/v1" + log)).accepted();
        }
        service.get("/register?to=2026-03-02T14:01:00Z").accepted();
        service.send(service.request("/api/v1/register").header("Accept", "text/csv"))
                .accepted();
        service.get("/log/accesses").accepted();
        service.get(incident + "/postmortem").accepted();
        service.markdown(incident + "/postmortem").accepted();
    }

    private static void anotherIncident(RunningService service) {
        service.tell("/incidents", """
                {"incidentId": "search-1", "title": "Search is slow", "severity": "SEV3", "lead": "ben",
                 "services": ["search"], "detection": {"source": "USER_REPORT"}}""");
        service.tell(OTHER + "/severity", """
                {"severity": "SEV2", "because": "Half of the searches fail"}""");
        service.tell(OTHER + "/roles/LEAD/handover", """
                {"from": "ben", "to": "cleo", "briefing": "An index is being rebuilt"}""");
        service.tell(OTHER + "/impacts", """
                {"impact": {"broken": "Search", "spread": "ISOLATED"}}""");
        service.tell(OTHER + "/hypotheses", """
                {"statement": "The index is cold", "prediction": "It warms up", "refutedBy": "It does not"}""");
        service.tell(OTHER + "/hypotheses/hypothesis-1/primary", "{}");
        service.tell(OTHER + "/hypotheses/hypothesis-1/set-aside", """
                {"because": "It is warm"}""");
        service.tell(OTHER + "/mitigations", """
                {"kind": "FLAG", "text": "Switch suggestions off", "blind": true}""");
        service.tell(OTHER + "/mitigations/mitigation-1/failure", """
                {"outcome": "INEFFECTIVE", "observed": "No change"}""");
        service.tell(OTHER + "/mitigations/mitigation-1/rollback", """
                {"because": "It did not help"}""");
        service.tell(OTHER + "/merge", """
                {"into": "%s", "because": "The same release"}""".formatted(SeedStory.ID));
        service.tell(OTHER + "/reopening", """
                {"because": "It is slow again"}""");
        service.tell(OTHER + "/cancellation", """
                {"reason": "FALSE_POSITIVE", "because": "The probe was wrong"}""");
        service.tell("/incidents/" + SeedStory.ID + "/reopening", """
                {"because": "Latency rises again"}""");
    }

    /** One person alone, so that they approve their own words and say why. */
    private static void guides(RunningService service) throws IOException {
        service.tell("/runbooks", example("draftRunbook"));
        service.tell("/runbooks/replication-lag/approval", example("approveRunbook"));
        service.tell("/playbooks", example("draftPlaybook"));
        service.tell("/playbooks/database-outage/approval", example("approvePlaybook"));
        service.tell("/incidents", """
                {"incidentId": "lag-1", "title": "Replication lags", "severity": "SEV2", "lead": "ana",
                 "services": ["database"], "detection": {"source": "ALERT"}}""");
        service.get("/incidents/lag-1/runbooks").accepted();
        service.tell("/incidents/lag-1/playbook", example("applyPlaybook"));
        service.tell("/incidents/lag-1/runbooks", example("followRunbook"));
        service.tell("/incidents/lag-1/runbooks/replication-lag/steps/1/completion", example("completeRunbookStep"));
        service.tell("/runbooks/replication-lag/revision", example("reviseRunbook"));
        service.tell("/playbooks/database-outage/revision", example("revisePlaybook"));
        service.get("/runbooks").accepted();
        service.get("/runbooks/replication-lag").accepted();
        service.get("/runbooks/replication-lag/revisions/1").accepted();
        service.get("/playbooks").accepted();
        service.get("/playbooks/database-outage").accepted();
        service.get("/playbooks/database-outage/revisions/1").accepted();
        service.tell("/runbooks/replication-lag/retirement", example("retireRunbook"));
        service.tell("/playbooks/database-outage/retirement", example("retirePlaybook"));
    }

    private static void duties(RunningService service, String incident) throws IOException {
        service.tell(incident + "/awareness", example("establishAwareness"));
        service.tell(incident + "/classifications", example("classifyIncident"));
        service.tell(incident + "/notifications", example("submitNotification"));
        service.get(incident + "/duties").accepted();
        service.get(incident + "/redactions").accepted();
    }

    private static void aDrill(RunningService service) throws IOException {
        service.tell("/incidents", """
                {"incidentId": "drill-1", "title": "We practise", "severity": "SEV2", "lead": "ana", "mode": "DRILL",
                 "services": ["checkout"], "detection": {"source": "OTHER"}}""");
        service.tell("/incidents/drill-1/exercise/script", example("planInjects"));
        service.get("/incidents/drill-1/exercise/script").accepted();
        service.tell("/incidents/drill-1/exercise/injects/inject-1/delivery", example("deliverInject"));
        service.tell("/incidents/drill-1/exercise/end", example("endExercise"));
        service.tell("/incidents/drill-1/commands", example("giveCommands"));
        service.tell("/incidents/drill-1/recovery-checks", """
                {"checks": [{"signal": "Test purchase", "expectation": "Succeeds", "observation": "Succeeds",
                             "passed": true, "userFacing": true}]}""");
        service.tell("/incidents/drill-1/review", """
                {"facilitator": "cleo"}""");
        service.tell("/incidents/drill-1/findings", """
                {"kind": "LESSON", "text": "Nobody knew where the script is"}""");
        service.tell("/incidents/drill-1/findings/finding-1/revision", """
                {"kind": "LESSON", "text": "Nobody knew where the runbook is", "because": "Said wrongly"}""");
    }

    private static void pastIncidents(RunningService service) throws IOException {
        service.tell("/incidents/mail-1/import", example("importIncident"));
        service.tell("/incidents/mail-1/imported-entries", example("importEntry"));
        var begun = service.send(
                        service.request("/api/v1/imports?source=wiki&dryRun=true")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"incident\": \"mail-1\", \"path\": \"/notes\", \"body\": {\"text\": \"It was a Monday\"}}\n")))
                .accepted();
        service.send(service.request(begun.header("Location"))).accepted();
        service.send(service.request(begun.header("Location") + "/report")).accepted();
    }

    private static void acrossIncidents(RunningService service, String incident) {
        service.get("/incidents?limit=2").accepted();
        service.get("/search?q=latency").accepted();
        service.get(incident + "/recent-changes").accepted();
        service.get("/deployments?service=checkout").accepted();
        service.send(service.request("/api/v1/events?from=0&limit=2")
                        .header("Accept", "application/cloudevents-batch+json"))
                .accepted();
        service.get("/denied-requests").accepted();
    }

    private static void apiKeys(RunningService service) throws IOException {
        var created = service.tell("/api-keys", example("createApiKey"));
        String key = "/api-keys/" + created.json().at("/key/id").asString();
        service.get("/api-keys").accepted();
        service.tell(key + "/rotation", example("rotateApiKey"));
        service.tell(key + "/revocation", example("revokeApiKey"));
    }

    private static void sources(RunningService service) throws IOException {
        var created = service.tell("/sources", example("createSource"));
        String id = created.json().at("/source/sourceId").asString();
        service.get("/sources").accepted();
        service.get("/sources/" + id).accepted();
        service.put("/sources/" + id, example("changeSource")).accepted();
        String secret = service.tell("/sources/" + id + "/secret", example("rotateSourceSecret"))
                .json()
                .get("secret")
                .asString();
        service.send(service.anonymous("/api/v1/inbound/" + id)
                        .header("Authorization", "Bearer " + secret)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"version": "4", "groupKey": "latency", "status": "firing",
                                 "receiver": "incidents", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
                                 "externalURL": "https://alerts.example.org", "truncatedAlerts": 0,
                                 "alerts": [{"status": "firing", "labels": {"alertname": "Latency"},
                                             "annotations": {"summary": "Search is slow"},
                                             "startsAt": "2026-03-02T13:50:00Z", "endsAt": "0001-01-01T00:00:00Z",
                                             "generatorURL": "https://alerts.example.org/graph",
                                             "fingerprint": "0123456789abcdef"}]}""")))
                .accepted();
        service.delete("/sources/" + id).accepted();
    }

    private static void rebuilds(RunningService service) throws IOException {
        var begun = service.tell("/rebuilds", example("beginRebuild"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.send(service.request(begun.header("Location")))
                        .json()
                        .get("state")
                        .asString()
                        .equals("DONE"));
        service.get("/rebuilds").accepted();
    }

    /** The receiver is never there, so the attempts fail; that is told with 200. */
    private static void webhooks(RunningService service) throws IOException {
        var created = service.tell("/webhooks", "{\"url\": \"" + NOBODY + "\"}");
        String webhook = "/webhooks/" + created.json().at("/webhook/webhookId").asString();
        service.get("/webhooks").accepted();
        service.get(webhook).accepted();
        service.put(webhook, "{\"url\": \"" + NOBODY + "\", \"description\": \"The chat room\"}")
                .accepted();
        service.tell(webhook + "/test", example("testWebhook"));
        service.get(webhook + "/deliveries").accepted();
        service.tell(webhook + "/pause", example("pauseWebhook"));
        service.tell(webhook + "/resume", example("resumeWebhook"));
        service.tell(webhook + "/replay", example("replayWebhook"));
        service.tell(webhook + "/secret-rotation", example("rotateWebhookSecret"));
        service.delete(webhook).accepted();
    }

    /** The request that the description shows for an operation. */
    private static String example(String operation) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(REQUESTS))
                .get(operation)
                .toString();
    }

    private static void ledger(RunningService service) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.send(service.request("/api/v1/ledger/checkpoint"))
                                .status()
                        == 200);
        var newest = service.send(service.request("/api/v1/ledger/checkpoint")).accepted();
        var text = SignedNote.of(newest.text()).orElseThrow().text();
        long size = Checkpoint.of(text).orElseThrow().size();
        service.get("/ledger/checkpoints?limit=1").accepted();
        service.get("/ledger/proof/inclusion?index=2&size=4").accepted();
        service.get("/ledger/proof/consistency?from=2&to=4").accepted();
        service.get("/ledger/keys").accepted();
        service.post(
                        "/ledger/checkpoints/" + size + "/cosignatures",
                        "{\"line\": \""
                                + WITNESS.cosign(text, SeedStory.TOLD_AT).text() + "\"}")
                .accepted();
        service.send(service.request("/api/v1/ledger/archive")).accepted();
        service.send(service.request("/api/v1/evidence?incident=checkout-latency"))
                .accepted();
    }
}
