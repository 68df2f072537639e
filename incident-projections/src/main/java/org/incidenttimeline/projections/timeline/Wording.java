package org.incidenttimeline.projections.timeline;

import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.Text;

/** Which of its words an event is read by, and which a correction of its text therefore replaces. */
public final class Wording {
    private Wording() {}

    /** The one text that says what happened, or why; empty where the event's other fields say everything. */
    public static Optional<Text> of(IncidentEvent event) {
        return switch (event) {
            case IncidentDeclared e -> e.summary();
            case RoleHandedOver e -> e.briefing();
            case SeverityChanged e -> Optional.of(e.because());
            case ImpactAssessed e -> Optional.of(e.impact().broken());
            case IncidentCancelled e -> Optional.of(e.because());
            case IncidentMerged e -> Optional.of(e.because());
            case ChangesFrozen e -> Optional.of(e.reason());
            case FreezeExceptionGranted e -> Optional.of(e.because());
            case FreezeLifted e -> Optional.of(e.because());
            case SymptomRecorded e -> Optional.of(e.text());
            case ChangeRecorded e -> Optional.of(e.text());
            case ChangeLinked e -> Optional.of(e.because());
            case EvidencePreserved e -> Optional.of(new Text(e.title().value()));
            case HypothesisProposed e -> Optional.of(e.statement());
            case PrimaryHypothesisChosen e -> e.because();
            case EvidenceLinked e -> Optional.of(e.because());
            case HypothesisSetAside e -> Optional.of(e.because());
            case HypothesisTestBegun e -> Optional.of(e.action());
            case HypothesisConfirmed e -> Optional.of(e.observed());
            case HypothesisRefuted e -> Optional.of(e.observed());
            case HypothesisTestInconclusive e -> Optional.of(e.observed());
            case MitigationBegun e -> Optional.of(e.text());
            case MitigationCompleted e -> Optional.of(e.observed());
            case MitigationFailed e -> Optional.of(e.observed());
            case MitigationRolledBack e -> Optional.of(e.because());
            case UpdatePublished e -> Optional.of(e.whatHappened());
            case NoteAdded e -> Optional.of(e.text());
            case EntryCorrected e -> Optional.of(e.because());
            case RedactionRequested e -> Optional.of(e.because());
            case InjectDelivered e -> Optional.of(e.what());
            case ExerciseEnded e -> e.because();
            case FindingRecorded e -> Optional.of(e.text());
            case FindingRevised e -> Optional.of(e.text());
            case ActionAssigned e -> Optional.of(e.text());
            case ActionReassigned e -> Optional.of(e.because());
            case ActionRescheduled e -> Optional.of(e.because());
            case ActionCompleted e -> e.outcome();
            case ActionDropped e -> Optional.of(e.because());
            case RunbookFollowed e -> Optional.of(new Text(e.title().value()));
            case RunbookStepCompleted e -> e.outcome().or(e::skippedBecause);
            case PlaybookApplied e -> Optional.of(new Text(e.title().value()));
            case AwarenessEstablished e -> Optional.of(e.because());
            case IncidentClassified e -> Optional.of(e.because());
            case NotificationSubmitted e -> e.lateBecause();
            case PostmortemPublished e -> Optional.of(e.summary());
            case IncidentClosed e -> e.note();
            case IncidentReopened e -> Optional.of(e.because());
            case IncidentImported e -> e.licence();
            case EntryImported e -> e.text();
            case RoleAssigned _,
                    RecoveryVerified _,
                    RecoveryNotConfirmed _,
                    CommunicationPlanned _,
                    UpdateMissed _,
                    EntryPinned _,
                    EntryUnpinned _,
                    EntryRedacted _,
                    ActionBecameOverdue _,
                    NotificationMissed _,
                    InjectsPlanned _,
                    ReviewBegun _ -> Optional.empty();
        };
    }
}
