package org.incidenttimeline.projections.rhythm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.projections.incident.IncidentView;

/**
 * Where a response stands in the rhythm, and what to do next.
 *
 * @param beats all ten, in their order
 * @param next the next safest step; empty once nothing remains to be done
 */
public record Rhythm(List<Beat> beats, Optional<NextStep> next) {
    public Rhythm {
        beats = List.copyOf(beats);
    }

    /** The rhythm of an incident as of the moment given. */
    public static Rhythm of(IncidentView incident, Instant now) {
        var situation = new Situation(incident, now);
        return new Rhythm(Beats.of(situation), SafestStep.of(situation));
    }

    public Beat beat(Beat.Name name) {
        return beats.stream().filter(b -> b.name() == name).findFirst().orElseThrow();
    }
}
