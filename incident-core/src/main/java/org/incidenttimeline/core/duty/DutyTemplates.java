package org.incidenttimeline.core.duty;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.RegimeName;

/**
 * The regimes that an installation knows.
 *
 * @param candidates those of which it declares that they may apply to any incident, so that their clocks are shown before
 *     anybody has classified
 */
public record DutyTemplates(List<Regime> regimes, List<RegimeName> candidates) {
    /** Of an installation that knows none. */
    public static final DutyTemplates NONE = new DutyTemplates(List.of(), List.of());

    public DutyTemplates {
        regimes = List.copyOf(regimes);
        candidates = List.copyOf(candidates);
        var names = new HashSet<RegimeName>();
        for (var regime : regimes) {
            if (!names.add(regime.name())) {
                throw new InvalidValue("must not have the regime " + regime.name() + " twice");
            }
        }
        for (var candidate : candidates) {
            if (!names.contains(candidate)) {
                throw new InvalidValue("must know the regime " + candidate + ", which is declared to be a candidate");
            }
        }
    }

    public Optional<Regime> regime(RegimeName name) {
        return regimes.stream().filter(regime -> regime.name().equals(name)).findFirst();
    }
}
