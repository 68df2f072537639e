package org.incidenttimeline.api.demo;

import java.io.IOException;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
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

    private final Environment environment;

    Demonstration(Environment environment) {
        this.environment = environment;
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
        tell(story, RestClient.create(base));
        sayWhereToLook(base + INCIDENTS + "/" + story.incidentId(), base);
    }

    private static void tell(Story story, RestClient service) {
        String incident = INCIDENTS + "/" + story.incidentId();
        boolean known = service.get()
                .uri(incident)
                .exchange((_, response) -> response.getStatusCode().isSameCodeAs(HttpStatus.OK));
        if (known) {
            return;
        }
        for (var command : story.commands()) {
            service.post()
                    .uri(command.path().isEmpty() ? INCIDENTS : incident + command.path())
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("X-Actor", story.actor())
                    .body(command.body().toString())
                    .retrieve()
                    .toBodilessEntity();
        }
    }

    @SuppressWarnings("SystemOut") // The person at the terminal reads this, whatever the level of the log.
    private static void sayWhereToLook(String incident, String base) {
        System.out.println("""

                The GitLab outage of 31 January 2017 is in the log. Look at it:

                  curl -H 'Accept: text/markdown' %1$s/postmortem
                  curl -H 'Accept: text/markdown' %1$s/timeline
                  curl %1$s
                  curl %1$s/rhythm
                  curl %2$s/api/v1/status-board
                """.formatted(incident, base));
    }
}
