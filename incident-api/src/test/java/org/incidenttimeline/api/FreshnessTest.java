package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventProcessor;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A read knows what it is asked to know, or says that it does not; nobody has to sleep and hope. */
@ParameterizedClass
@EnumSource(Database.class)
class FreshnessTest {
    private static final String INCIDENT = "/incidents/inc-1";

    private static final List<String> OF_ONE_INCIDENT = List.of("", "/timeline", "/rhythm", "/postmortem");
    private static final List<String> ACROSS_INCIDENTS =
            List.of("/status-board?", "/freezes?", "/freezes/check?service=a&environment=b&", "/actions?");

    private final TestDatabase database;
    private final RunningService service;

    FreshnessTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, Clock.systemUTC());
    }

    @BeforeEach
    void declare() {
        service.tell("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void a_version_that_is_reached_is_answered() {
        long version = note("one").version();

        for (var read : OF_ONE_INCIDENT) {
            var answer = service.get(INCIDENT + read + "?minVersion=" + version);
            assertThat(answer.status()).as(read).isEqualTo(200);
            assertThat(answer.header("ETag")).as(read).isEqualTo("\"" + version + "\"");
        }
    }

    @Test
    void a_version_that_is_not_reached_is_waited_for_only_so_long() {
        OF_ONE_INCIDENT.forEach(read -> isNotReached(INCIDENT + read + "?minVersion=2", 0));
        isNotReached(INCIDENT + "/timeline?minVersion=2", 1);
    }

    @Test
    void a_position_that_is_not_reached_is_waited_for_only_so_long() {
        ACROSS_INCIDENTS.forEach(read -> isNotReached(read + "minPosition=2", 0));
        isNotReached("/status-board?minPosition=2", 1);
        for (var read : ACROSS_INCIDENTS) {
            assertThat(waitingFor(read + "minPosition=1", 20).status()).as(read).isEqualTo(200);
        }
    }

    @Test
    void a_read_that_waits_is_answered_once_others_have_told() throws Exception {
        isNotReached(INCIDENT + "/timeline?minVersion=2", 0);
        isNotReached("/status-board?minPosition=2", 0);
        var timeline = CompletableFuture.supplyAsync(() -> waitingFor(INCIDENT + "/timeline?minVersion=2", 20));
        var board = CompletableFuture.supplyAsync(() -> waitingFor("/status-board?minPosition=2", 20));

        note("what they wait for");

        assertThat(timeline.get(30, TimeUnit.SECONDS).text()).contains("what they wait for");
        assertThat(board.get(30, TimeUnit.SECONDS)
                        .json()
                        .get("incidents")
                        .get(0)
                        .get("version")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void whoever_wrote_reads_it_at_once() {
        for (int i = 1; i <= 50; i++) {
            var told = note("note number " + i + ".");

            var timeline = service.get(INCIDENT + "/timeline?minVersion=" + told.version())
                    .accepted();
            assertThat(timeline.json().get("version").asLong()).isEqualTo(told.version());
            assertThat(timeline.json()
                            .get("entries")
                            .valueStream()
                            .filter(e -> e.get("number").asLong() == told.version())
                            .map(e -> e.get("headline").asString()))
                    .containsExactly("note number " + i + ".");
            assertThat(timeline.json().get("entries").size()).isEqualTo(i + 1);
        }
    }

    @Test
    void whoever_wrote_finds_it_on_the_board() {
        for (int i = 1; i <= 5; i++) {
            var told = note("note number " + i);
            long position = told.json().get("position").asLong();

            var board = waitingFor("/status-board?minPosition=" + position, 20).accepted();
            assertThat(board.json().get("incidents").get(0).get("version").asLong())
                    .isEqualTo(told.version());
        }
    }

    @Test
    void one_incident_is_read_from_the_log_while_its_views_stand_still() {
        var processors = service.context()
                .getBean(Configurer.class)
                .buildConfiguration()
                .eventProcessingConfiguration()
                .eventProcessors()
                .values();
        processors.forEach(EventProcessor::shutDown);

        var told = note("told while the views stand still");
        long position = told.json().get("position").asLong();

        assertThat(service.get(INCIDENT + "/timeline?minVersion=" + told.version())
                        .text())
                .contains("told while the views stand still");
        isNotReached("/status-board?minPosition=" + position, 0);
        isNotReached("/actions?minPosition=" + position, 0);

        processors.forEach(EventProcessor::start);
        assertThat(waitingFor("/status-board?minPosition=" + position, 30).status())
                .isEqualTo(200);
    }

    private void isNotReached(String read, int seconds) {
        long start = System.nanoTime();
        var answer = waitingFor(read, seconds);
        var waited = Duration.ofNanos(System.nanoTime() - start);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").asString()).isEqualTo("freshness-not-reached");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).matches("[0-9]+");
        assertThat(waited).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 10));
    }

    private Answer waitingFor(String read, int seconds) {
        return service.send(service.request("/api/v1" + read).header("Prefer", "wait=" + seconds));
    }

    private Answer note(String text) {
        return service.tell(INCIDENT + "/notes", "{\"text\": \"" + text + "\"}");
    }
}
