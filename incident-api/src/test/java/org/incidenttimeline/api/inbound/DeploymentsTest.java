package org.incidenttimeline.api.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What deployments make of incidents, those that are open and those that come later. */
@ParameterizedClass
@EnumSource(Database.class)
class DeploymentsTest {
    private static final String GITHUB = Sender.payload("github-deployment-status.json");
    private static final String GITLAB = Sender.payload("gitlab-deployment.json");

    private static final AtomicInteger COUNT = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private static Installation installed;

    private final RunningService nodeA = installed.nodeA();
    private final RunningService nodeB = installed.nodeB();

    /** Of this test alone. */
    private final String service = "service-" + COUNT.incrementAndGet();

    DeploymentsTest(Database kind) {}

    @BeforeParameterizedClassInvocation
    static void install(Database kind) {
        installed = Installation.on(kind);
    }

    @AfterParameterizedClassInvocation
    static void remove() {
        installed.close();
    }

    private Sender gitHub() {
        return Sender.of(nodeA, "github-" + service, "GITHUB", """
                {"services": {"octo-shop/checkout": "%s"}, "environments": {"production": "prod"}}
                """.formatted(service));
    }

    private Sender gitLab() {
        return Sender.of(nodeA, "gitlab-" + service, "GITLAB", """
                {"services": {"shop/search": "%s"}, "environments": {"prod": "production"}}
                """.formatted(service));
    }

    /** Declares an incident and waits until it is on the board. */
    private String declare(String mode, String services) {
        var declared = nodeA.tell("/incidents", """
                {"title": "It fails", "severity": "SEV2", "lead": "ana", "services": [%s], "mode": "%s",
                 "detection": {"source": "ALERT"}, "startedAt": "2026-03-02T13:45:00Z"}
                """.formatted(services, mode)).json();
        nodeA.get("/status-board?minPosition=" + declared.get("position").asLong())
                .accepted();
        return declared.get("incidentId").asString();
    }

    private JsonNode changes(String incident) {
        return nodeA.get("/incidents/" + incident).accepted().json().get("changes");
    }

    private JsonNode entry(String incident) {
        return nodeA.get("/incidents/" + incident + "/timeline?minVersion=2&kind=change-recorded")
                .accepted()
                .json()
                .get("entries")
                .get(0);
    }

    private void catchUp(RunningService node) {
        node.context()
                .getBean("recordingOfRecentDeployments", Recurring.class)
                .work()
                .run();
    }

    private static JsonNode outcome(Answer answer) {
        return answer.accepted().json().get("outcome");
    }

    @Test
    void a_deployment_is_a_change_of_every_live_incident_that_is_open_for_its_service() {
        var sender = gitHub();
        var ours = declare("LIVE", "\"search\", \"" + service.toUpperCase(java.util.Locale.ROOT) + "\"");
        var another = declare("LIVE", "\"search\"");
        var drill = declare("DRILL", "\"" + service + "\"");
        var ended = declare("LIVE", "\"" + service + "\"");
        nodeA.tell("/incidents/" + ended + "/cancellation", """
                {"reason": "FALSE_POSITIVE", "because": "All is well"}
                """);

        var answer = sender.asGitHub("deployment_status", "8f1b-1", GITHUB);

        assertThat(outcome(answer).asString()).isEqualTo("TAKEN");
        assertThat(answer.json().get("incidents")).hasSize(1);
        assertThat(answer.json().get("incidents").get(0).get("incidentId").asString())
                .isEqualTo(ours);
        var change = changes(ours).get(0);
        assertThat(change.get("kind").asString()).isEqualTo("DEPLOY");
        assertThat(change.get("text").asString())
                .isEqualTo("Deployment of f95f852 (main) to prod succeeded: Rolled out to 12 instances");
        assertThat(change.get("service").asString()).isEqualTo(service);
        assertThat(List.of(changes(another), changes(drill), changes(ended))).allMatch(JsonNode::isEmpty);
        var entry = entry(ours);
        assertThat(entry.get("details").valueStream().map(JsonNode::asString))
                .containsExactly(
                        "environment: prod",
                        "made by octo-ben",
                        "reference: https://github.com/octo-shop/checkout/actions/runs/8412/job/23");
        assertThat(entry.get("by").asString()).isEqualTo("github-" + service + " of the tests");
        assertThat(entry.get("occurredAt").get("at").asString()).isEqualTo("2026-03-02T13:40:55Z");
    }

    @Test
    void a_delivery_that_comes_again_changes_nothing_whoever_is_open_by_then() {
        var sender = gitHub();
        var first = declare("LIVE", "\"" + service + "\"");
        sender.asGitHub("deployment_status", "8f1b-2", GITHUB).accepted();
        var second = declare("LIVE", "\"" + service + "\"");

        var again = sender.at(nodeB).asGitHub("deployment_status", "8f1b-2", GITHUB);
        var underAnotherName = sender.asGitHub("deployment_status", "8f1b-3", GITHUB);

        assertThat(outcome(again).asString()).isEqualTo("REPEATED");
        assertThat(outcome(underAnotherName).asString()).isEqualTo("REPEATED");
        assertThat(changes(first)).hasSize(1);
        assertThat(changes(second)).isEmpty();
    }

