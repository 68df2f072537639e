package org.incidenttimeline.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** As many listeners as one node must bear, and one who does not read what it is told. */
class ManyListenersTest {
    private static final int LISTENERS = 1_000;
    private static final int PATIENCE_SECONDS = 60;

    private static void declare(RunningService service, String incident) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """.formatted(incident));
    }

    @Test
    void a_thousand_who_listen_to_one_node_all_hear_what_happens() throws Exception {
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(
                        database, Clock.systemUTC(), "--incident.events.streams-per-credential=" + LISTENERS);
                var listeners = new IdleListeners(service, LISTENERS)) {
            assertThat(listeners.allListenWithin(PATIENCE_SECONDS)).isTrue();
            assertThat(service.context().getBean(Streams.class).open()).isEqualTo(LISTENERS);

            declare(service, "inc-1");

            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> listeners.whoHeard(1) == LISTENERS);
        }
    }

    /** It costs no memory, since nothing is kept for it; after a while its connection is given up. */
    @Test
    void one_who_does_not_read_is_given_up_and_holds_up_nobody() throws IOException {
        try (var database = TestDatabases.empty(Database.H2);
                var service =
                        RunningService.on(database, Clock.systemUTC(), "--server.tomcat.connection-timeout=500ms")) {
            var streams = service.context().getBean(Streams.class);
            try (var deaf = new Socket()) {
                deaf.setReceiveBufferSize(1_024);
                deaf.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        URI.create(service.base()).getPort()));
                deaf.getOutputStream().write(requestOf(service));
                await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> streams.open() == 1);
                declare(service, "inc-1");
                String text = "x".repeat(10_000);

                await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> {
                    service.tell("/incidents/inc-1/notes", "{\"text\": \"" + text + "\"}");
                    return streams.open() == 0;
                });
            }
            try (var listener = Listener.to(service, "", Optional.of("1"))) {
                await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                        .until(() -> !listener.told().isEmpty());
                assertThat(listener.ids().getFirst()).isEqualTo(2);
            }
        }
    }

    private static byte[] requestOf(RunningService service) {
        var request = new StringBuilder("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        service.request("/")
                .header("Accept", "text/event-stream")
                .build()
                .headers()
                .map()
                .forEach((name, values) -> request.append(name + ": " + String.join(",", values) + "\r\n"));
        return request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
