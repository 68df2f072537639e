package org.incidenttimeline.core.duty;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.duty.DutyFacts.Fact;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.StageName;

/**
 * How a deadline comes about.
 *
 * @param from what it runs from
 * @param of the stage whose submission it runs from; only where it runs from one
 * @param within how long it runs; empty where the regime names no length ("without undue delay")
 */
public record DutyClock(Anchor from, Optional<StageName> of, Optional<TimeLimit> within) {
    public DutyClock {
        if (from.isSubmission() != of.isPresent()) {
            throw new InvalidValue("must name a stage in \"of\" exactly when it runs from a submission");
        }
    }

    /**
     * A clock whose anchor is known.
     *
     * @param since the entry that it runs from, and when that was
     * @param dueAt the last moment that is in time, if the clock has an end
     */
    public record Running(Anchor anchor, Fact since, Optional<Instant> dueAt) {}

    /** This clock, if what it runs from is known with its time. */
    Optional<Running> running(RegimeName regime, DutyFacts facts) {
        return facts.anchor(regime, from, of)
                .flatMap(since -> since.at().map(at -> new Running(from, since, within.map(limit -> limit.after(at)))));
    }
}
