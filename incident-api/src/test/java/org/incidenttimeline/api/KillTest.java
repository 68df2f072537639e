package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real application in a process of its own, killed while callers are telling it things. Each thing is told under a key,
 * and told again under it afterwards.
 */
class KillTest {
    private static final int CALLERS = 4;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String INCIDENT = "/api/v1/incidents/inc-1";

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** A process that runs the application, and its address. */
    private record Running(Process process, String base) {}

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        http.close();
    }

    @Test
    @Timeout(300)
    void every_entry_that_was_acknowledged_survives_a_kill() throws Exception {
        var first = start();
        post(first, "/api/v1/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);

        var unanswered = ConcurrentHashMap.<String>newKeySet();
        var acknowledged = killWhileTold(first, unanswered);

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
        assertThat(unanswered).isNotEmpty();
        var again = start();
        for (var told : acknowledged.entrySet()) {
            var retried = note(again, told.getValue());
            assertThat(retried.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(json(retried).get("version").asLong()).isEqualTo(told.getKey());
        }
        // Of these nobody knows whether they were recorded before the kill; now they are.
        for (var text : unanswered) {
            long version = json(note(again, text)).get("version").asLong();
            assertThat(acknowledged.put(version, text)).isNull();
        }
        var timeline = json(get(again, INCIDENT + "/timeline?minVersion=" + Collections.max(acknowledged.keySet())));
        var told = timeline.get("entries")
                .valueStream()
                .filter(e -> e.get("kind").asString().equals("note-added"))
                .collect(Collectors.toMap(
                        e -> e.get("number").asLong(), e -> e.get("headline").asString()));
        long version = timeline.get("version").asLong();
        assertThat(told).isEqualTo(acknowledged);
        assertThat(told.values()).doesNotHaveDuplicates();
        assertThat(told.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, version).boxed().toList());

        var board = json(get(again, "/api/v1/status-board?minPosition=" + version));
        assertThat(board.get("incidents").get(0).get("version").asLong()).isEqualTo(version);
        assertThat(json(post(again, INCIDENT + "/notes", "{\"text\": \"after the kill\"}"))
                        .get("version")
                        .asLong())
                .isEqualTo(version + 1);

        again.process().destroy();
        assertThat(again.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        try (var connection = DriverManager.getConnection(TestDatabases.h2Url(directory), "sa", "")) {
            assertThat(numbers(connection, "select position from log.event order by position"))
                    .isEqualTo(LongStream.rangeClosed(1, version + 1).boxed().toList());
            assertThat(numbers(connection, "select entry from views.timeline_entry order by entry"))
                    .startsWith(LongStream.rangeClosed(1, version).boxed().toArray(Long[]::new));
        }
    }

    /**
     * What was acknowledged, by version; the process is killed once enough was, with callers waiting.
     *
     * @param unanswered gets what they were waiting for
     */
    private Map<Long, String> killWhileTold(Running running, Set<String> unanswered) throws InterruptedException {
        var acknowledged = new ConcurrentHashMap<Long, String>();
        var enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
        var callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; ; i++) {
                        String text = "note " + i + " of caller " + caller;
                        try {
                            var answer = note(running, text);
                            if (acknowledged.put(json(answer).get("version").asLong(), text) != null) {
                                throw new AssertionError("one version was given to two callers: " + answer.body());
                            }
                            enough.countDown();
                        } catch (IOException e) {
                            unanswered.add(text);
                            return; // It was killed.
                        }
                    }
                }))
                .toList();
        boolean reached = enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        running.process().destroyForcibly();
        for (var caller : callers) {
            caller.join();
        }
        assertThat(reached).isTrue();
        running.process().waitFor();
        return acknowledged;
    }

    private Running start() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-classpath",
                        classPathWithoutTests(),
                        IncidentApplication.class.getName(),
                        "--server.port=" + port,
                        "--spring.datasource.url=" + TestDatabases.h2Url(directory),
                        "--incident.rate-limit.requests-per-minute=1000000",
                        "--logging.level.root=WARN")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
        started.add(process);
        var running = new Running(process, "http://127.0.0.1:" + port);
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            assertThat(process.isAlive()).isTrue();
            return get(running, "/api/v1/status-board").statusCode() == 200;
        });
        return running;
    }

    /** Tests declare components in packages that the application scans; they are not part of it. */
    private static String classPathWithoutTests() {
        var tests = new File(KillTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).equals(tests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Tells it under a key that is the text's own. */
    private HttpResponse<String> note(Running running, String text) throws IOException {
        return post(
                request(running, INCIDENT + "/notes").header("Idempotency-Key", "\"" + text.replace(' ', '-') + "\""),
                "{\"text\": \"" + text + "\"}");
    }

    private HttpResponse<String> post(Running running, String path, String json) throws IOException {
        return post(request(running, path), json);
    }

    private HttpResponse<String> post(HttpRequest.Builder request, String json) throws IOException {
        var answer = send(
                request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        return answer;
    }

    private HttpResponse<String> get(Running running, String path) throws IOException {
        return send(request(running, path).header("Accept", "application/json").header("Prefer", "wait=20"));
    }

    /** Asks with the key that the application wrote down at its first start. */
    private HttpRequest.Builder request(Running running, String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(running.base() + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(directory.resolve("data/bootstrap-key"))
                                        .strip())
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<Long> numbers(Connection connection, String sql) throws SQLException {
        var numbers = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }
}
