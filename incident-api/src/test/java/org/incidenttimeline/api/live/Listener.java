package org.incidenttimeline.api.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.incidenttimeline.api.testing.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listens to a stream of server-sent events as a browser's EventSource would, but comes back only when told. */
final class Listener implements AutoCloseable {
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final InputStream body;
    private final Thread reader;
    private volatile String lastEventId;
    private volatile boolean begun;
    private volatile boolean ended;

    /** One event that arrived. */
    record Told(long id, String type, String data) {
        JsonNode json() {
            return JsonMapper.shared().readTree(data);
        }
    }

    private Listener(HttpResponse<InputStream> response, String lastEventId) {
        if (response.statusCode() != 200) {
            throw new AssertionError("the stream was answered with " + response.statusCode());
        }
        this.lastEventId = lastEventId;
        body = response.body();
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Listens from now on, or behind the last id, once the service has said that it listens to us. */
    static Listener to(RunningService service, String query, Optional<String> lastEventId) throws IOException {
        var request = service.request("/api/v1/events" + query).header("Accept", "text/event-stream");
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        return new Listener(service.open(request), lastEventId.orElse(""));
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String type = "";
            String data = "";
            String id = lastEventId;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data += line.substring(6);
                } else if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        told.add(new Told(Long.parseLong(id), type, data));
                    }
                    lastEventId = id;
                    begun = true;
                    type = "";
                    data = "";
                }
            }
        } catch (IOException _) {
            // Cut off; what is not a whole block does not count.
        } finally {
            ended = true;
        }
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    List<Long> ids() {
        return told.stream().map(Told::id).toList();
    }

    String lastEventId() {
        return lastEventId;
    }

    boolean hasBegun() {
        return begun;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Cuts the connection, and waits until nothing more can arrive. */
    @Override
    public void close() throws IOException {
        body.close();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
