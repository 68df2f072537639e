package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.PrincipalResolver;
import org.incidenttimeline.api.exercise.Inject;
import org.incidenttimeline.api.exercise.Scripts;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.DetectionSource;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentEvent.InjectsPlanned;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookEvent;
import org.incidenttimeline.core.event.PlaybookEvent.PlaybookApproved;
import org.incidenttimeline.core.event.PlaybookEvent.PlaybookDrafted;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RunbookEvent;
import org.incidenttimeline.core.event.RunbookEvent.RunbookApproved;
import org.incidenttimeline.core.event.RunbookEvent.RunbookDrafted;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.guidance.Guides;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.history.PlaybookHistory;
import org.incidenttimeline.core.history.RunbookHistory;
import org.incidenttimeline.core.history.SealedWords;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.projections.store.IncidentIndexTable;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.incidenttimeline.projections.store.StatusCardTable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the web layer over HTTP, on a port of its own. */
@SpringBootTest(
        classes = HttpTest.WebLayer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "logging.level.org.incidenttimeline.api.problem=off")
abstract class HttpTest {
    static final Instant NOW = Instant.parse("2026-03-01T14:05:06.789012Z");
    static final IncidentId INCIDENT = new IncidentId("inc-1");
    static final IncidentId OTHER = new IncidentId("inc-2");
    static final String AT = "/api/v1/incidents/inc-1";

    /** The digest of the script in these tests. */
    static final Sha256 SCRIPT = new Sha256("58cb742a5b58a17a4eab8258f514d13430d167187ac274243ee1f01678a1a142");

    private static final Provenance PROVENANCE = new Provenance(
            new Actor(new Person("ada"), Actor.Kind.HUMAN), Optional.empty(), "none", "c", Optional.empty(), "c", "c");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    RememberingDesk desk;

    @Autowired
    StandInPrincipal principal;

    @Value("${local.server.port}")
    int port;

    @BeforeEach
    void forget() {
        desk.reset();
        principal.reset();
    }

