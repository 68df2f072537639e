package org.incidenttimeline.api.webhook;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A target that keeps what it gets, and answers as it is told to. */
final class Receiver implements AutoCloseable {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Answering answering = _ -> 204;

    /** How a request is answered. */
    @FunctionalInterface
    interface Answering {
        int statusFor(Received received);
    }

    /** A request that arrived, and the status it got. */
    record Received(Map<String, List<String>> headers, String body, int status) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        String id() {
            return header("webhook-id");
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        long position() {
            return Long.parseLong(json().get("position").asString());
        }

        String subject() {
            return json().get("subject").asString();
        }

        /** Checks the signature with the standard's own library, which wants the names in lower case. */
        void verify(String secret) throws WebhookVerificationException, EmptyWebhookSecretException {
            var lowerCase = new HashMap<String, List<String>>();
            headers.forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values));
            new com.standardwebhooks.Webhook(secret).verify(body, lowerCase);
        }

        private Received answered(int with) {
            return new Received(headers, body, with);
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Received(headers, body, 0);
            int status = answering.statusFor(request);
            received.add(request.answered(status));
            byte[] answer = status / 100 == 2 ? new byte[0] : "no thanks".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    void answer(Answering how) {
        answering = how;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** What it answered with success, in the order in which it did. */
    List<Received> taken() {
        return received.stream().filter(r -> r.status() / 100 == 2).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
