package org.incidenttimeline.projections.timeline;

import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.RecordedEvent;

/** What one event does to a timeline: it touches exactly one entry, however many there are. */
public sealed interface TimelineChange {
    /** The number of the entry touched. */
    long entry();

    record Added(TimelineEntry added) implements TimelineChange {
        @Override
        public long entry() {
            return added.number();
        }
    }

    record Corrected(long entry, Correction correction) implements TimelineChange {}

    record Pinned(long entry, boolean pinned) implements TimelineChange {}

    static TimelineChange of(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case EntryCorrected e -> new Corrected(e.entry(), Correction.of(e, recorded));
            case EntryPinned e -> new Pinned(e.entry(), true);
            case EntryUnpinned e -> new Pinned(e.entry(), false);
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
                    PrimaryHypothesisChosen _,
                    EvidenceLinked _,
                    HypothesisSetAside _,
                    HypothesisTestBegun _,
                    HypothesisConfirmed _,
                    HypothesisRefuted _,
                    HypothesisTestInconclusive _,
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
                    EntryImported _ -> new Added(TimelineEntry.of(recorded));
        };
    }

    /** The entry after this change of it. */
    default TimelineEntry to(TimelineEntry entry) {
        return switch (this) {
            case Added c -> c.added();
            case Corrected c -> entry.corrected(c.correction());
            case Pinned c -> entry.pinned(c.pinned());
        };
    }
}