    /** An answer, read. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        Answer isProblem(int expectedStatus, String code) {
            assertThat(status).as(body).isEqualTo(expectedStatus);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(json().path("code").asString("")).isEqualTo(code);
            assertThat(json().path("type").asString("")).isEqualTo("/problems/" + code);
            assertThat(json().path("status").asInt(0)).isEqualTo(expectedStatus);
            assertThat(json().path("title").asString("")).isNotEmpty();
            assertThat(json().path("detail").asString("")).isNotEmpty();
            assertThat(body).doesNotContain("Exception", "org.incidenttimeline", "java.", "jackson", "springframework");
            return this;
        }

        List<String> pointers() {
            return json().path("errors")
                    .valueStream()
                    .map(error -> error.path("pointer").asString(""))
                    .toList();
        }

        /** The one wrong field, as {@code pointer: detail}. */
        String onlyError() {
            assertThat(pointers()).as(body).hasSize(1);
            var error = json().path("errors").path(0);
            return error.path("pointer").asString("") + ": "
                    + error.path("detail").asString("");
        }
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), with(headers));
    }

    Answer get(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).GET();
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(uri(path)).method(method, body);
        headers.forEach(request::header);
        return send(request.build());
    }

    /** The headers of an ordinary command, with some changed; an empty value takes one away. */
    static Map<String, String> with(String... headers) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The web layer alone: what others provide stands in here as a desk, a history, a clock and who asks. */
    @SpringBootConfiguration
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                SecurityAutoConfiguration.class,
                ServletWebSecurityAutoConfiguration.class,
                ManagementWebSecurityAutoConfiguration.class
            })
    @ComponentScan({
        "org.incidenttimeline.api.batch",
        "org.incidenttimeline.api.communication",
        "org.incidenttimeline.api.declaration",
        "org.incidenttimeline.api.entry",
        "org.incidenttimeline.api.exercise",
        "org.incidenttimeline.api.freeze",
        "org.incidenttimeline.api.freshness",
        "org.incidenttimeline.api.gather",
        "org.incidenttimeline.api.duty",
        "org.incidenttimeline.api.guidance",
        "org.incidenttimeline.api.hypothesis",
        "org.incidenttimeline.api.limit",
        "org.incidenttimeline.api.mitigation",
        "org.incidenttimeline.api.problem",
        "org.incidenttimeline.api.recovery",
        "org.incidenttimeline.api.review",
        "org.incidenttimeline.api.submission"
    })
    @Import({WebConfiguration.class, PrincipalResolver.class, IncidentAccess.class, ReadController.class})
    static class WebLayer {
        @Bean
        RememberingDesk desk() {
            return new RememberingDesk();
        }

        @Bean
        StandInPrincipal principal() {
            return new StandInPrincipal();
        }

        @Bean
        RowCipher rowCipher() {
            return SealingKey.generate().rowCipher();
        }

        @Bean
        StatusBoardReader boards(IncidentHistory history) {
            var empty = new DriverManagerDataSource(
                    "jdbc:h2:mem:web-layer;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1", "sa", "");
            Flyway.configure()
                    .dataSource(empty)
                    .schemas("views")
                    .locations("classpath:db/views")
                    .load()
                    .migrate();
            return new StatusBoardReader(
                    new StatusCardTable(JdbcClient.create(empty), rowCipher()),
                    new IncidentIndexTable(JdbcClient.create(empty), rowCipher()),
                    history);
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        /** One runbook and one playbook, each approved. */
        @Bean
        RunbookHistory runbooks() {
            return runbook -> runbook.equals(Guides.LAG)
                    ? List.of(
                            recorded(new RunbookDrafted(Guides.LAG, Guides.runbook(), new Person("ada")), 1),
                            recorded(new RunbookApproved(Guides.LAG, 1, new Person("bob"), Optional.empty()), 2))
                    : List.of();
        }

        @Bean
        PlaybookHistory playbooks() {
            return playbook -> playbook.equals(Guides.OUTAGE)
                    ? List.of(
                            recorded(new PlaybookDrafted(Guides.OUTAGE, Guides.playbook(), new Person("ada")), 1),
                            recorded(new PlaybookApproved(Guides.OUTAGE, 1, new Person("bob"), Optional.empty()), 2))
                    : List.of();
        }

        private static RecordedRunbookEvent recorded(RunbookEvent event, long version) {
            return new RecordedRunbookEvent(event, "r-" + version, version, version, NOW, PROVENANCE);
        }

        private static RecordedPlaybookEvent recorded(PlaybookEvent event, long version) {
            return new RecordedPlaybookEvent(event, "p-" + version, version, version, NOW, PROVENANCE);
        }

        /** Every entry has one text. */
        @Bean
        SealedWords sealedWords() {
            return (_, _) -> List.of(new RedactedField(new FieldPath("/text"), SCRIPT));
        }

        @Bean
        Scripts scripts() {
            return new AnyScript();
        }

        @Bean
        IncidentHistory history() {
            return incident -> incident.equals(INCIDENT)
                    ? List.of(declared(INCIDENT), planOf(INCIDENT))
                    : incident.equals(OTHER) ? List.of(declared(OTHER)) : List.of();
        }
    }

    /** A read, to show what reads get from the web layer. */
    @RestController
    static class ReadController {
        @GetMapping("/test/read")
        ResponseEntity<Map<String, Object>> read(Freshness freshness) {
            return ResponseEntity.ok()
                    .eTag("\"9\"")
                    .body(Map.of(
                            "minVersion", freshness.minVersion(),
                            "minPosition", freshness.minPosition(),
                            "patience", freshness.patience().toSeconds()));
        }

        @GetMapping("/test/fault")
        String fault() {
            throw new IllegalStateException("SELECT secret FROM java.lang.String");
        }

        @GetMapping("/test/error")
        String error() {
            throw new StackOverflowError("deep in java.lang.String");
        }
    }

    private static RecordedEvent planOf(IncidentId incident) {
        var injects = List.of(InjectId.number(1), InjectId.number(2));
        return recorded(new InjectsPlanned(incident, OccurredAt.at(NOW), injects, SCRIPT), 2);
    }

    private static RecordedEvent recorded(IncidentEvent event, long version) {
        return new RecordedEvent(event, "e-" + version, version, version, NOW, PROVENANCE);
    }

    /** A script with the words of every fact that is asked for. */
    private static final class AnyScript implements Scripts {
        @Override
        public void keep(List<Inject> script) {
            assertThat(script).hasSize(2);
        }

        @Override
        public List<Inject> of(IncidentId incident) {
            return List.of();
        }

        @Override
        public Optional<Inject> find(IncidentId incident, InjectId inject) {
            return Optional.of(new Inject(
                    incident,
                    inject,
                    NOW,
                    InjectKind.CUSTOMER_REPORT,
                    new Text("the words of " + inject),
                    Inject.Status.PLANNED));
        }

        @Override
        public List<Inject> dueBy(Instant moment) {
            return List.of();
        }

        @Override
        public void became(IncidentId incident, InjectId inject, Inject.Status status) {}

        @Override
        public void withhold(IncidentId incident) {}
    }

    private static RecordedEvent declared(IncidentId incident) {
        return recorded(
                new IncidentDeclared(
                        incident,
                        OccurredAt.at(NOW),
                        new Title("It is here"),
                        Severity.SEV3,
                        new Person("ada"),
                        Optional.empty(),
                        List.of(),
                        new Detection(DetectionSource.ALERT, Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Mode.LIVE,
                        Visibility.OPEN,
                        Optional.empty()),
                1);
    }
}
