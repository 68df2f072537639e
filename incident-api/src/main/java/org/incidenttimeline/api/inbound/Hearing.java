package org.incidenttimeline.api.inbound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent.IncidentMerged;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;

/**
 * What an incident has heard of the sources, as the log holds it.
 *
 * @param card how it stands
 * @param mergedInto where the response goes on, if it was merged
 * @param heard what the sources told it, by who told and under which name
 */
record Hearing(StatusCard card, Optional<IncidentId> mergedInto, Map<Heard, RecordedEvent> heard) {
    /** What one source told under one name; told again, it is the same. */
    record Heard(String credential, String name) {}

    Hearing {
        heard = Map.copyOf(heard);
    }

    /** Nothing where there is no such incident. */
    static Optional<Hearing> of(List<RecordedEvent> history) {
        var heard = new HashMap<Heard, RecordedEvent>();
        Optional<IncidentId> into = Optional.empty();
        for (var recorded : history) {
            var by = recorded.provenance();
            by.idempotencyKey().ifPresent(name -> heard.putIfAbsent(new Heard(by.credential(), name), recorded));
            if (recorded.event() instanceof IncidentMerged merged) {
                into = Optional.of(merged.into());
            }
        }
        var merged = into;
        return new StatusCardFold().replay(history).map(card -> new Hearing(card, merged, heard));
    }

    boolean isOpen() {
        return card.phase().isOpen();
    }

    boolean isNotEnded() {
        return !card.phase().isEnded();
    }

    boolean has(Source source, String name) {
        return heard.containsKey(new Heard(source.credential(), name));
    }
}
