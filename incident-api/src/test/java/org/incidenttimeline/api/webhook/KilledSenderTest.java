package org.incidenttimeline.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.incidenttimeline.api.testing.ServiceProcess;
import org.incidenttimeline.api.webhook.Receiver.Received;
import org.junit.jupiter.api.AutoClose;
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

    @TempDir
    private Path directory;

    @AutoClose
    private final Receiver receiver = new Receiver();

    @AutoClose
    @SuppressWarnings("NullAway.Init") // Started by the test.
    private ServiceProcess service;

    KilledSenderTest() throws IOException {}

    @Test
    @Timeout(300)
    void every_event_arrives_in_its_order_however_often_the_sender_is_killed() throws Exception {
        var random = RandomGenerator.of("L64X128MixRandom");
        receiver.answer(_ -> random.nextInt(10) < 3 ? 500 : 204);
        service = ServiceProcess.in(
                directory,
                "--incident.webhooks.allow-http=true",
                "--incident.webhooks.allow-networks=127.0.0.0/8",
                "--incident.webhooks.retry-delays=0s" + ",50ms".repeat(29));
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
            await().atMost(ServiceProcess.PATIENCE)
                    .until(() -> receiver.received().size() > before + 3 || arrived() == EVENTS);
            service.kill();
            service.startAgain();
        }
        await().atMost(ServiceProcess.PATIENCE).until(() -> arrived() == EVENTS);

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
            received.verify(secret);
        }
    }

    private int arrived() {
        return new HashSet<>(receiver.taken().stream().map(Received::position).toList()).size();
    }

    private JsonNode post(String path, String json) throws IOException {
        return JsonMapper.shared()
                .readTree(service.post(service.request(path), json).body());
    }
}
