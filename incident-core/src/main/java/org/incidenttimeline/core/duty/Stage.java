package org.incidenttimeline.core.duty;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.duty.DutyClock.Running;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;

/**
 * One report that a regime asks for.
 *
 * @param clocks what its deadline follows from; of several, the one that ends first counts
 * @param onlyFor the classifications for which it is asked; none means every reportable one
 * @param article where the regime says so, for instance {@code Art. 23(4)(a)}
 * @param reference the document that says it
 */
public record Stage(
        StageName name,
        Title title,
        List<DutyClock> clocks,
        List<ClassificationName> onlyFor,
        Reference article,
        Reference reference) {
    public Stage {
        clocks = List.copyOf(clocks);
        onlyFor = List.copyOf(onlyFor);
        if (clocks.isEmpty()) {
            throw new InvalidValue("must have at least one clock");
        }
    }

    /** The clock that ends first of those that run. */
    public Optional<Running> running(RegimeName regime, DutyFacts facts) {
        return clocks.stream()
                .flatMap(clock -> clock.running(regime, facts).stream())
                .min(Comparator.comparing(running -> running.dueAt().orElse(Instant.MAX)));
    }

    /** Whether it is asked for an incident of that classification. */
    public boolean isFor(ClassificationName classification) {
        return onlyFor.isEmpty() || onlyFor.contains(classification);
    }
}
