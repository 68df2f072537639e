package org.incidenttimeline.api.inbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;

/** A system that delivers to a source: it signs as the real one does. */
record Sender(RunningService service, String sourceId, String secret) {
    /** Sets a source up and gives its sender. */
    static Sender of(RunningService service, String sourceId, String kind, String settings) {
        var created = service.tell("/sources", """
                {"sourceId": "%s", "kind": "%s", "name": "%s of the tests", "settings": %s}
                """.formatted(sourceId, kind, sourceId, settings));
        return new Sender(service, sourceId, created.json().get("secret").asString());
    }

    Sender at(RunningService node) {
        return new Sender(node, sourceId, secret);
    }

    static String payload(String file) {
        try (var stream = Sender.class.getResourceAsStream("/inbound/" + file)) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer withBearer(String body) {
        return send(body, Map.of("Authorization", "Bearer " + secret));
    }

    Answer asGitHub(String event, String delivery, String body) {
        return send(body, gitHubHeaders(event, delivery, body));
    }

    Map<String, String> gitHubHeaders(String event, String delivery, String body) {
        return Map.of(
                "X-GitHub-Event", event,
                "X-GitHub-Delivery", delivery,
                "X-Hub-Signature-256", "sha256=" + hex(secret, body));
    }

    Answer asGitLab(String idempotencyKey, String body) {
        return send(
                body,
                Map.of(
                        "X-Gitlab-Event", "Deployment Hook",
                        "X-Gitlab-Token", secret,
                        "Idempotency-Key", idempotencyKey));
    }

    static String hex(String secret, String message) {
        return HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), message));
    }

    /** A signature of Standard Webhooks. */
    static String standard(String secret, String id, String timestamp, String body) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, id + "." + timestamp + "." + body));
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer send(String body, Map<String, String> headers) {
        var all = new LinkedHashMap<String, String>();
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        var request = service.anonymous("/api/v1/inbound/" + sourceId)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        all.forEach(request::setHeader);
        return service.send(request);
    }
}
