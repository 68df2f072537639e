package org.incidenttimeline.projections.milestones;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The milestones of one incident, those that are recorded. */
public record Milestones(Map<Milestone.Name, Milestone> recorded) {
    public Milestones {
        recorded = Map.copyOf(recorded);
    }

    public Optional<Milestone> get(Milestone.Name name) {
        return Optional.ofNullable(recorded.get(name));
    }

    /** Every measurement, those that cannot be made included. */
    public List<Measurement.Value> measurements() {
        return Measurement.ALL.stream().map(m -> m.of(this)).toList();
    }
}
