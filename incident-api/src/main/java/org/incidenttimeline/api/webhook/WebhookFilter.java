package org.incidenttimeline.api.webhook;

import java.util.EnumSet;
import java.util.Set;
import org.incidenttimeline.api.live.EventKind;
import org.incidenttimeline.api.live.LiveEvent;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;

/**
 * Which events a subscription is told of; an empty set of anything but modes means all.
 *
 * @param severities of incidents that have one of these severities when the event is looked at
 * @param modes of incidents of these modes; without a word, those that really happened
 * @param services of incidents that touch one of these services
 */
record WebhookFilter(Set<EventKind> kinds, Set<Severity> severities, Set<Mode> modes, Set<ServiceName> services) {
    private static final Set<Mode> REAL = EnumSet.of(Mode.LIVE, Mode.BACKFILLED);

    WebhookFilter {
        kinds = Set.copyOf(kinds);
        severities = Set.copyOf(severities);
        modes = modes.isEmpty() ? Set.copyOf(REAL) : Set.copyOf(modes);
        services = Set.copyOf(services);
    }

    boolean matches(LiveEvent event) {
        return (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.isOf(event)))
                && event.card()
                        .filter(card -> modes.contains(card.mode()))
                        .filter(card -> severities.isEmpty() || severities.contains(card.severity()))
                        .filter(card -> services.isEmpty()
                                || services.stream()
                                        .anyMatch(service ->
                                                card.services().stream().anyMatch(service::covers)))
                        .isPresent();
    }
}
