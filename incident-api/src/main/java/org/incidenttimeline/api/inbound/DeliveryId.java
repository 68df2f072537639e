package org.incidenttimeline.api.inbound;

import java.util.Optional;
import java.util.regex.Pattern;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.submission.Identifiers;

/** What a sender calls a delivery, by which one finds in its log what made an entry of ours. */
final class DeliveryId {
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1," + Limits.TRACE_ID_LENGTH + "}");

    private DeliveryId() {}

    /** The sender's own name for it where that can be kept as it is, or else its digest. */
    static String of(String given) {
        return VISIBLE_ASCII.matcher(given).matches() ? given : Digests.of(given);
    }

    static String of(Source source, Delivery delivery, Identifiers identifiers) {
        Optional<String> given = switch (source.kind()) {
            case GITHUB -> delivery.header("X-GitHub-Delivery");
            case GITLAB ->
                delivery.header("Idempotency-Key")
                        .or(() -> delivery.header("webhook-id"))
                        .or(() -> delivery.header("X-Gitlab-Event-UUID"));
            case ALERTMANAGER, GRAFANA, CLOUDEVENTS -> Optional.empty();
        };
        return given.filter(id -> !id.isEmpty())
                .map(DeliveryId::of)
                .orElseGet(() -> identifiers.next().toString());
    }
}
