package org.incidenttimeline.core.event;

import java.util.Optional;

/** Everything that the log records: what happens to incidents, and to what responders are told beforehand. */
public sealed interface DomainEvent permits IncidentEvent, RunbookEvent, PlaybookEvent {
    /** The stream that it stands in. No two things of whatever kind share one. */
    String streamId();

    /** The thing inside the incident that this event made or changed, if it is about one. */
    default Optional<ItemId> item() {
        return Optional.empty();
    }
}
