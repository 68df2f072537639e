package org.incidenttimeline.api.webhook;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is sent, with its signatures (Standard Webhooks): one for each secret that is in force.
 *
 * @param id names the message, the same in every attempt
 * @param sentAt to the second
 */
record Message(String id, Instant sentAt, String body, String signatures) {
    static Message signed(String id, Instant sentAt, String body, List<String> secrets) {
        String signatures = secrets.stream()
                .map(secret -> signature(secret, id, sentAt, body))
                .collect(Collectors.joining(" "));
        return new Message(id, sentAt, body, signatures);
    }

    private static String signature(String secret, String id, Instant sentAt, String body) {
        try {
            return new com.standardwebhooks.Webhook(secret).sign(id, sentAt.getEpochSecond(), body);
        } catch (WebhookSigningException | EmptyWebhookSecretException e) {
            throw new IllegalStateException("a secret of ours signs", e);
        }
    }
}
