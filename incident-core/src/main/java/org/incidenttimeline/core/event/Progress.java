package org.incidenttimeline.core.event;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.MitigationId;

/**
 * The phase of an incident, and what it follows from. The rules and every view use this one fold, so they cannot differ.
 *
 * @param phase where the incident stands
 * @param running the mitigations that have begun and not ended
 * @param toldUpTo the latest moment of which an imported entry told the status; what is told later of an earlier moment
 *     changes nothing
 */
public record Progress(Phase phase, Set<MitigationId> running, Optional<Instant> toldUpTo) {
    /** Before anything else is known of an incident that was just declared. */
    public static final Progress DECLARED = new Progress(Phase.DECLARED, Set.of(), Optional.empty());

    public Progress {
        running = Set.copyOf(running);
    }

    /** This progress, and one event more. */
    public Progress after(IncidentEvent event) {
        return switch (event) {
            case IncidentDeclared _ -> DECLARED;
            case SymptomRecorded _,
                    ChangeRecorded _,
                    ChangeLinked _,
                    EvidencePreserved _,
                    HypothesisProposed _,
                    PrimaryHypothesisChosen _,
                    EvidenceLinked _,
                    HypothesisSetAside _,
                    HypothesisTestBegun _,
                    HypothesisConfirmed _,
                    HypothesisRefuted _,
                    HypothesisTestInconclusive _,
                    RunbookFollowed _,
                    RunbookStepCompleted _ -> phase == Phase.DECLARED ? in(Phase.INVESTIGATING) : this;
            case MitigationBegun e -> begun(e.mitigationId());
            case MitigationCompleted e -> ended(e.mitigationId(), Phase.VERIFYING);
            case MitigationFailed e -> ended(e.mitigationId(), Phase.INVESTIGATING);
            case MitigationRolledBack e -> ended(e.mitigationId(), Phase.INVESTIGATING);
            case RecoveryVerified _ -> in(Phase.RESOLVED);
            case RecoveryNotConfirmed _ -> in(Phase.INVESTIGATING);
            case ReviewBegun _ -> in(Phase.IN_REVIEW);
            case IncidentClosed _ -> in(Phase.CLOSED);
            case IncidentCancelled _ -> in(Phase.CANCELLED);
            case IncidentMerged _ -> in(Phase.MERGED);
            case EntryImported e ->
                e.status()
                        .flatMap(SourceStatus::means)
                        .map(means -> told(means, e.occurredAt()))
                        .orElse(this);
            case IncidentReopened _ -> in(running.isEmpty() ? Phase.INVESTIGATING : Phase.MITIGATING);
            case RoleAssigned _,
                    RoleHandedOver _,
                    SeverityChanged _,
                    ImpactAssessed _,
                    ChangesFrozen _,
                    FreezeExceptionGranted _,
                    FreezeLifted _,
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
                    FindingRecorded _,
                    FindingRevised _,
                    ActionAssigned _,
                    ActionReassigned _,
                    ActionRescheduled _,
                    ActionBecameOverdue _,
                    ActionCompleted _,
                    ActionDropped _,
                    PostmortemPublished _,
                    PlaybookApplied _,
                    AwarenessEstablished _,
                    IncidentClassified _,
                    NotificationSubmitted _,
                    NotificationMissed _,
                    IncidentImported _ -> this;
        };
    }

    private Progress in(Phase next) {
        return new Progress(next, running, toldUpTo);
    }

    /** Entries come in any order, so the status of the latest moment stands. It ends no review and opens no record. */
    private Progress told(StatusMeaning means, OccurredAt occurredAt) {
        var at = occurredAt.at();
        boolean isOutdated = toldUpTo.isPresent()
                && at.filter(moment -> !moment.isBefore(toldUpTo.get())).isEmpty();
        return isOutdated || phase.compareTo(Phase.RESOLVED) > 0
                ? this
                : new Progress(means.phase(), running, at.or(() -> toldUpTo));
    }

    private Progress begun(MitigationId mitigation) {
        var now = new HashSet<>(running);
        now.add(mitigation);
        return new Progress(Phase.MITIGATING, now, toldUpTo);
    }

    private Progress ended(MitigationId mitigation, Phase afterTheLast) {
        var now = new HashSet<>(running);
        now.remove(mitigation);
        return new Progress(now.isEmpty() ? afterTheLast : Phase.MITIGATING, now, toldUpTo);
    }
}
