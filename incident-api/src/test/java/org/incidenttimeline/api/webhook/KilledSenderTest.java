package org.incidenttimeline.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.incidenttimeline.api.IncidentApplication;
import org.incidenttimeline.api.webhook.Receiver.Received;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real application in a process of its own, killed while it sends to a target that refuses three of ten requests. */
class KilledSenderTest {
    private static final int KILLS = 3;
    private static final int INCIDENTS = 5;
    private static final int NOTES = 30;
    private static final int EVENTS = INCIDENTS * (NOTES + 1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Process> started = new ArrayList<>();
    private final Receiver receiver;
    private String base = "";

    KilledSenderTest() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        receiver.close();
        http.close();
    }

    @Test
    @Timeout(300)
    void every_event_arrives_in_its_order_however_often_the_sender_is_killed() throws Exception {
        var random = RandomGenerator.of("L64X128MixRandom");
        receiver.answer(_ -> random.nextInt(10) < 3 ? 500 : 204);
        start();
        String secret = post("/webhooks", "{\"url\": \"" + receiver.url() + "\"}")
                .get("secret")
                .asString();
        for (int i = 1; i <= INCIDENTS; i++) {
            post("/incidents", """
                    {"incidentId": "inc-%d", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                     "detection": {"source": "ALERT"}}
                    """.formatted(i));
            for (int n = 1; n <= NOTES; n++) {
                post("/incidents/inc-" + i + "/notes", "{\"text\": \"note " + n + "\"}");
            }
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            int before = receiver.received().size();
            await().atMost(PATIENCE).until(() -> receiver.received().size() > before + 3 || arrived() == EVENTS);
            started.getLast().destroyForcibly().waitFor();
            start();
        }
        await().atMost(PATIENCE).until(() -> arrived() == EVENTS);

        var positions = receiver.taken().stream().map(Received::position).collect(Collectors.toSet());
        assertThat(positions)
                .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().collect(Collectors.toSet()));
        receiver.taken().stream()
                .collect(Collectors.groupingBy(Received::subject))
                .forEach((incident, taken) -> assertThat(
                                taken.stream().map(Received::position).distinct())
                        .as(incident)
                        .isSorted());
        receiver.received().stream()
                .collect(Collectors.groupingBy(Received::position))
                .forEach((at, requests) -> assertThat(
                                requests.stream().map(Received::id).distinct())
                        .as("" + at)
                        .hasSize(1));
        for (var received : receiver.received()) {
            new com.standardwebhooks.Webhook(secret)
                    .verify(
                            received.body(),
                            received.headers().entrySet().stream()
                                    .collect(Collectors.toMap(
                                            e -> e.getKey().toLowerCase(Locale.ROOT), e -> e.getValue())));
        }
    }

    private int arrived() {
        return new HashSet<>(receiver.taken().stream().map(Received::position).toList()).size();
    }

    private void start() throws IOException {
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
                        "--incident.webhooks.allow-http=true",
                        "--incident.webhooks.allow-networks=127.0.0.0/8",
                        "--incident.webhooks.retry-delays=0s" + ",50ms".repeat(29),
                        "--incident.rate-limit.requests-per-minute=1000000",
                        "--logging.level.root=WARN")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
        started.add(process);
        base = "http://127.0.0.1:" + port;
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            assertThat(process.isAlive()).isTrue();
            return http.send(request("/status-board").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        });
    }

    /** Tests declare components in packages that the application scans; they are not part of it. */
    private static String classPathWithoutTests() {
        var tests = new File(KilledSenderTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).equals(tests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Asks with the key that the application wrote down at its first start. */
    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(directory.resolve("data/bootstrap-key"))
                                        .strip())
                .timeout(PATIENCE);
    }

    private JsonNode post(String path, String json) throws IOException, InterruptedException {
        var answer = http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        return JsonMapper.shared().readTree(answer.body());
    }
}
