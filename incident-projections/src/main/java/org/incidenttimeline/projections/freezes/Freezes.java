package org.incidenttimeline.projections.freezes;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Visibility;

/**
 * The freezes of one incident, oldest first, with what of the incident they depend on.
 *
 * @param incident empty until the incident is declared
 */
public record Freezes(Optional<Traits> incident, List<Freeze> all) {
    /** What of an incident decides whether its freezes stop deployments, and who may see why. */
    public record Traits(Mode mode, Visibility visibility) {}

    public Freezes {
        all = List.copyOf(all);
    }
}
