package org.incidenttimeline.core.event;

import java.util.HashSet;
import java.util.Set;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.MitigationId;

/**
 * The phase of an incident, and what it follows from. The rules and every view use this one fold, so they cannot differ.
 *
 * @param phase where the incident stands
 * @param running the mitigations that have begun and not ended
 */
public record Progress(Phase phase, Set<MitigationId> running) {
    /** Before anything else is known of an incident that was just declared. */
    public static final Progress DECLARED = new Progress(Phase.DECLARED, Set.of());

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
                    FindingRecorded _,
                    FindingRevised _,
                    ActionAssigned _,
                    ActionReassigned _,
                    ActionRescheduled _,
                    ActionCompleted _,
                    ActionDropped _,
                    PlaybookApplied _,
                    PostmortemPublished _ -> this;
        };
    }

    private Progress in(Phase next) {
        return new Progress(next, running);
    }

    private Progress begun(MitigationId mitigation) {
        var now = new HashSet<>(running);
        now.add(mitigation);
        return new Progress(Phase.MITIGATING, now);
    }

    private Progress ended(MitigationId mitigation, Phase afterTheLast) {
        var now = new HashSet<>(running);
        now.remove(mitigation);
        return new Progress(now.isEmpty() ? afterTheLast : Phase.MITIGATING, now);
    }
}
