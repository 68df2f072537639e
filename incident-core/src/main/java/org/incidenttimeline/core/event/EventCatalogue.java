package org.incidenttimeline.core.event;

import java.util.Map;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.RunbookEvent.*;

/**
 * What each event is called wherever it is written down (the log, REST, exports), and the revision of its shape. These
 * names are for ever; the names of the classes are not. A changed shape is a new revision here.
 */
public final class EventCatalogue {
    /**
     * How an event is called.
     *
     * @param subject what it happens to: {@code incident}, {@code runbook} or {@code playbook}
     * @param kind what happened to it, for instance {@code hypothesis-refuted}; one of its kind within the subject
     * @param revision the revision of its shape, from 1
     */
    public record Entry(String subject, String kind, int revision) {}

    private static final Map<Class<? extends DomainEvent>, Entry> ENTRIES = Map.ofEntries(
            entry(IncidentDeclared.class, "declared", 1),
            entry(RoleAssigned.class, "role-assigned", 1),
            entry(RoleHandedOver.class, "role-handed-over", 1),
            entry(SeverityChanged.class, "severity-changed", 1),
            entry(ImpactAssessed.class, "impact-assessed", 1),
            entry(IncidentCancelled.class, "cancelled", 1),
            entry(IncidentMerged.class, "merged", 1),
            entry(ChangesFrozen.class, "changes-frozen", 1),
            entry(FreezeExceptionGranted.class, "freeze-exception-granted", 1),
            entry(FreezeLifted.class, "freeze-lifted", 1),
            entry(SymptomRecorded.class, "symptom-recorded", 1),
            entry(ChangeRecorded.class, "change-recorded", 1),
            entry(ChangeLinked.class, "change-linked", 1),
            entry(EvidencePreserved.class, "evidence-preserved", 1),
            entry(HypothesisProposed.class, "hypothesis-proposed", 1),
            entry(PrimaryHypothesisChosen.class, "primary-hypothesis-chosen", 1),
            entry(EvidenceLinked.class, "evidence-linked", 1),
            entry(HypothesisSetAside.class, "hypothesis-set-aside", 1),
            entry(HypothesisTestBegun.class, "hypothesis-test-begun", 1),
            entry(HypothesisConfirmed.class, "hypothesis-confirmed", 1),
            entry(HypothesisRefuted.class, "hypothesis-refuted", 1),
            entry(HypothesisTestInconclusive.class, "hypothesis-test-inconclusive", 1),
            entry(MitigationBegun.class, "mitigation-begun", 1),
            entry(MitigationCompleted.class, "mitigation-completed", 1),
            entry(MitigationFailed.class, "mitigation-failed", 1),
            entry(MitigationRolledBack.class, "mitigation-rolled-back", 1),
            entry(RecoveryVerified.class, "recovery-verified", 1),
            entry(RecoveryNotConfirmed.class, "recovery-not-confirmed", 1),
            entry(CommunicationPlanned.class, "communication-planned", 1),
            entry(UpdatePublished.class, "update-published", 1),
            entry(UpdateMissed.class, "update-missed", 1),
            entry(NoteAdded.class, "note-added", 1),
            entry(EntryCorrected.class, "entry-corrected", 1),
            entry(EntryPinned.class, "entry-pinned", 1),
            entry(EntryUnpinned.class, "entry-unpinned", 1),
            entry(RedactionRequested.class, "redaction-requested", 1),
            entry(EntryRedacted.class, "entry-redacted", 1),
            entry(InjectsPlanned.class, "injects-planned", 1),
            entry(InjectDelivered.class, "inject-delivered", 1),
            entry(ExerciseEnded.class, "exercise-ended", 1),
            entry(ReviewBegun.class, "review-begun", 1),
            entry(FindingRecorded.class, "finding-recorded", 1),
            entry(FindingRevised.class, "finding-revised", 1),
            entry(ActionAssigned.class, "action-assigned", 1),
            entry(ActionReassigned.class, "action-reassigned", 1),
            entry(ActionRescheduled.class, "action-rescheduled", 1),
            entry(ActionBecameOverdue.class, "action-became-overdue", 1),
            entry(ActionCompleted.class, "action-completed", 1),
            entry(ActionDropped.class, "action-dropped", 1),
            entry(PostmortemPublished.class, "postmortem-published", 1),
            entry(IncidentClosed.class, "closed", 1),
            entry(IncidentReopened.class, "reopened", 1),
            entry(IncidentImported.class, "imported", 1),
            entry(EntryImported.class, "entry-imported", 1),
            entry(RunbookFollowed.class, "runbook-followed", 1),
            entry(RunbookStepCompleted.class, "runbook-step-completed", 1),
            entry(PlaybookApplied.class, "playbook-applied", 1),
            entry(AwarenessEstablished.class, "awareness-established", 1),
            entry(IncidentClassified.class, "classified", 1),
            entry(NotificationSubmitted.class, "notification-submitted", 1),
            entry(NotificationMissed.class, "notification-missed", 1),
            entry(RunbookDrafted.class, "drafted", 1),
            entry(RunbookRevised.class, "revised", 1),
            entry(RunbookApproved.class, "approved", 1),
            entry(RunbookRetired.class, "retired", 1),
            entry(PlaybookDrafted.class, "drafted", 1),
            entry(PlaybookRevised.class, "revised", 1),
            entry(PlaybookApproved.class, "approved", 1),
            entry(PlaybookRetired.class, "retired", 1));

    private EventCatalogue() {}

    /** All of them. */
    public static Map<Class<? extends DomainEvent>, Entry> entries() {
        return ENTRIES;
    }

    /**
     * The name of an event's kind.
     *
     * @throws IllegalArgumentException if the catalogue lacks it
     */
    public static String kindOf(DomainEvent event) {
        var entry = ENTRIES.get(event.getClass());
        if (entry == null) {
            throw new IllegalArgumentException(
                    "not in the catalogue: " + event.getClass().getSimpleName());
        }
        return entry.kind();
    }

    private static Map.Entry<Class<? extends DomainEvent>, Entry> entry(
            Class<? extends DomainEvent> type, String kind, int revision) {
        return Map.entry(type, new Entry(subjectOf(type), kind, revision));
    }

    private static String subjectOf(Class<? extends DomainEvent> type) {
        if (IncidentEvent.class.isAssignableFrom(type)) {
            return "incident";
        }
        return RunbookEvent.class.isAssignableFrom(type) ? "runbook" : "playbook";
    }
}