    @Test
    void of_the_same_delivery_at_once_through_two_nodes_an_incident_hears_once() throws Exception {
        var sender = gitHub();
        var incident = declare("LIVE", "\"" + service + "\"");
        int callers = 8;
        var together = new CyclicBarrier(callers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(IntStream.range(0, callers)
                    .<Callable<Answer>>mapToObj(caller -> () -> {
                        together.await();
                        return sender.at(caller % 2 == 0 ? nodeA : nodeB)
                                .asGitHub("deployment_status", "8f1b-4", GITHUB);
                    })
                    .toList());
            for (var answer : answers) {
                answer.get().accepted();
            }
        }
        assertThat(changes(incident)).hasSize(1);
    }

    @Test
    void only_how_it_ended_is_told_and_what_is_told_late_is_not_believed_over_it() {
        var sender = gitHub();
        var incident = declare("LIVE", "\"" + service + "\"");

        assertThat(outcome(sender.asGitHub(
                                "deployment_status",
                                "8f1b-5",
                                GITHUB.replace("success", "in_progress").replace("13:40:55Z", "13:39:00Z")))
                        .asString())
                .isEqualTo("TAKEN");
        assertThat(changes(incident)).isEmpty();
        assertThat(state()).isEqualTo("RUNNING");
        sender.asGitHub("deployment_status", "8f1b-6", GITHUB.replace("success", "failure"))
                .accepted();
        sender.asGitHub(
                        "deployment_status",
                        "8f1b-7",
                        GITHUB.replace("success", "queued").replace("13:40:55Z", "13:38:59Z"))
                .accepted();

        assertThat(state()).isEqualTo("FAILED");
        assertThat(changes(incident)).hasSize(1);
        assertThat(changes(incident).get(0).get("text").asString()).contains("failed");
    }

    private String state() {
        var deployments =
                nodeA.get("/deployments?service=" + service).accepted().json().get("deployments");
        assertThat(deployments).hasSize(1);
        return deployments.get(0).get("state").asString();
    }

    @Test
    void an_incident_that_is_declared_later_shows_what_was_changed_right_before() {
        var sender = gitHub();
        sender.asGitHub("deployment_status", "8f1b-8", GITHUB).accepted();
        sender.asGitHub(
                        "deployment_status",
                        "8f1b-9",
                        GITHUB.replace("145988746", "2").replace("2026-03-02T13:40:55Z", "2026-02-24T08:00:00Z"))
                .accepted();
        var incident = declare("LIVE", "\"" + service + "\"");

        var all = nodeA.get("/incidents/" + incident + "/recent-changes")
                .accepted()
                .json();
        var close = nodeA.get("/incidents/" + incident + "/recent-changes?within=PT1H")
                .accepted()
                .json();

        assertThat(all.get("beganAt").asString()).isEqualTo("2026-03-02T13:45:00Z");
        assertThat(all.get("changes")).hasSize(2);
        assertThat(close.get("changes")).hasSize(1);
        var change = close.get("changes").get(0);
        assertThat(change.get("beforeItBegan").asString()).isEqualTo("PT4M5S");
        assertThat(change.get("deployment").get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(change.get("recordedAs").isNull()).isTrue();
    }

    @Test
    void what_was_deployed_right_before_an_incident_is_recorded_in_it_once_by_itself() throws Exception {
        var sender = gitHub();
        sender.asGitHub("deployment_status", "8f1b-20", GITHUB).accepted();
        sender.asGitHub(
                        "deployment_status",
                        "8f1b-21",
                        GITHUB.replace("145988746", "2").replace("2026-03-02T13:40:55Z", "2026-03-02T09:00:00Z"))
                .accepted();
        sender.asGitHub(
                        "deployment_status",
                        "8f1b-22",
                        GITHUB.replace("145988746", "3").replace("success", "in_progress"))
                .accepted();
        var incident = declare("LIVE", "\"" + service + "\"");
        var drill = declare("DRILL", "\"" + service + "\"");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(
                    List.<Callable<Boolean>>of(() -> caughtUp(nodeA), () -> caughtUp(nodeB), () -> caughtUp(nodeA)))) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(changes(incident)).hasSize(1);
        assertThat(entry(incident).get("occurredAt").get("at").asString()).isEqualTo("2026-03-02T13:40:55Z");
        assertThat(entry(incident).get("by").asString()).isEqualTo(sender.sourceId() + " of the tests");
        assertThat(changes(drill)).isEmpty();
        var recent =
                nodeA.get("/incidents/" + incident + "/recent-changes").json().get("changes");
        assertThat(recent).hasSize(3);
        assertThat(recent.valueStream().filter(c -> !c.get("recordedAs").isNull()))
                .hasSize(1);
    }

    private boolean caughtUp(RunningService node) {
        catchUp(node);
        return true;
    }

