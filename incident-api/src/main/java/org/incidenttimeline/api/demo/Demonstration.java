package org.incidenttimeline.api.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.key.ApiKey;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.api.access.key.BootstrapKey;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.history.PlaybookHistory;
import org.incidenttimeline.core.history.RunbookHistory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * With {@code --demo}: tells the GitLab outage of 31 January 2017 once, writes a runbook and a playbook that fit it, and
 * says where to look.
 */
@Component
final class Demonstration implements ApplicationRunner {
    private static final String STORY = "demo/gitlab-2017-01-31.json";
    private static final String GUIDES = "demo/guides.json";
    private static final String INCIDENTS = "/api/v1/incidents";
    private static final String RUNBOOKS = "/api/v1/runbooks";
    private static final String PLAYBOOKS = "/api/v1/playbooks";

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final Person BY = new Person("demonstration");

    private final Environment environment;
    private final IncidentHistory history;
    private final RunbookHistory runbooks;
    private final PlaybookHistory playbooks;
    private final ApiKeys keys;
    private final BootstrapKey bootstrap;
    private final Clock clock;

    Demonstration(
            Environment environment,
            IncidentHistory history,
            RunbookHistory runbooks,
            PlaybookHistory playbooks,
            ApiKeys keys,
            BootstrapKey bootstrap,
            Clock clock) {
        this.environment = environment;
        this.history = history;
        this.runbooks = runbooks;
        this.playbooks = playbooks;
        this.keys = keys;
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    /** An incident as commands: the first declares it, the others are posted below it. */
    record Story(String about, String source, String incidentId, String actor, List<Command> commands) {
        /** One command. */
        record Command(String path, JsonNode body) {}
    }

    /** A runbook and a playbook, as the bodies of their drafts; one person writes them and another one approves them. */
    record Guides(String about, String source, String author, String approver, JsonNode runbook, JsonNode playbook) {}

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!arguments.containsOption("demo")) {
            return;
        }
        String base = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
        var story = read(STORY, Story.class);
        if (history.versionOf(new IncidentId(story.incidentId())) == 0) {
            as(base, story.actor(), AccessRole.RESPONDER, service -> tell(story, service));
        }
        write(read(GUIDES, Guides.class), base);
        sayWhereToLook(base + INCIDENTS + "/" + story.incidentId(), base, bootstrap.file());
    }

    private static <T> T read(String resource, Class<T> type) throws IOException {
        return JsonMapper.shared().readValue(new ClassPathResource(resource).getContentAsByteArray(), type);
    }

    /** Asks as a person would, with a key that is made for this and revoked afterwards. */
    private void as(String base, String person, AccessRole role, Consumer<RestClient> work) {
        var grant = new ApiKey.Grant(
                new Actor(new Person(person), Actor.Kind.HUMAN),
                EnumSet.of(role),
                Set.of(),
                Optional.of(clock.instant().plus(LONG_ENOUGH)));
        var key = keys.issue(grant, BY);
        try {
            work.accept(RestClient.builder()
                    .baseUrl(base)
                    .defaultHeaders(headers -> headers.setBearerAuth(key.token()))
                    .build());
        } finally {
            keys.revoke(key.key().id(), BY);
        }
    }

    private void write(Guides guides, String base) {
        var runbook = new RunbookId(guides.runbook().get("runbookId").stringValue());
        if (runbooks.of(runbook).isEmpty()) {
            write(guides, RUNBOOKS, guides.runbook(), runbook.value(), base);
        }
        var playbook = new PlaybookId(guides.playbook().get("playbookId").stringValue());
        if (playbooks.of(playbook).isEmpty()) {
            write(guides, PLAYBOOKS, guides.playbook(), playbook.value(), base);
        }
    }

    private void write(Guides guides, String all, JsonNode draft, String id, String base) {
        as(base, guides.author(), AccessRole.AUTHOR, service -> post(service, all, draft.toString()));
        as(
                base,
                guides.approver(),
                AccessRole.AUTHOR,
                service -> post(service, all + "/" + id + "/approval", "{\"revision\": 1}"));
    }

    private static void tell(Story story, RestClient service) {
        String incident = INCIDENTS + "/" + story.incidentId();
        for (var command : story.commands()) {
            post(
                    service,
                    command.path().isEmpty() ? INCIDENTS : incident + command.path(),
                    command.body().toString());
        }
    }

    private static void post(RestClient service, String path, String body) {
        service.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toBodilessEntity();
    }

    @SuppressWarnings("SystemOut") // The person at the terminal reads this, whatever the level of the log.
    private static void sayWhereToLook(String incident, String base, Path key) {
        System.out.println("""

                The GitLab outage of 31 January 2017 is in the log. Look at it:

                  key="Authorization: Bearer $(cat %3$s)"
                  curl -H "$key" -H 'Accept: text/markdown' %1$s/postmortem
                  curl -H "$key" -H 'Accept: text/markdown' %1$s/timeline
                  curl -H "$key" %1$s
                  curl -H "$key" %1$s/rhythm
                  curl -H "$key" %1$s/runbooks
                  curl -H "$key" %2$s/api/v1/status-board
                  curl -H "$key" %2$s/api/v1/runbooks/replication-lag
                  curl -H "$key" %2$s/api/v1/playbooks/database-outage
                """.formatted(incident, base, key));
    }
}
