package org.incidenttimeline.projections.rhythm;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.incident.IncidentView.Change;
import org.incidenttimeline.projections.incident.IncidentView.Evidence;
import org.incidenttimeline.projections.incident.IncidentView.Finding;
import org.incidenttimeline.projections.incident.IncidentView.Hypothesis;
import org.incidenttimeline.projections.incident.IncidentView.HypothesisStatus;
import org.incidenttimeline.projections.incident.IncidentView.ImpactWindow;
import org.incidenttimeline.projections.incident.IncidentView.Mitigation;
import org.incidenttimeline.projections.incident.IncidentView.MitigationStatus;
import org.incidenttimeline.projections.incident.IncidentView.Promise;
import org.incidenttimeline.projections.incident.IncidentView.PromiseStatus;
import org.incidenttimeline.projections.incident.IncidentView.RecoveryAttempt;
import org.incidenttimeline.projections.incident.IncidentView.Symptom;
import org.incidenttimeline.projections.incident.IncidentView.Test;
import org.incidenttimeline.projections.incident.IncidentView.Update;

/** The questions about an incident on which both the beats and the next step turn. */
record Situation(IncidentView incident, Instant now) {
    Phase phase() {
        return incident.phase();
    }

    boolean calledOff() {
        return phase() == Phase.CANCELLED || phase() == Phase.MERGED;
    }

    /** Whether the response happens, or is practised, now; one that was entered afterwards can no longer be steered. */
    boolean isHappening() {
        return incident.mode() == Mode.LIVE || incident.mode() == Mode.DRILL;
    }

    boolean atLeast(Severity severity) {
        return incident.severity().compareTo(severity) <= 0;
    }

    /** The entry from which the present stretch of response began: the declaration, or the last reopening. */
    long responseSince() {
        return incident.reopenings().isEmpty()
                ? incident.declared().entry()
                : incident.reopenings().getLast().source().entry();
    }

    List<Promise> overduePromises() {
        if (!isHappening() || !phase().isOpen()) {
            return List.of();
        }
        return incident.promises().stream()
                .filter(p -> p.status() == PromiseStatus.PENDING || p.status() == PromiseStatus.MISSED)
                .filter(p -> p.dueAt().isBefore(now))
                .sorted(Comparator.comparing(Promise::dueAt))
                .toList();
    }

    Optional<Mitigation> harmStillThere() {
        return incident.mitigations().stream()
                .filter(m -> m.status() == MitigationStatus.FAILED)
                .filter(m -> m.outcome()
                        .filter(o -> o.outcome() == MitigationOutcome.HARMFUL)
                        .isPresent())
                .findFirst();
    }

    boolean freezeNeeded() {
        return isHappening() && atLeast(Severity.SEV3);
    }

    List<Freeze> freezesOn() {
        return incident.freezesOn();
    }

    List<Change> changesInsideFreeze() {
        return incident.changes().stream()
                .filter(c -> c.freezeBroken().isPresent())
                .toList();
    }

    /** Evidence preserved in the present stretch of response; an earlier one tells nothing of the trouble that is back. */
    List<Evidence> evidence() {
        return incident.evidence().stream()
                .filter(e -> e.source().entry() > responseSince())
                .toList();
    }

    List<Symptom> failing() {
        return incident.symptoms().stream()
                .filter(s -> s.state() == SymptomState.FAILING)
                .toList();
    }

    Optional<Hypothesis> underTest() {
        return incident.hypotheses().stream()
                .filter(h -> h.status() == HypothesisStatus.UNDER_TEST)
                .findFirst();
    }

    Optional<Test> runningTest() {
        return incident.hypotheses().stream()
                .flatMap(h -> h.tests().stream())
                .filter(t -> t.conclusion().isEmpty())
                .findFirst();
    }

    Optional<Hypothesis> primary() {
        return incident.hypotheses().stream()
                .filter(h -> h.status() == HypothesisStatus.PRIMARY || h.status() == HypothesisStatus.UNDER_TEST)
                .findFirst();
    }

    List<Hypothesis> candidates() {
        return incident.hypotheses().stream()
                .filter(h -> h.status() == HypothesisStatus.CANDIDATE)
                .toList();
    }

    /** A confirmed hypothesis on which no mitigation rests that ran its course or is running. */
    Optional<Hypothesis> confirmedButNotActedOn() {
        return incident.hypotheses().reversed().stream()
                .filter(h -> h.status() == HypothesisStatus.CONFIRMED)
                .filter(h -> incident.mitigations().stream()
                        .noneMatch(m -> m.restsOn().equals(Optional.of(h.hypothesisId()))))
                .findFirst();
    }

    List<Mitigation> running() {
        return incident.mitigations().stream()
                .filter(m -> m.status() == MitigationStatus.RUNNING)
                .toList();
    }

    List<Mitigation> helped() {
        return incident.mitigations().stream()
                .filter(m ->
                        m.status() == MitigationStatus.COMPLETED && m.begun().entry() > responseSince())
                .toList();
    }

    /** The last look at recovery in the present stretch of response. */
    Optional<RecoveryAttempt> recovery() {
        return incident.recoveries().reversed().stream()
                .filter(r -> r.source().entry() > responseSince())
                .findFirst();
    }

    boolean recovered() {
        return recovery().filter(RecoveryAttempt::verified).isPresent();
    }

    List<Update> updatesSinceRecovery() {
        return incident.updates().stream()
                .filter(u -> recovery()
                        .filter(r ->
                                r.verified() && u.source().entry() > r.source().entry())
                        .isPresent())
                .toList();
    }

    boolean mustCommunicate() {
        return isHappening() && (atLeast(Severity.SEV3) || !incident.updates().isEmpty());
    }

    /** The windows without an end. What the declaration said counts only until a window of its own tells more. */
    List<ImpactWindow> impactStillOpen() {
        var own = incident.impacts().stream().anyMatch(w -> w.impactId().isPresent());
        return incident.impacts().stream()
                .filter(w -> w.until().isEmpty() && w.impactId().isPresent() == own)
                .toList();
    }

    List<Finding> factors() {
        return incident.findings().stream()
                .filter(f -> f.kind() == FindingKind.ROOT_CAUSE || f.kind() == FindingKind.CONTRIBUTING_FACTOR)
                .toList();
    }

    boolean actionsSettled() {
        return !incident.actions().isEmpty()
                || incident.postmortem().flatMap(p -> p.noActionBecause()).isPresent();
    }

    LocalDate today() {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }

    List<ActionItem> openActions() {
        return incident.actions().stream()
                .filter(a -> a.status() == ActionItem.Status.OPEN)
                .sorted(Comparator.comparing(a -> a.due().orElse(LocalDate.MAX)))
                .toList();
    }
}
