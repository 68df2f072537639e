package org.incidenttimeline.projections.rhythm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.projections.incident.IncidentView.Hypothesis;
import org.incidenttimeline.projections.incident.IncidentView.HypothesisStatus;
import org.incidenttimeline.projections.incident.IncidentView.RecoveryAttempt;
import org.incidenttimeline.projections.rhythm.Beat.Name;
import org.incidenttimeline.projections.rhythm.Beat.State;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.wording.Names;
import org.incidenttimeline.projections.wording.Times;

/** How far each beat has come. */
final class Beats {
    private static final Duration LONG_SILENCE = Duration.ofHours(1);

    private Beats() {}

    static List<Beat> of(Situation s) {
        return Stream.of(Name.values()).map(name -> of(name, s)).toList();
    }

    private static Beat of(Name name, Situation s) {
        if (s.calledOff() && name != Name.DECLARE && name != Name.TIMELINE) {
            return notNeeded(name, "the incident was " + Names.of(s.phase()));
        }
        return switch (name) {
            case DECLARE -> declare(s);
            case FREEZE -> freeze(s);
            case GATHER -> gather(s);
            case HYPOTHESIZE -> hypothesize(s);
            case TEST -> test(s);
            case MITIGATE -> mitigate(s);
            case VERIFY -> verify(s);
            case COMMUNICATE -> communicate(s);
            case TIMELINE -> timeline(s);
            case REVIEW -> review(s);
        };
    }

    private static Beat declare(Situation s) {
        var incident = s.incident();
        var missing = new ArrayList<String>();
        if (incident.impacts().isEmpty() && !s.calledOff()) {
            missing.add("what is broken, what still works and who is affected");
        }
        var rests = new ArrayList<Long>(List.of(incident.declared().entry()));
        incident.rolesNow().forEach(r -> rests.add(r.since().entry()));
        incident.impacts().forEach(w -> rests.addAll(entries(w.sources(), Function.identity())));
        return beat(Name.DECLARE, missing.isEmpty() ? State.DONE : State.UNDER_WAY, rests, missing);
    }

    private static Beat freeze(Situation s) {
        var freezes = s.incident().freezes();
        if (freezes.isEmpty()) {
            return s.freezeNeeded() && s.phase().isOpen()
                    ? beat(Name.FREEZE, State.NOT_STARTED, List.of(), List.of("a freeze of the services concerned"))
                    : notNeeded(Name.FREEZE, whyNoFreeze(s));
        }
        var missing = new ArrayList<String>();
        s.changesInsideFreeze()
                .forEach(c -> missing.add("an exception, or an explanation, for " + c.changeId() + ", made inside "
                        + c.freezeBroken().orElseThrow()));
        s.freezesOn().stream()
                .filter(f -> f.isOverdueToBeLifted(s.now()))
                .forEach(f -> missing.add(f.freezeId() + " was expected to end and is still on"));
        var mustLift = !s.phase().isOpen() && !s.freezesOn().isEmpty();
        if (mustLift) {
            s.freezesOn().forEach(f -> missing.add(f.freezeId() + " is still on"));
        }
        var rests = new ArrayList<Long>();
        freezes.forEach(f -> {
            rests.add(f.frozen().entry());
            f.lifted().ifPresent(l -> rests.add(l.source().entry()));
        });
        return beat(Name.FREEZE, mustLift ? State.UNDER_WAY : State.DONE, rests, missing);
    }

    private static String whyNoFreeze(Situation s) {
        if (!s.isHappening()) {
            return "the incident is a " + (s.incident().mode() == Mode.TEST ? "test" : "record entered afterwards");
        }
        return s.freezeNeeded()
                ? "the response ended without one"
                : "a freeze costs more than it protects at " + s.incident().severity();
    }

    private static Beat gather(Situation s) {
        var missing = new ArrayList<String>();
        if (s.failing().isEmpty()) {
            missing.add("a symptom that tells what fails");
        }
        if (s.incident().changes().isEmpty()) {
            missing.add("the changes before the first symptom, if there were any");
        }
        var noEvidence = s.evidence().isEmpty();
        if (noEvidence) {
            missing.add("preserved evidence");
        }
        var rests = new ArrayList<Long>();
        s.incident().symptoms().forEach(x -> rests.add(x.source().entry()));
        s.incident().changes().forEach(x -> rests.add(x.source().entry()));
        s.incident().evidence().forEach(x -> rests.add(x.source().entry()));
        var done = !s.failing().isEmpty() && !noEvidence;
        return beat(Name.GATHER, state(rests.isEmpty(), done), rests, missing);
    }

