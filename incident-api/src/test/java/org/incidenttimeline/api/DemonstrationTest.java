package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demonstration tells every fact of its source, as well as it is known and no better, and tells it once. */
class DemonstrationTest {
    private static final String INCIDENT = "/incidents/gitlab-2017-01-31";
    private static final Path POSTMORTEM = Path.of("../docs/examples/gitlab-2017-01-31-postmortem.md");

    private final TestDatabase database = TestDatabases.empty(Database.H2);
    private RunningService service = start();

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void every_fact_is_in_the_timeline_at_its_time() throws IOException {
        var entries = timeline().get("entries");

        for (var fact : source().get("facts").values()) {
            String text = fact.get("text").asString();
            var told = entries.valueStream().filter(e -> says(e, text)).toList();
            assertThat(told).as(text).hasSize(1);
            var time = told.getFirst().get("occurredAt");
            assertThat(Instant.parse(time.get("at").asString()))
                    .as(text)
                    .isEqualTo(Instant.parse(fact.get("at").asString()));
            assertThat(time.get("precision").asString()).as(text).isEqualTo(precision(fact));
        }
        assertThat(source().get("facts").size()).isEqualTo(26);
    }

    @Test
    void facts_stand_in_the_order_of_their_source() throws IOException {
        var entries = timeline().get("entries").valueStream().toList();

        var places = source().get("facts")
                .valueStream()
                .map(fact -> entries.stream()
                        .filter(e -> says(e, fact.get("text").asString()))
                        .findFirst()
                        .orElseThrow())
                .map(entries::indexOf)
                .toList();

        assertThat(places).isSorted();
    }

    @Test
    void what_was_suffered_found_and_decided_is_in_the_postmortem() throws IOException {
        var postmortem = service.get(INCIDENT + "/postmortem").accepted().json();

        assertThat(postmortem.get("title").asString())
                .isEqualTo(source().get("title").asString());
        assertThat(texts(postmortem.get("impacts"), "broken"))
                .containsExactly(source().get("impact").asString());
        assertThat(texts(postmortem.get("findings"), "text"))
                .containsExactlyInAnyOrderElementsOf(texts(source().get("findings"), "text"));
        assertThat(texts(postmortem.get("actions"), "text")).isEqualTo(texts(source().get("actions"), "text"));
    }

    @Test
    void it_is_told_once() {
        var timeline = timeline().toString();
        long head = service.context().getBean(EventLog.class).head();

        service.close();
        service = start();

        assertThat(service.context().getBean(EventLog.class).head()).isEqualTo(head);
        assertThat(timeline()).hasToString(timeline);
    }

    @Test
    void a_runbook_and_a_playbook_are_there_and_in_use_and_the_runbook_is_offered_to_the_incident() {
        long head = service.context().getBean(EventLog.class).head();

        for (var guide : List.of("/runbooks/replication-lag", "/playbooks/database-outage")) {
            assertThat(service.get(guide).accepted().json().path("state").asString())
                    .isEqualTo("IN_USE");
        }
        var offered = service.get(INCIDENT + "/runbooks?minPosition=" + head)
                .accepted()
                .json()
                .path("suggestions");
        assertThat(texts(offered, "runbookId")).containsExactly("replication-lag");
    }

    /** {@code -Dgolden.update=true} writes the example anew. */
    @Test
    void the_postmortem_in_the_documentation_is_the_one_that_it_gives() throws IOException {
        var postmortem = service.markdown(INCIDENT + "/postmortem").accepted().text();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(POSTMORTEM.getParent());
            Files.writeString(POSTMORTEM, postmortem);
        }

        assertThat(postmortem).isEqualTo(Files.readString(POSTMORTEM));
    }

    private RunningService start() {
        return RunningService.on(database, new MutableClock(Instant.parse("2026-11-23T12:00:00Z")), "--demo");
    }

    private JsonNode timeline() {
        long version = service.context().getBean(IncidentHistory.class).versionOf(new IncidentId("gitlab-2017-01-31"));
        return service.get(INCIDENT + "/timeline?minVersion=" + version)
                .accepted()
                .json();
    }

    private static JsonNode source() throws IOException {
        return JsonMapper.shared()
                .readTree(new ClassPathResource("demo/gitlab-2017-01-31.facts.json").getContentAsByteArray());
    }

    /** Whether an entry has these words, in its headline or, of a check of recovery, in what was observed. */
    private static boolean says(JsonNode entry, String text) {
        return Stream.concat(
                        Stream.of(entry.get("headline")), entry.get("details").valueStream())
                .anyMatch(words -> words.asString().contains(text));
    }

    private static String precision(JsonNode fact) {
        if (fact.path("about").asBoolean(false)) {
            return "APPROXIMATE";
        }
        return fact.path("after").asBoolean(false) ? "ORDER_ONLY" : "MINUTE";
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(e -> e.get(field).asString()).toList();
    }
}
