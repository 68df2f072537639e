package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventProcessor;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.testing.MutableClock;
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
import org.yaml.snakeyaml.Yaml;

/** What a pipeline is told, when somebody knows and when nobody does. */
@ParameterizedClass
@EnumSource(Database.class)
class FreezeGateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CHECKOUT = "/freezes/check?service=checkout&environment=production";

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T14:00:00Z"));
    private final RunningService service;
    private long position;

    FreezeGateTest(Database kind) {
        database = TestDatabases.empty(kind);
        // What follows from a lost database is told again and again.
        service = RunningService.on(
                database,
                clock,
                "--logging.level.org.axonframework=off",
                "--logging.level.org.incidenttimeline=off",
                "--logging.level.com.zaxxer.hikari=off");
    }

    @BeforeEach
    void declare() {
        tell("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private void tell(String path, String body) {
        position = service.tell(path, body).json().get("position").asLong();
    }

    private void freeze() {
        tell("/incidents/inc-1/freezes", """
                {"scope": {"services": ["Checkout"], "environments": ["production"]}, "reason": "One thing at a time"}
                """);
        seen();
    }

    private void seen() {
        assertThat(service.send(service.request("/api/v1" + CHECKOUT + "&minPosition=" + position)
                                .header("Prefer", "wait=20"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_status_says_it_where_that_is_asked_for() {
        seen();
        assertThat(gate("").status()).isEqualTo(200);

        freeze();

        assertThat(service.get(CHECKOUT).status()).isEqualTo(200);
        assertThat(service.get(CHECKOUT).json().get("frozen").asBoolean()).isTrue();
        var stopped = gate("&change=release-43");
        assertThat(stopped.status()).isEqualTo(423);
        assertThat(stopped.json())
                .isEqualTo(service.get(CHECKOUT + "&change=release-43").json());
        assertThat(stopped.json().get("freezes").get(0).get("reason").asString())
                .isEqualTo("One thing at a time");
        assertThat(stopped.header("Cache-Control")).isEqualTo("no-store");
        assertThat(service.get("/freezes/check?service=checkout&environment=staging&gate=true")
                        .status())
                .isEqualTo(200);

        tell("/incidents/inc-1/freezes/freeze-1/exceptions", """
                {"change": "release-43", "approvedBy": "ana", "because": "It is the fix"}
                """);
        seen();
        assertThat(gate("&change=release-43").status()).isEqualTo(200);
        assertThat(gate("&change=release-44").status()).isEqualTo(423);
    }

    @Test
    void a_check_far_behind_the_log_is_unknown() {
        freeze();
        var processors = service.context()
                .getBean(Configurer.class)
                .buildConfiguration()
                .eventProcessingConfiguration()
                .eventProcessors()
                .values();
        processors.forEach(EventProcessor::shutDown);
        tell("/incidents/inc-1/freezes/freeze-1/lift", "{\"because\": \"Stable\"}");
        assertThat(gate("").status()).isEqualTo(423);

        clock.set(clock.instant().plus(Limits.FREEZE_LAG).plusSeconds(1));

        isUnknown();
        processors.forEach(EventProcessor::start);
        await().atMost(PATIENCE).until(() -> gate("").status() == 200);
        assertThat(gate("").json().get("known").asBoolean()).isTrue();
    }

    @Test
    void a_check_that_cannot_be_read_is_unknown() {
        freeze();
        database.execute("alter table views.freeze_scope rename to gone");

        isUnknown();
    }

    private void isUnknown() {
        await().atMost(PATIENCE).until(() -> gate("").status() == 503);
        var closed = gate("&onUnknown=closed");
        assertThat(closed.status()).isEqualTo(503);
        assertThat(closed.json().get("code").asString()).isEqualTo("freezes-unknown");
        assertThat(closed.header("Retry-After")).isEqualTo("1");
        var open = gate("&onUnknown=open");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.json().get("frozen").asBoolean()).isFalse();
        assertThat(open.json().get("known").asBoolean()).isFalse();
    }

    @Test
    void what_the_answer_must_know_and_does_not_is_unknown_too() {
        seen();

        var closed = gate("&minPosition=" + (position + 1));
        var open = gate("&onUnknown=open&minPosition=" + (position + 1));

        assertThat(closed.json().get("code").asString()).isEqualTo("freshness-not-reached");
        assertThat(open.json().get("known").asBoolean()).isFalse();
    }

    private Answer gate(String more) {
        return service.send(
                service.request("/api/v1" + CHECKOUT + "&gate=true" + more).header("Prefer", "wait=0"));
    }

    /** A line of the documentation, the shell that its runner would use, and whether it fails open. */
    private record Script(String name, List<String> shell, String text, boolean open) {}

    @Test
    void the_lines_of_the_documentation_do_what_it_says() throws Exception {
        seen();
        for (var script : scripts()) {
            assertThat(run(script, service.base(), "release-1"))
                    .as(script.name())
                    .isZero();
            assertThat(run(script, "http://127.0.0.1:1", "release-1") == 0)
                    .as(script.name() + ", out of reach")
                    .isEqualTo(script.open());
            // A control character can be no name of a change.
            assertThat(run(script, service.base(), "\u0007"))
                    .as(script.name() + ", asked wrongly")
                    .isNotZero();
        }
        freeze();
        tell("/incidents/inc-1/freezes/freeze-1/exceptions", """
                {"change": "release-2", "approvedBy": "ana", "because": "It is the fix"}
                """);
        seen();
        for (var script : scripts()) {
            assertThat(run(script, service.base(), "release-1"))
                    .as(script.name() + ", frozen")
                    .isNotZero();
            assertThat(run(script, service.base(), "release-2"))
                    .as(script.name() + ", exempted")
                    .isZero();
        }
        service.context().getBean(HikariDataSource.class).close();
        for (var script : scripts()) {
            assertThat(run(script, service.base(), "release-1") == 0)
                    .as(script.name() + ", without a database")
                    .isEqualTo(script.open());
        }
    }

    private int run(Script script, String url, String change) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Stream.concat(script.shell().stream(), Stream.of(script.text()))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "INCIDENTS_URL", url,
                        "INCIDENTS_KEY", service.key(),
                        "GITHUB_SHA", change,
                        "CI_COMMIT_SHA", change,
                        "no_proxy", "127.0.0.1"));
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script.name()).isTrue();
        return process.exitValue();
    }

    private static List<Script> scripts() throws IOException {
        var scripts = Pattern.compile("(?ms)^### (GitHub Actions|GitLab CI), (open|closed)$.*?^```yaml$(.*?)^```$")
                .matcher(Files.readString(Path.of("../docs/api/freeze-gate.md")))
                .results()
                .map(block -> script(block.group(1), block.group(2), new Yaml().load(block.group(3))))
                .toList();
        assertThat(scripts).hasSize(4);
        return scripts;
    }

    private static Script script(String runner, String failing, Map<String, Object> yaml) {
        boolean open = failing.equals("open");
        if (runner.equals("GitLab CI")) {
            var lines = (List<?>) at(yaml, "check-freezes", "script");
            return new Script(
                    runner + ", " + failing,
                    List.of("bash", "-eo", "pipefail", "-c"),
                    String.join("\n", lines.stream().map(String::valueOf).toList()),
                    open);
        }
        var steps = (List<?>) at(yaml, "jobs", "deploy", "steps");
        return new Script(
                runner + ", " + failing,
                List.of("bash", "-e", "-c"),
                String.valueOf(at((Map<?, ?>) steps.getFirst(), "run")),
                open);
    }

    private static Object at(Map<?, ?> yaml, String... path) {
        Object at = yaml;
        for (var name : path) {
            at = Objects.requireNonNull(((Map<?, ?>) at).get(name), name);
        }
        return at;
    }
}