    private static Beat hypothesize(Situation s) {
        var all = s.incident().hypotheses();
        if (all.isEmpty() && !s.phase().isOpen()) {
            return notNeeded(Name.HYPOTHESIZE, "the response ended without one");
        }
        var decided = all.stream().anyMatch(h -> h.status() == HypothesisStatus.CONFIRMED);
        var done = !s.phase().isOpen() || s.primary().isPresent() || decided;
        var missing =
                done ? List.<String>of() : List.of(s.candidates().isEmpty() ? "a hypothesis" : "a primary hypothesis");
        return beat(
                Name.HYPOTHESIZE,
                state(all.isEmpty(), done),
                entries(all, h -> h.sources().getFirst()),
                missing);
    }

    private static Beat test(Situation s) {
        var tests = s.incident().hypotheses().stream()
                .flatMap(h -> h.tests().stream())
                .toList();
        if (tests.isEmpty() && !s.phase().isOpen()) {
            return notNeeded(Name.TEST, "the response ended without one");
        }
        var missing = new ArrayList<String>();
        s.runningTest().ifPresent(t -> missing.add("a conclusion of " + t.testId()));
        s.primary().filter(h -> h.tests().isEmpty()).ifPresent(h -> missing.add("a test of " + h.hypothesisId()));
        var decided = s.incident().hypotheses().stream().anyMatch(Beats::isDecided);
        var rests = new ArrayList<Long>();
        tests.forEach(t -> {
            rests.add(t.begun().entry());
            t.conclusion().ifPresent(c -> rests.add(c.source().entry()));
        });
        return beat(Name.TEST, state(tests.isEmpty(), decided && missing.isEmpty()), rests, missing);
    }

    private static boolean isDecided(Hypothesis hypothesis) {
        return switch (hypothesis.status()) {
            case CONFIRMED, REFUTED -> true;
            case CANDIDATE, PRIMARY, UNDER_TEST, SET_ASIDE -> false;
        };
    }

    private static Beat mitigate(Situation s) {
        var all = s.incident().mitigations();
        if (all.isEmpty() && !s.phase().isOpen()) {
            return notNeeded(Name.MITIGATE, "recovery was verified without one");
        }
        var missing = new ArrayList<String>();
        s.running().forEach(m -> missing.add("the outcome of " + m.mitigationId()));
        s.harmStillThere().ifPresent(m -> missing.add("the rollback of " + m.mitigationId() + ", which did harm"));
        var done = missing.isEmpty() && (!s.helped().isEmpty() || s.recovered());
        var rests = new ArrayList<Long>();
        all.forEach(m -> {
            rests.add(m.begun().entry());
            m.outcome().ifPresent(o -> rests.add(o.source().entry()));
            m.rolledBack().ifPresent(r -> rests.add(r.source().entry()));
        });
        return beat(Name.MITIGATE, state(all.isEmpty(), done), rests, missing);
    }

    private static Beat verify(Situation s) {
        var all = s.incident().recoveries();
        var missing = new ArrayList<String>();
        if (!s.recovered()) {
            missing.add("checks that all pass");
        }
        if (s.recovered()
                && s.recovery().stream().flatMap(r -> r.checks().stream()).noneMatch(RecoveryCheck::userFacing)) {
            missing.add("a check that sees what users see");
        }
        return beat(Name.VERIFY, state(all.isEmpty(), s.recovered()), entries(all, RecoveryAttempt::source), missing);
    }

    private static Beat communicate(Situation s) {
        var updates = s.incident().updates();
        if (updates.isEmpty() && !(s.mustCommunicate() && s.phase().isOpen())) {
            return notNeeded(
                    Name.COMMUNICATE,
                    s.mustCommunicate()
                            ? "the response ended without an update"
                            : "nobody outside waits for an update");
        }
        var missing = new ArrayList<String>();
        s.overduePromises()
                .forEach(p -> missing.add(
                        "the update promised to " + Names.of(p.audience()) + " for " + Times.utc(p.dueAt())));
        if (updates.isEmpty()) {
            missing.add("the first update");
        }
        if (s.atLeast(Severity.SEV2)
                && s.isHappening()
                && s.incident().plans().isEmpty()
                && s.phase().isOpen()) {
            missing.add("a plan of who tells whom, where and how often");
        }
        var over = !s.phase().isOpen();
        if (over && s.mustCommunicate() && s.updatesSinceRecovery().isEmpty()) {
            missing.add("the update that it is over");
        }
        return beat(
                Name.COMMUNICATE,
                state(updates.isEmpty(), over && (!s.updatesSinceRecovery().isEmpty() || !s.mustCommunicate())),
                entries(updates, u -> u.source()),
                missing);
    }

