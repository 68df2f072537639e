package org.incidenttimeline.api.inbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.incidenttimeline.api.limit.Limits;

/**
 * Whether a delivery comes from whoever knows the secret of its source, told from its headers and bytes alone, before
 * anything in it is read. Where a sender signs, its signature counts and a token beside it does not.
 */
final class Authenticity {
    /** How a signing token of Standard Webhooks begins, as GitLab shows it; the rest is the key in base64. */
    static final String SIGNING_TOKEN = "whsec_";

    private static final String BEARER = "Bearer ";

    private Authenticity() {}

    static boolean isProven(SourceKind kind, String secret, Delivery delivery) {
        return switch (kind) {
            case ALERTMANAGER, CLOUDEVENTS -> bearer(secret, delivery);
            case GRAFANA ->
                delivery.headers().of(Header.GRAFANA_SIGNATURE).isEmpty()
                        ? bearer(secret, delivery)
                        : grafana(secret, delivery);
            case GITHUB -> gitHub(secret, delivery);
            case GITLAB ->
                delivery.headers().of(Header.WEBHOOK_SIGNATURE).isEmpty()
                        ? token(secret, delivery.header(Header.GITLAB_TOKEN))
                        : standardWebhook(secret, delivery);
        };
    }

    /** The headers that prove something. */
    static final class Header {
        static final String AUTHORIZATION = "Authorization";
        static final String GRAFANA_SIGNATURE = "X-Grafana-Alerting-Signature";
        static final String GRAFANA_TIMESTAMP = "X-Grafana-Alerting-Timestamp";
        static final String GITHUB_SIGNATURE = "X-Hub-Signature-256";
        static final String GITLAB_TOKEN = "X-Gitlab-Token";
        static final String WEBHOOK_ID = "webhook-id";
        static final String WEBHOOK_TIMESTAMP = "webhook-timestamp";
        static final String WEBHOOK_SIGNATURE = "webhook-signature";

        private Header() {}
    }

    private static boolean bearer(String secret, Delivery delivery) {
        return token(
                secret,
                delivery.header(Header.AUTHORIZATION)
                        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                        .map(value -> value.substring(BEARER.length()).strip()));
    }

    /** HMAC-SHA256 in hexadecimal of the body, or where a timestamp is sent, of the timestamp, a colon and the body. */
    private static boolean grafana(String secret, Delivery delivery) {
        byte[] signed = delivery.body();
        if (!delivery.headers().of(Header.GRAFANA_TIMESTAMP).isEmpty()) {
            var timestamp = delivery.header(Header.GRAFANA_TIMESTAMP).orElse("");
            if (!isRecent(timestamp, delivery.arrivedAt())) {
                return false;
            }
            signed = joined(timestamp + ":", signed);
        }
        return hex(secret, signed, delivery.header(Header.GRAFANA_SIGNATURE), "");
    }

    private static boolean gitHub(String secret, Delivery delivery) {
        return hex(secret, delivery.body(), delivery.header(Header.GITHUB_SIGNATURE), "sha256=");
    }

    /** Standard Webhooks 1.0: HMAC-SHA256 in base64 of id, timestamp and body, with dots between; one of several counts. */
    private static boolean standardWebhook(String secret, Delivery delivery) {
        var id = delivery.header(Header.WEBHOOK_ID);
        var timestamp = delivery.header(Header.WEBHOOK_TIMESTAMP);
        var signatures = delivery.header(Header.WEBHOOK_SIGNATURE);
        if (id.isEmpty()
                || timestamp.isEmpty()
                || signatures.isEmpty()
                || !isRecent(timestamp.get(), delivery.arrivedAt())) {
            return false;
        }
        byte[] expected = hmac(signingKey(secret), joined(id.get() + "." + timestamp.get() + ".", delivery.body()));
        return Arrays.stream(signatures.get().split(" "))
                .filter(signature -> signature.startsWith("v1,"))
                .map(signature -> base64(signature.substring("v1,".length())))
                .anyMatch(given -> MessageDigest.isEqual(expected, given));
    }

    private static byte[] signingKey(String secret) {
        byte[] key = secret.startsWith(SIGNING_TOKEN) ? base64(secret.substring(SIGNING_TOKEN.length())) : new byte[0];
        return key.length == 0 ? secret.getBytes(StandardCharsets.UTF_8) : key;
    }

    private static boolean token(String secret, Optional<String> given) {
        // Of digests, which have one length, a comparison tells nothing, not even how long the secret is.
        return given.isPresent()
                && MessageDigest.isEqual(
                        Digests.sha256(secret.getBytes(StandardCharsets.UTF_8)),
                        Digests.sha256(given.get().getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean hex(String secret, byte[] signed, Optional<String> given, String prefix) {
        if (given.isEmpty() || !given.get().startsWith(prefix)) {
            return false;
        }
        byte[] expected = hmac(secret.getBytes(StandardCharsets.UTF_8), signed);
        try {
            return MessageDigest.isEqual(
                    expected, HexFormat.of().parseHex(given.get().substring(prefix.length())));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isRecent(String secondsSinceEpoch, Instant now) {
        try {
            var signedAt = Instant.ofEpochSecond(Long.parseLong(secondsSinceEpoch));
            return Duration.between(signedAt, now).abs().compareTo(Limits.SIGNATURE_AGE) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return false;
        }
    }

    private static byte[] joined(String before, byte[] body) {
        byte[] first = before.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
