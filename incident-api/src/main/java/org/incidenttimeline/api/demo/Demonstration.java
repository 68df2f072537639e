package org.incidenttimeline.api.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.key.ApiKey;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.api.access.key.BootstrapKey;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.history.IncidentHistory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --demo}: tells the GitLab outage of 31 January 2017 once, and says where to look. */
@Component
final class Demonstration implements ApplicationRunner {
    private static final String STORY = "demo/gitlab-2017-01-31.json";
    private static final String INCIDENTS = "/api/v1/incidents";

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final Person BY = new Person("demonstration");

    private final Environment environment;
    private final IncidentHistory history;
    private final ApiKeys keys;
    private final BootstrapKey bootstrap;
    private final Clock clock;

    Demonstration(Environment environment, IncidentHistory history, ApiKeys keys, BootstrapKey bootstrap, Clock clock) {
        this.environment = environment;
        this.history = history;
        this.keys = keys;
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    /** An incident as commands: the first declares it, the others are posted below it. */
    record Story(String about, String source, String incidentId, String actor, List<Command> commands) {
        /** One command. */
        record Command(String path, JsonNode body) {}
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (!arguments.containsOption("demo")) {
            return;
        }
        String base = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
        var story = JsonMapper.shared().readValue(new ClassPathResource(STORY).getContentAsByteArray(), Story.class);
        if (history.versionOf(new IncidentId(story.incidentId())) == 0) {
            tell(story, base);
        }
        sayWhereToLook(base + INCIDENTS + "/" + story.incidentId(), base, bootstrap.file());
    }

    /** Tells it as its actor would, with a key that is made for this and revoked afterwards. */
    private void tell(Story story, String base) {
        var grant = new ApiKey.Grant(
                new Actor(new Person(story.actor()), Actor.Kind.HUMAN),
                EnumSet.of(AccessRole.RESPONDER),
                Set.of(),
                Optional.of(clock.instant().plus(LONG_ENOUGH)));
        var key = keys.issue(grant, BY);
        try {
            tell(
                    story,
                    RestClient.builder()
                            .baseUrl(base)
                            .defaultHeaders(headers -> headers.setBearerAuth(key.token()))
                            .build());
        } finally {
            keys.revoke(key.key().id(), BY);
        }
    }

    private static void tell(Story story, RestClient service) {
        String incident = INCIDENTS + "/" + story.incidentId();
        for (var command : story.commands()) {
            service.post()
                    .uri(command.path().isEmpty() ? INCIDENTS : incident + command.path())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(command.body().toString())
                    .retrieve()
                    .toBodilessEntity();
        }
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
                  curl -H "$key" %2$s/api/v1/status-board
                """.formatted(incident, base, key));
    }
}
