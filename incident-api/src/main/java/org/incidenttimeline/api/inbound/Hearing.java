package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentEvent.IncidentMerged;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;

/**
 * What an incident has heard of the sources, as the log holds it.
 *
 * @param card how it stands
 * @param declaration how it began
 * @param mergedInto where the response goes on, if it was merged
 * @param heard what the sources told it, by who told and under which name
 */
record Hearing(
        StatusCard card,
        IncidentDeclared declaration,
        Optional<IncidentId> mergedInto,
        Map<Heard, RecordedEvent> heard) {
    /** What one source told under one name; told again, it is the same. */
    record Heard(String credential, String name) {}

    Hearing {
        heard = Map.copyOf(heard);
    }

    /** Nothing where there is no such incident. */
    static Optional<Hearing> of(List<RecordedEvent> history) {
        if (history.isEmpty() || !(history.getFirst().event() instanceof IncidentDeclared declaration)) {
            return Optional.empty();
        }
        var heard = new HashMap<Heard, RecordedEvent>();
        Optional<IncidentId> into = Optional.empty();
        for (var recorded : history) {
            var by = recorded.provenance();
            by.idempotencyKey().ifPresent(name -> heard.putIfAbsent(new Heard(by.credential(), name), recorded));
            if (recorded.event() instanceof IncidentMerged merged) {
                into = Optional.of(merged.into());
            }
        }
        var mergedInto = into;
        return new StatusCardFold().replay(history).map(card -> new Hearing(card, declaration, mergedInto, heard));
    }

    /** When the incident began, was detected or was declared, the first of these that is known. */
    Instant beganAt() {
        return declaration
                .startedAt()
                .flatMap(OccurredAt::at)
                .or(() -> declaration.detection().at().flatMap(OccurredAt::at))
                .orElseGet(this::declaredAt);
    }

    Instant declaredAt() {
        return card.declared().sortedBy();
    }

    boolean isOpen() {
        return card.phase().isOpen();
    }

    boolean isNotEnded() {
        return !card.phase().isEnded();
    }

    boolean has(String credential, String name) {
        return heard.containsKey(new Heard(credential, name));
    }
}
