package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
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
import org.incidenttimeline.api.testing.ServiceProcess;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AutoClose;
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
    private static final String INCIDENT = "/incidents/inc-1";

    @TempDir
    private Path directory;

    @AutoClose
    @SuppressWarnings("NullAway.Init") // Started by the test.
    private ServiceProcess service;

    @Test
    @Timeout(300)
    void every_entry_that_was_acknowledged_survives_a_kill() throws Exception {
        service = ServiceProcess.in(directory);
        post("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);

        var unanswered = ConcurrentHashMap.<String>newKeySet();
        var acknowledged = killWhileTold(unanswered);

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
        assertThat(unanswered).isNotEmpty();
        service.startAgain();
        for (var told : acknowledged.entrySet()) {
            var retried = note(told.getValue());
            assertThat(retried.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(json(retried).get("version").asLong()).isEqualTo(told.getKey());
        }
        // Of these nobody knows whether they were recorded before the kill; now they are.
        for (var text : unanswered) {
            long version = json(note(text)).get("version").asLong();
            assertThat(acknowledged.put(version, text)).isNull();
        }
        var timeline = json(get(INCIDENT + "/timeline?minVersion=" + Collections.max(acknowledged.keySet())));
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

        var board = json(get("/status-board?minPosition=" + version));
        assertThat(board.get("incidents").get(0).get("version").asLong()).isEqualTo(version);
        assertThat(json(post(INCIDENT + "/notes", "{\"text\": \"after the kill\"}"))
                        .get("version")
                        .asLong())
                .isEqualTo(version + 1);

        assertThat(service.stop()).isTrue();
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
    private Map<Long, String> killWhileTold(Set<String> unanswered) throws InterruptedException {
        var acknowledged = new ConcurrentHashMap<Long, String>();
        var enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
        var callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; ; i++) {
                        String text = "note " + i + " of caller " + caller;
                        try {
                            var answer = note(text);
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
        boolean reached = enough.await(ServiceProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        service.kill();
        for (var caller : callers) {
            caller.join();
        }
        assertThat(reached).isTrue();
        return acknowledged;
    }

    /** Tells it under a key that is the text's own. */
    private HttpResponse<String> note(String text) throws IOException {
        return service.post(
                service.request(INCIDENT + "/notes").header("Idempotency-Key", "\"" + text.replace(' ', '-') + "\""),
                "{\"text\": \"" + text + "\"}");
    }

    private HttpResponse<String> post(String path, String json) throws IOException {
        return service.post(service.request(path), json);
    }

    private HttpResponse<String> get(String path) throws IOException {
        return service.send(
                service.request(path).header("Accept", "application/json").header("Prefer", "wait=20"));
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
