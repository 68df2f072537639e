package org.incidenttimeline.api.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;

/**
 * Which events somebody asks for.
 *
 * @param incident of this incident alone
 * @param kinds of these kinds; empty for all
 * @param modes of incidents of these modes; empty for all
 */
record EventFilter(Optional<IncidentId> incident, Set<EventKind> kinds, Set<Mode> modes) {
    EventFilter {
        kinds = Set.copyOf(kinds);
        modes = Set.copyOf(modes);
    }

    static EventFilter of(Optional<IncidentId> incident, List<EventKind> kinds, List<Mode> modes) {
        return new EventFilter(incident, Set.copyOf(kinds), Set.copyOf(modes));
    }

    boolean matches(LiveEvent event) {
        return (incident.isEmpty() || incident.equals(event.incident()))
                && (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.isOf(event)))
                && (modes.isEmpty() || event.mode().filter(modes::contains).isPresent());
    }
}
