package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;

/**
 * For whose eyes an answer across incidents is. What they may not see is left out as if it were not there; an incident
 * that the index does not know yet nobody sees.
 *
 * @param name the restricted incidents that name this person are seen; names are compared whatever their case
 * @param all whether every restricted incident is seen
 * @param services only incidents of at least one of these are seen, restricted or not; empty for all
 */
public record Viewer(Optional<Person> name, boolean all, List<ServiceName> services) {
    /** Whoever sees every incident. */
    public static final Viewer OF_ALL = new Viewer(Optional.empty(), true, List.of());

    /** Whoever sees what is open to everyone. */
    public static final Viewer OF_OPEN = new Viewer(Optional.empty(), false, List.of());

    public Viewer {
        services = List.copyOf(services);
    }
}
