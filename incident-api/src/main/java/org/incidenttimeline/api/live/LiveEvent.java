package org.incidenttimeline.api.live;

import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.projections.statusboard.StatusCard;

/**
 * An event as it is told to those who follow the log.
 *
 * @param stored the event in the log
 * @param card the incident that it belongs to, at this event or later; empty for an event of anything else
 * @param json the CloudEvent
 */
public record LiveEvent(StoredEvent stored, Optional<StatusCard> card, String json) {
    /** How the names of an incident's events begin in the log. */
    static final String NAMES_OF_INCIDENTS = "incident.";

    public long position() {
        return stored.position();
    }

    public Optional<IncidentId> incident() {
        return card.map(StatusCard::incidentId);
    }

    public Optional<Mode> mode() {
        return card.map(StatusCard::mode);
    }

    static boolean isOfIncident(StoredEvent stored) {
        return stored.name().startsWith(NAMES_OF_INCIDENTS);
    }
}