    private static Beat timeline(Situation s) {
        var missing = new ArrayList<String>();
        var unknown = s.incident().timeline().entries().stream()
                .filter(e -> e.occurredAt().precision() == Precision.UNKNOWN)
                .map(TimelineEntry::number)
                .toList();
        if (!unknown.isEmpty()) {
            missing.add("the time of " + (unknown.size() == 1 ? "entry " : "entries ") + numbers(unknown));
        }
        s.incident()
                .timeline()
                .only(e -> e.event().occurredAt().at().isPresent() && duringResponse(s, e))
                .gapsLongerThan(LONG_SILENCE)
                .forEach(g -> missing.add("what happened in the " + Times.duration(g.length()) + " between entries "
                        + g.after().number() + " and " + g.before().number()));
        var ended = s.phase().isEnded();
        return beat(
                Name.TIMELINE,
                ended ? State.DONE : State.UNDER_WAY,
                s.incident().timeline().entries().stream()
                        .filter(TimelineEntry::pinned)
                        .map(TimelineEntry::number)
                        .toList(),
                missing);
    }

    /** Between the declaration and the verified recovery; before and after, silence is no gap. */
    private static boolean duringResponse(Situation s, TimelineEntry entry) {
        var from = s.incident().declared().sortedBy();
        var until = s.incident().recoveries().stream()
                .filter(RecoveryAttempt::verified)
                .map(r -> r.source().sortedBy())
                .reduce((_, last) -> last)
                .orElse(s.now());
        return !entry.sortedBy().isBefore(from) && !entry.sortedBy().isAfter(until);
    }

    private static Beat review(Situation s) {
        var incident = s.incident();
        var missing = new ArrayList<String>();
        var begun = !incident.reviews().isEmpty();
        if (begun) {
            if (s.factors().isEmpty()) {
                missing.add("a root cause or contributing factor");
            }
            if (!s.actionsSettled()) {
                missing.add("an action with an owner and a due date");
            }
            incident.actions().stream()
                    .filter(a -> a.tracker().isEmpty())
                    .forEach(a -> missing.add("the tracker reference of " + a.actionId()));
            if (incident.postmortem().isEmpty()) {
                missing.add("the published postmortem");
            }
            s.openActions().stream()
                    .filter(a -> a.isOverdue(s.today()))
                    .forEach(a -> missing.add(a.actionId() + ", due on " + a.due()));
        }
        var rests = new ArrayList<>(entries(incident.reviews(), r -> r.source()));
        incident.findings().stream()
                .filter(f -> f.kind() == FindingKind.ROOT_CAUSE || f.kind() == FindingKind.CONTRIBUTING_FACTOR)
                .forEach(f -> rests.add(f.sources().getLast().entry()));
        incident.postmortem().ifPresent(p -> rests.add(p.source().entry()));
        var done = s.phase() == Phase.CLOSED && s.openActions().isEmpty();
        return beat(Name.REVIEW, state(!begun, done), rests, missing);
    }

    private static String numbers(List<Long> entries) {
        return String.join(", ", entries.stream().map(String::valueOf).toList());
    }

    private static <T> List<Long> entries(Collection<T> things, Function<T, Source> source) {
        return things.stream().map(t -> source.apply(t).entry()).toList();
    }

    private static State state(boolean nothing, boolean done) {
        return nothing && !done ? State.NOT_STARTED : done ? State.DONE : State.UNDER_WAY;
    }

    private static Beat beat(Name name, State state, List<Long> restsOn, List<String> missing) {
        return new Beat(name, state, Optional.empty(), restsOn, missing);
    }

    private static Beat notNeeded(Name name, String because) {
        return new Beat(name, State.NOT_NEEDED, Optional.of(because), List.of(), List.of());
    }
}
