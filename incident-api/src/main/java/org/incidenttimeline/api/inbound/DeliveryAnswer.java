package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;

/**
 * What became of a delivery, for whoever looks at the sender's log of it.
 *
 * @param incidents the incidents that it was told to; restricted ones are not named
 * @param because why nothing was done, where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeliveryAnswer(Outcome outcome, List<Told> incidents, Optional<String> because) {
    /** Whether a delivery changed anything. */
    enum Outcome {
        /** Something was recorded or kept. */
        TAKEN,
        /** All of it is known already. */
        REPEATED,
        /** It tells of nothing that is of use here. */
        IGNORED
    }

    /**
     * An incident that knows of the delivery now.
     *
     * @param declared whether the delivery declared it
     * @param recorded how many entries were recorded
     */
    record Told(IncidentId incidentId, boolean declared, int recorded) {}

    DeliveryAnswer {
        incidents = List.copyOf(incidents);
    }

    static DeliveryAnswer of(boolean changed, List<Told> incidents) {
        return new DeliveryAnswer(changed ? Outcome.TAKEN : Outcome.REPEATED, incidents, Optional.empty());
    }

    static DeliveryAnswer ignored(String because) {
        return new DeliveryAnswer(Outcome.IGNORED, List.of(), Optional.of(because));
    }
}
