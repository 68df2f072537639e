package org.incidenttimeline.api.webhook;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.live.EventKind;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;

/**
 * A subscription as it stands.
 *
 * @param waiting events that were picked for it and have not arrived
 * @param behind events of the log that were not looked at for it yet
 */
record WebhookResponse(
        WebhookId webhookId,
        TargetUrl url,
        Optional<Title> description,
        List<EventKind> kinds,
        List<Severity> severities,
        List<Mode> modes,
        List<ServiceName> services,
        Webhook.State state,
        Optional<Webhook.Stopped> stoppedBecause,
        Instant stateSince,
        long position,
        long waiting,
        long behind,
        int failures,
        Optional<Instant> failingSince,
        Optional<Instant> deliveredAt,
        Instant createdAt,
        Person createdBy,
        Optional<Instant> formerSecretUntil) {
    static WebhookResponse of(Webhook webhook, long waiting, long head) {
        var filter = webhook.filter();
        return new WebhookResponse(
                webhook.id(),
                webhook.url(),
                webhook.description(),
                filter.kinds().stream()
                        .sorted(Comparator.comparing(EventKind::value))
                        .toList(),
                filter.severities().stream().sorted().toList(),
                filter.modes().stream().sorted().toList(),
                filter.services().stream()
                        .sorted(Comparator.comparing(ServiceName::value))
                        .toList(),
                webhook.state(),
                webhook.stoppedBecause(),
                webhook.stateSince(),
                webhook.position(),
                waiting,
                Math.max(0, head - webhook.position()),
                webhook.failures(),
                webhook.failingSince(),
                webhook.deliveredAt(),
                webhook.createdAt(),
                webhook.createdBy(),
                webhook.formerSecretUntil());
    }
}
