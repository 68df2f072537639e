package org.incidenttimeline.api.testing;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.api.IncidentApplication;
import org.incidenttimeline.core.testing.TestDatabases;

/** The whole application in a process of its own, that can be killed and started again in the same directory. */
public final class ServiceProcess implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path directory;
    private final List<String> arguments;
    private Process process;
    private String base = "";

    private ServiceProcess(Path directory, List<String> arguments) throws IOException {
        this.directory = directory;
        this.arguments = arguments;
        this.process = launch();
    }

    /** Starts it in a directory, with its database there; it answers when this returns. */
    public static ServiceProcess in(Path directory, String... arguments) throws IOException {
        var service = new ServiceProcess(directory, List.of(arguments));
        service.untilItAnswers();
        return service;
    }

    /** Kills it as a power cut would, unless something else has, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, and answers whether it did. */
    public boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts it again after it ended; it answers when this returns. */
    public void startAgain() throws IOException {
        process = launch();
        untilItAnswers();
    }

    private Process launch() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        base = "http://127.0.0.1:" + port;
        var command = Stream.concat(
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-classpath",
                        classPathWithoutTests(),
                        IncidentApplication.class.getName(),
                        "--server.port=" + port,
                        "--spring.datasource.url=" + TestDatabases.h2Url(directory),
                        "--incident.rate-limit.requests-per-minute=1000000",
                        "--logging.level.root=WARN"),
                arguments.stream());
        return new ProcessBuilder(command.toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
    }

    private void untilItAnswers() {
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            assertThat(process.isAlive()).isTrue();
            return send(request("/status-board")).statusCode() == 200;
        });
    }

    /** Tests declare components in packages that the application scans; they are not part of it. */
    private static String classPathWithoutTests() {
        var tests = new File(ServiceProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry).equals(tests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Asks below {@code /api/v1}, with the key that the application wrote down at its first start. */
    public HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(directory.resolve("data/bootstrap-key"))
                                        .strip())
                .timeout(PATIENCE);
    }

    /** Posts what must be accepted. */
    public HttpResponse<String> post(HttpRequest.Builder request, String json) throws IOException {
        var answer = send(
                request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        return answer;
    }

    /** The answer, as a text. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
