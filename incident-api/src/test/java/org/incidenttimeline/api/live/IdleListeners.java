package org.incidenttimeline.api.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.incidenttimeline.api.testing.RunningService;

/** Many who listen to one service, each over a bare socket, so that they cost the least themselves. */
final class IdleListeners implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch listening;
    private final int count;

    /** When who heard which event, in nanoseconds of the system's clock. */
    private final ConcurrentMap<Long, List<Long>> heard = new ConcurrentHashMap<>();

    IdleListeners(RunningService service, int count) throws IOException {
        this.count = count;
        this.listening = new CountDownLatch(count);
        var address = URI.create(service.base());
        var request = new StringBuilder("GET /api/v1/events HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n");
        service.request("/api/v1/events")
                .header("Accept", "text/event-stream")
                .build()
                .headers()
                .map()
                .forEach((name, values) -> request.append(name)
                        .append(": ")
                        .append(String.join(",", values))
                        .append("\r\n"));
        byte[] bytes = request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
            sockets.add(socket);
            socket.getOutputStream().write(bytes);
            Thread.ofVirtual().start(() -> listen(socket));
        }
    }

    private void listen(Socket socket) {
        try (var lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 2_048)) {
            long id = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("retry: ")) {
                    listening.countDown();
                } else if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("data: ")) {
                    heard.computeIfAbsent(id, _ -> Collections.synchronizedList(new ArrayList<>(count)))
                            .add(System.nanoTime());
                }
            }
        } catch (IOException _) {
            // Closed by us.
        }
    }

    boolean allListenWithin(long seconds) throws InterruptedException {
        return listening.await(seconds, TimeUnit.SECONDS);
    }

    int whoHeard(long position) {
        return heard.getOrDefault(position, List.of()).size();
    }

    /** When each heard that event, the first first. */
    List<Long> times(long position) {
        return heard.getOrDefault(position, List.of()).stream().sorted().toList();
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
