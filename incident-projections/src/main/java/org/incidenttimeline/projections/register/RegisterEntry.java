package org.incidenttimeline.projections.register;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.milestones.Milestones;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/**
 * One incident of the register.
 *
 * @param decisions the entries that tell of a decision, in the order of recording; an entry that says why a rule was
 *     overridden is one of them, whatever it tells of
 */
public record RegisterEntry(IncidentView incident, Milestones milestones, List<TimelineEntry> decisions) {
    public RegisterEntry {
        decisions = List.copyOf(decisions);
    }

    /** The entry that these events tell of; empty until the incident is declared. */
    public static Optional<RegisterEntry> of(List<RecordedEvent> events) {
        return new IncidentFold()
                .replay(events)
                .map(incident -> new RegisterEntry(
                        incident,
                        Milestones.of(incident.timeline()),
                        incident.timeline().asRecorded().stream()
                                .filter(entry -> isDecision(entry.event())
                                        || !entry.overrides().isEmpty())
                                .toList()));
    }

    /** Whether somebody decided how the incident goes on, and not only told what they saw or did. */
    static boolean isDecision(IncidentEvent event) {
        return switch (event) {
            case IncidentDeclared _,
                    RoleAssigned _,
                    RoleHandedOver _,
                    SeverityChanged _,
                    IncidentCancelled _,
                    IncidentMerged _,
                    ChangesFrozen _,
                    FreezeExceptionGranted _,
                    FreezeLifted _,
                    ChangeLinked _,
                    PrimaryHypothesisChosen _,
                    HypothesisSetAside _,
                    MitigationBegun _,
                    MitigationRolledBack _,
                    RecoveryVerified _,
                    RecoveryNotConfirmed _,
                    ActionReassigned _,
                    ActionRescheduled _,
                    ActionDropped _,
                    RunbookFollowed _,
                    AwarenessEstablished _,
                    IncidentClassified _,
                    PlaybookApplied _,
                    RedactionRequested _,
                    EntryRedacted _,
                    PostmortemPublished _,
                    IncidentClosed _,
                    IncidentReopened _ -> true;
            case RunbookStepCompleted e -> e.skippedBecause().isPresent();
            case ImpactAssessed _,
                    SymptomRecorded _,
                    ChangeRecorded _,
                    EvidencePreserved _,
                    HypothesisProposed _,
                    EvidenceLinked _,
                    HypothesisTestBegun _,
                    HypothesisConfirmed _,
                    HypothesisRefuted _,
                    HypothesisTestInconclusive _,
                    MitigationCompleted _,
                    MitigationFailed _,
                    CommunicationPlanned _,
                    UpdatePublished _,
                    UpdateMissed _,
                    NoteAdded _,
                    EntryCorrected _,
                    EntryPinned _,
                    EntryUnpinned _,
                    InjectsPlanned _,
                    InjectDelivered _,
                    ExerciseEnded _,
                    ReviewBegun _,
                    FindingRecorded _,
                    FindingRevised _,
                    ActionAssigned _,
                    ActionBecameOverdue _,
                    NotificationSubmitted _,
                    NotificationMissed _,
                    ActionCompleted _,
                    IncidentImported _,
                    EntryImported _ -> false;
        };
    }
}
