package org.incidenttimeline.projections.incident;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.projections.incident.IncidentView.HypothesisStatus;

/**
 * Which hypothesis the response works on, and where each stands. The incident and its status card use this one fold, so
 * they cannot differ.
 *
 * @param primary the hypothesis worked on; a confirmed one stays it, a refuted one or one set aside does not
 * @param running the tests that have begun and not ended, with the hypothesis of each
 * @param decided the hypotheses of which something is decided: CONFIRMED, REFUTED or SET_ASIDE
 */
public record Inquiry(
        Optional<HypothesisId> primary,
        Map<TestId, HypothesisId> running,
        Map<HypothesisId, HypothesisStatus> decided) {
    /** Before anything was proposed. */
    public static final Inquiry NONE = new Inquiry(Optional.empty(), Map.of(), Map.of());

    public Inquiry {
        running = Map.copyOf(running);
        decided = Map.copyOf(decided);
    }

    /** Where a hypothesis that was proposed stands. */
    public HypothesisStatus statusOf(HypothesisId hypothesis) {
        var decision = decided.get(hypothesis);
        if (decision != null) {
            return decision;
        }
        if (running.containsValue(hypothesis)) {
            return HypothesisStatus.UNDER_TEST;
        }
        return primary.filter(hypothesis::equals).isPresent() ? HypothesisStatus.PRIMARY : HypothesisStatus.CANDIDATE;
    }

    /** This inquiry, and one event more. */
    public Inquiry after(IncidentEvent event) {
        return switch (event) {
            case PrimaryHypothesisChosen e ->
                new Inquiry(Optional.of(e.hypothesisId()), running, undecided(e.hypothesisId()));
            case HypothesisTestBegun e -> {
                var now = new HashMap<>(running);
                now.put(e.testId(), e.hypothesisId());
                yield new Inquiry(primary, now, undecided(e.hypothesisId()));
            }
            case HypothesisConfirmed e -> ended(e.testId()).decide(e.hypothesisId(), HypothesisStatus.CONFIRMED);
            case HypothesisRefuted e -> ended(e.testId()).decide(e.hypothesisId(), HypothesisStatus.REFUTED);
            case HypothesisTestInconclusive e -> ended(e.testId());
            case HypothesisSetAside e -> decide(e.hypothesisId(), HypothesisStatus.SET_ASIDE);
            case IncidentDeclared _,
                    RoleAssigned _,
                    RoleHandedOver _,
                    SeverityChanged _,
                    ImpactAssessed _,
                    IncidentCancelled _,
                    IncidentMerged _,
                    ChangesFrozen _,
                    FreezeExceptionGranted _,
                    FreezeLifted _,
                    SymptomRecorded _,
                    ChangeRecorded _,
                    ChangeLinked _,
                    EvidencePreserved _,
                    HypothesisProposed _,
                    EvidenceLinked _,
                    MitigationBegun _,
                    MitigationCompleted _,
                    MitigationFailed _,
                    MitigationRolledBack _,
                    RecoveryVerified _,
                    RecoveryNotConfirmed _,
                    CommunicationPlanned _,
                    UpdatePublished _,
                    UpdateMissed _,
                    NoteAdded _,
                    EntryCorrected _,
                    EntryPinned _,
                    EntryUnpinned _,
                    RedactionRequested _,
                    EntryRedacted _,
                    InjectsPlanned _,
                    InjectDelivered _,
                    ExerciseEnded _,
                    ReviewBegun _,
                    FindingRecorded _,
                    FindingRevised _,
                    ActionAssigned _,
                    ActionReassigned _,
                    ActionRescheduled _,
                    ActionBecameOverdue _,
                    ActionCompleted _,
                    ActionDropped _,
                    RunbookFollowed _,
                    AwarenessEstablished _,
                    IncidentClassified _,
                    NotificationSubmitted _,
                    NotificationMissed _,
                    RunbookStepCompleted _,
                    PlaybookApplied _,
                    PostmortemPublished _,
                    IncidentClosed _,
                    IncidentReopened _,
                    IncidentImported _,
                    EntryImported _ -> this;
        };
    }

    private Inquiry ended(TestId test) {
        var now = new HashMap<>(running);
        now.remove(test);
        return new Inquiry(primary, now, decided);
    }

    private Inquiry decide(HypothesisId hypothesis, HypothesisStatus decision) {
        var now = new HashMap<>(decided);
        now.put(hypothesis, decision);
        var stillPrimary = primary.filter(p -> decision == HypothesisStatus.CONFIRMED || !p.equals(hypothesis));
        return new Inquiry(stillPrimary, running, now);
    }

    private Map<HypothesisId, HypothesisStatus> undecided(HypothesisId hypothesis) {
        var now = new HashMap<>(decided);
        now.remove(hypothesis);
        return now;
    }
}
