package org.incidenttimeline.projections.freezes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;

/**
 * Whether a service may be changed in an environment. Only freezes of LIVE incidents count: those of drills, of tests of
 * the tool and of incidents entered afterwards freeze nothing real.
 *
 * @param forbidding the freezes that forbid the change
 * @param letting the freezes that cover the service and the environment, but have an exception for the change
 */
public record FreezeCheck(List<Freeze> forbidding, List<Freeze> letting) {
    public FreezeCheck {
        forbidding = List.copyOf(forbidding);
        letting = List.copyOf(letting);
    }

    public boolean frozen() {
        return !forbidding.isEmpty();
    }

    /** The answer that these freezes give; names are compared whatever their case. */
    public static FreezeCheck of(
            List<Freeze> freezes, ServiceName service, Environment environment, Optional<Reference> change) {
        var covering = freezes.stream()
                .filter(f -> f.mode() == Mode.LIVE && f.isOn() && f.scope().covers(service, environment))
                .collect(Collectors.partitioningBy(f -> change.filter(f::lets).isPresent()));
        return new FreezeCheck(covering.getOrDefault(false, List.of()), covering.getOrDefault(true, List.of()));
    }
}
