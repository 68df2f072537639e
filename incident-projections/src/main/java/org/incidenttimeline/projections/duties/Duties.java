package org.incidenttimeline.projections.duties;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.duty.DutyClock.Running;
import org.incidenttimeline.core.duty.DutyFacts;
import org.incidenttimeline.core.duty.DutyFacts.Classified;
import org.incidenttimeline.core.duty.DutyFacts.Fact;
import org.incidenttimeline.core.duty.DutyFacts.Submission;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.duty.Stage;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.projections.incident.IncidentView;

/**
 * The duties to report of one incident, as of a moment.
 *
 * @param awareness when the organisation became aware, if that was established
 * @param regimes those for which the incident was classified or reported, and the candidates of the installation, in the
 *     order of the templates
 */
public record Duties(Optional<Fact> awareness, List<OfRegime> regimes) {
    /** Whether a regime asks for reports, as far as is known. */
    public enum Standing {
        REPORTABLE,
        NOT_REPORTABLE,
        AWAITING_CLASSIFICATION
    }

    /** What became of one report. */
    public enum State {
        /** What its clock runs from is not known yet. */
        NOT_STARTED,
        /** Its clock runs, or has no end. */
        RUNNING,
        /** It was made in time. */
        SUBMITTED,
        /** It was made after it was due. */
        SUBMITTED_LATE,
        /** It was not made, and is due no more. */
        OVERDUE,
        /** The regime does not ask for it, for an incident classified so. */
        NOT_REQUIRED
    }

    /**
     * One report.
     *
     * @param clock the clock that decides when it is due, if one runs
     * @param submission the report that was made first
     * @param repeated how many more of it were made after the first
     */
    public record Duty(
            Stage stage, State state, Optional<Running> clock, Optional<Submission> submission, int repeated) {
        public Optional<Instant> dueAt() {
            return clock.flatMap(Running::dueAt);
        }

        /** Whether somebody must still act. */
        public boolean isOpen() {
            return state == State.RUNNING || state == State.OVERDUE;
        }
    }

    /** The reports for one regime. */
    public record OfRegime(Regime regime, Standing standing, Optional<Classified> classified, List<Duty> duties) {
        public OfRegime {
            duties = List.copyOf(duties);
        }
    }

    /** A deadline that runs, or ran out. */
    public record Open(RegimeName regime, Duty duty, Instant dueAt) {}

    public Duties {
        regimes = List.copyOf(regimes);
    }

    /** The duties of an incident by these templates, as of the moment given. */
    public static Duties of(IncidentView incident, DutyTemplates templates, Instant now) {
        var facts = incident.duties();
        return new Duties(
                facts.awareness(),
                templates.regimes().stream()
                        .filter(regime -> concerns(incident, templates, regime.name()))
                        .map(regime -> of(regime, facts, now))
                        .toList());
    }

    /** A candidate concerns no incident whose response was called off before anybody classified it. */
    private static boolean concerns(IncidentView incident, DutyTemplates templates, RegimeName regime) {
        boolean calledOff =
                incident.cancelled().isPresent() || incident.merged().isPresent();
        return incident.duties().regimes().containsKey(regime)
                || (templates.candidates().contains(regime) && !calledOff);
    }

    private static OfRegime of(Regime regime, DutyFacts facts, Instant now) {
        var classified = facts.of(regime.name()).classified();
        var standing = classified
                .map(c -> switch (c.decision()) {
                    case REPORTABLE -> Standing.REPORTABLE;
                    case NOT_REPORTABLE -> Standing.NOT_REPORTABLE;
                })
                .orElse(Standing.AWAITING_CLASSIFICATION);
        return new OfRegime(
                regime,
                standing,
                classified,
                regime.stages().stream()
                        .map(stage -> duty(regime, stage, facts, now))
                        .toList());
    }

    private static Duty duty(Regime regime, Stage stage, DutyFacts facts, Instant now) {
        var known = facts.of(regime.name());
        var first = known.first(stage.name());
        boolean asked = known.classified()
                .map(c -> c.decision() == Reportability.REPORTABLE && stage.isFor(c.as()))
                .orElse(true);
        var clock = stage.running(regime.name(), facts).filter(_ -> asked || first.isPresent());
        return new Duty(
                stage,
                first.map(submission -> made(submission, clock)).orElseGet(() -> open(asked, clock, now)),
                clock,
                first,
                Math.max(0, known.submissions(stage.name()).size() - 1));
    }

    private static State made(Submission submission, Optional<Running> clock) {
        var due = clock.flatMap(Running::dueAt);
        return submission
                        .fact()
                        .at()
                        .filter(at -> due.filter(at::isAfter).isPresent())
                        .isPresent()
                ? State.SUBMITTED_LATE
                : State.SUBMITTED;
    }

    private static State open(boolean asked, Optional<Running> clock, Instant now) {
        if (!asked) {
            return State.NOT_REQUIRED;
        }
        if (clock.isEmpty()) {
            return State.NOT_STARTED;
        }
        return clock.flatMap(Running::dueAt).filter(now::isAfter).isPresent() ? State.OVERDUE : State.RUNNING;
    }

    /** The deadlines that run or ran out without a report, the soonest first. */
    public List<Open> open() {
        return regimes.stream()
                .flatMap(of -> of.duties().stream()
                        .filter(Duty::isOpen)
                        .flatMap(duty -> duty.dueAt().stream()
                                .map(due -> new Open(of.regime().name(), duty, due))))
                .sorted(Comparator.comparing(Open::dueAt))
                .toList();
    }

    /** Every report of every regime. */
    public Stream<Duty> all() {
        return regimes.stream().flatMap(of -> of.duties().stream());
    }

    /** The whole minutes from one moment to a deadline; less than none once it is over. */
    public static long minutesLeft(Instant now, Instant dueAt) {
        return Math.floorDiv(Duration.between(now, dueAt).toSeconds(), 60L);
    }
}