    @Test
    void a_deployment_on_which_a_node_gave_up_is_told_by_the_work_that_recurs() {
        var incident = declare("LIVE", "\"" + service + "\"");
        gitHub().asGitHub("deployment_status", "8f1b-23", GITHUB.replace("success", "in_progress"))
                .accepted();
        // As if the node had died between keeping the outcome and telling the incidents.
        installed
                .database()
                .execute("update app.deployment set state = 'SUCCEEDED', received_at ="
                        + " timestamp with time zone '2026-03-02 13:59:00+00' where service = '" + service + "'");

        catchUp(nodeA);
        catchUp(nodeB);

        assertThat(changes(incident)).hasSize(1);
    }

    @Test
    void deployments_are_forgotten_after_seven_days() {
        gitHub().asGitHub("deployment_status", "8f1b-24", GITHUB).accepted();
        assertThat(nodeA.get("/deployments?service=" + service).json().get("deployments"))
                .hasSize(1);

        installed.clock().set(Installation.NOW.plus(Limits.DEPLOYMENTS_KEPT).plusSeconds(1));
        nodeA.context()
                .getBean("forgettingOfOldDeliveries", Recurring.class)
                .work()
                .run();
        installed.clock().set(Installation.NOW);

        assertThat(nodeA.get("/deployments?service=" + service).json().get("deployments"))
                .isEmpty();
    }

    @Test
    void what_an_incident_tells_of_already_is_marked() {
        var incident = declare("LIVE", "\"" + service + "\"");
        gitHub().asGitHub("deployment_status", "8f1b-10", GITHUB).accepted();

        var changes = nodeA.get("/incidents/" + incident + "/recent-changes")
                .accepted()
                .json()
                .get("changes");

        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).get("recordedAs").asString()).isEqualTo("change-1");
    }

    @Test
    void what_is_longer_ago_than_deployments_are_kept_is_ignored() {
        var incident = declare("LIVE", "\"" + service + "\"");

        var answer = gitHub().asGitHub(
                        "deployment_status", "8f1b-11", GITHUB.replace("2026-03-02T13:40:55Z", "2026-02-20T08:00:00Z"));

        assertThat(outcome(answer).asString()).isEqualTo("IGNORED");
        assertThat(changes(incident)).isEmpty();
    }

    @Test
    void gitlab_deployments_are_understood_as_well() {
        var incident = declare("LIVE", "\"" + service + "\"");
        var sender = gitLab();

        var answer = sender.asGitLab("c4b1-1", GITLAB);

        assertThat(outcome(answer).asString()).isEqualTo("TAKEN");
        assertThat(outcome(sender.asGitLab("c4b1-1", GITLAB)).asString()).isEqualTo("REPEATED");
        var change = changes(incident).get(0);
        assertThat(change.get("text").asString())
                .isEqualTo("Deployment of 279484c0 (main) to production succeeded: Raise the size of the cache");
        assertThat(entry(incident).get("details").valueStream().map(JsonNode::asString))
                .contains("environment: production", "made by cleo");
        assertThat(nodeA.get("/deployments?service=" + service)
                        .json()
                        .get("deployments")
                        .get(0)
                        .get("occurredAt")
                        .asString())
                .isEqualTo("2026-03-02T13:41:00Z");
    }

    @Test
    void a_repository_that_is_not_mapped_is_a_service_by_its_own_name() {
        var sender = Sender.of(nodeA, "plain-" + service, "GITHUB", "{}");

        sender.asGitHub(
                        "deployment_status",
                        "8f1b-12",
                        GITHUB.replace("\"name\": \"checkout\"", "\"name\": \"" + service + "\""))
                .accepted();

        assertThat(state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void what_is_of_no_use_is_ignored_and_what_is_wrong_is_told() {
        var sender = gitHub();

        assertThat(outcome(sender.asGitHub("ping", "1", "{\"zen\": \"Keep it simple\"}"))
                        .asString())
                .isEqualTo("IGNORED");
        assertThat(outcome(sender.asGitHub("push", "2", "{\"ref\": \"main\"}")).asString())
                .isEqualTo("IGNORED");
        assertThat(outcome(sender.asGitHub("deployment_status", "3", GITHUB.replace("success", "inactive")))
                        .asString())
                .isEqualTo("IGNORED");
        assertThat(outcome(gitLab().asGitLab("4", "{\"object_kind\": \"push\"}"))
                        .asString())
                .isEqualTo("IGNORED");
        var wrong = sender.asGitHub("deployment_status", "5", GITHUB.replace("\"sha\": \"f9", "\"sah\": \"f9"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errors").get(0).get("pointer").asString()).isEqualTo("/deployment/sha");
    }

    @Test
    void only_a_moment_within_reach_can_be_asked_for() {
        var incident = declare("LIVE", "\"" + service + "\"");

        for (var within : List.of("P8D", "PT0S", "yesterday")) {
            var answer = nodeA.get("/incidents/" + incident + "/recent-changes?within=" + within);
            assertThat(answer.status()).as(within).isEqualTo(400);
            assertThat(answer.json().get("code").asString()).isEqualTo("invalid-parameter");
        }
        assertThat(nodeA.get("/incidents/nobody/recent-changes")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("incident-not-declared");
    }
}
