package org.incidenttimeline.api.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;

/**
 * Which events somebody asks for.
 *
 * @param incident of this incident alone
 * @param kinds of these kinds; empty for all
 * @param modes of incidents of these modes; empty for all
 */
record EventFilter(Optional<IncidentId> incident, Set<String> kinds, Set<Mode> modes) {
    private static final Set<String> KNOWN = EventCatalogue.entries().values().stream()
            .map(EventCatalogue.Entry::kind)
            .collect(Collectors.toUnmodifiableSet());

    EventFilter {
        kinds = Set.copyOf(kinds);
        modes = Set.copyOf(modes);
    }

    /** @throws org.incidenttimeline.api.problem.ProblemException if there is no such kind */
    static EventFilter of(Optional<IncidentId> incident, List<String> kinds, List<Mode> modes) {
        for (var kind : kinds) {
            if (!KNOWN.contains(kind)) {
                throw ProblemCode.INVALID_PARAMETER.because("The parameter kind must be one of "
                        + KNOWN.stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
        return new EventFilter(incident, Set.copyOf(kinds), Set.copyOf(modes));
    }

    boolean matches(LiveEvent event) {
        return (incident.isEmpty() || incident.equals(event.incident()))
                && (kinds.isEmpty() || kinds.contains(CloudEvents.kindOf(event.stored())))
                && (modes.isEmpty() || event.mode().filter(modes::contains).isPresent());
    }
}
