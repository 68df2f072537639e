package org.incidenttimeline.core.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.ItemId.FreezeExceptionId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.ImpactWindowId;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.SymptomId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.core.event.ItemId.UpdateId;
import org.incidenttimeline.core.event.PlaybookContent.DecisionPoint;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;

/**
 * Everything that can happen to an incident. The records are the catalogue: a change to one of them changes what the log
 * stores, and needs a new revision. Each is a claim that somebody made; who made it is in the {@link Provenance}.
 */
public sealed interface IncidentEvent extends DomainEvent {
    IncidentId incidentId();

    OccurredAt occurredAt();

    @Override
    default String streamId() {
        return incidentId().value();
    }

    /** Somebody said that this is an incident and who leads the response. Nothing about its cause is claimed. */
    record IncidentDeclared(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Title title,
            Severity severity,
            Person lead,
            Optional<Text> summary,
            List<ServiceName> services,
            Detection detection,
            Optional<OccurredAt> startedAt,
            Optional<Impact> impact,
            Mode mode,
            Visibility visibility,
            Optional<DedupKey> dedupKey)
            implements IncidentEvent {
        public IncidentDeclared {
            services = List.copyOf(services);
        }
    }

    /** A role that nobody held, or one that several may hold, was given to a person. */
    record RoleAssigned(IncidentId incidentId, OccurredAt occurredAt, Role role, Person person)
            implements IncidentEvent {}

    /** A role passed from one person to another, with what the new holder was told. */
    record RoleHandedOver(
            IncidentId incidentId, OccurredAt occurredAt, Role role, Person from, Person to, Optional<Text> briefing)
            implements IncidentEvent {}

    /** The incident turned out better or worse than thought. */
    record SeverityChanged(IncidentId incidentId, OccurredAt occurredAt, Severity from, Severity to, Text because)
            implements IncidentEvent {}

    /** What users and systems suffered during one window; told again of the same window, the newer assessment stands. */
    record ImpactAssessed(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ImpactWindowId impactId,
            Impact impact,
            Optional<OccurredAt> from,
            Optional<OccurredAt> until)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(impactId);
        }
    }

    /** The response was called off: there was no incident, or none of ours. */
    record IncidentCancelled(IncidentId incidentId, OccurredAt occurredAt, CancellationReason reason, Text because)
            implements IncidentEvent {}

    /** The incident is a duplicate; its response goes on in the other one. */
    record IncidentMerged(IncidentId incidentId, OccurredAt occurredAt, IncidentId into, Text because)
            implements IncidentEvent {}

    /** No unrelated change is to reach the scope. It does not mean that none did. */
    record ChangesFrozen(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FreezeId freezeId,
            Scope scope,
            Text reason,
            Optional<Instant> expectedEnd)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(freezeId);
        }
    }

    /** One named change may pass a freeze. */
    record FreezeExceptionGranted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FreezeExceptionId exceptionId,
            FreezeId freezeId,
            Reference change,
            Person approvedBy,
            Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(exceptionId);
        }
    }

    /** A freeze is over. */
    record FreezeLifted(IncidentId incidentId, OccurredAt occurredAt, FreezeId freezeId, Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(freezeId);
        }
    }

    /** Something was seen to fail, or to work still. */
    record SymptomRecorded(
            IncidentId incidentId,
            OccurredAt occurredAt,
            SymptomId symptomId,
            SymptomState state,
            Text text,
            SymptomSource source,
            Optional<ServiceName> service,
            Optional<OccurredAt> firstSeen,
            Optional<Reference> reference)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(symptomId);
        }
    }

    /** Something was changed, at the time that this event names as occurred. {@code freezeBroken} is the freeze that covered it then, where no exception did. */
    record ChangeRecorded(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ChangeId changeId,
            ChangeKind kind,
            Text text,
            ServiceName service,
            Optional<Environment> environment,
            Optional<Person> by,
            Optional<Reference> reference,
            Optional<FreezeId> freezeBroken)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(changeId);
        }
    }

    /** What a change had to do with the incident, as far as is known now. */
    record ChangeLinked(
            IncidentId incidentId, OccurredAt occurredAt, ChangeId changeId, ChangeVerdict verdict, Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(changeId);
        }
    }

    /** A piece of evidence was put where nothing that follows can destroy it. */
    record EvidencePreserved(
            IncidentId incidentId,
            OccurredAt occurredAt,
            EvidenceId evidenceId,
            Title title,
            EvidenceKind kind,
            Location location,
            Optional<Sha256> sha256,
            Person collectedBy,
            Certainty certainty)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(evidenceId);
        }
    }

    /** A possible cause was stated, with what it predicts and what would refute it. */
    record HypothesisProposed(
            IncidentId incidentId,
            OccurredAt occurredAt,
            HypothesisId hypothesisId,
            Text statement,
            Optional<Text> prediction,
            Optional<Text> refutedBy)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(hypothesisId);
        }
    }

    /** This is the one hypothesis that the response tests now; an earlier one waits again. */
    record PrimaryHypothesisChosen(
            IncidentId incidentId, OccurredAt occurredAt, HypothesisId hypothesisId, Optional<Text> because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(hypothesisId);
        }
    }

    /** A piece of evidence speaks for or against a hypothesis. */
    record EvidenceLinked(
            IncidentId incidentId,
            OccurredAt occurredAt,
            HypothesisId hypothesisId,
            EvidenceId evidenceId,
            EvidenceBearing bearing,
            Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(hypothesisId);
        }
    }

    /** A hypothesis is no longer pursued, though nothing refuted it. */
    record HypothesisSetAside(IncidentId incidentId, OccurredAt occurredAt, HypothesisId hypothesisId, Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(hypothesisId);
        }
    }

    /** A test of a hypothesis began, with why it is safe and how it is undone. */
    record HypothesisTestBegun(
            IncidentId incidentId,
            OccurredAt occurredAt,
            TestId testId,
            HypothesisId hypothesisId,
            Text action,
            Text expectation,
            Text safeBecause,
            Text undo,
            boolean risky,
            Optional<Person> approvedBy,
            Optional<Text> overrideBecause)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(testId);
        }
    }

    /** The test showed what the hypothesis predicted. */
    record HypothesisConfirmed(
            IncidentId incidentId,
            OccurredAt occurredAt,
            TestId testId,
            HypothesisId hypothesisId,
            Text observed,
            List<EvidenceId> evidence,
            Optional<Text> overrideBecause)
            implements IncidentEvent {
        public HypothesisConfirmed {
            evidence = List.copyOf(evidence);
        }

        @Override
        public Optional<ItemId> item() {
            return Optional.of(testId);
        }
    }

    /** The test showed what the hypothesis cannot explain. */
    record HypothesisRefuted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            TestId testId,
            HypothesisId hypothesisId,
            Text observed,
            List<EvidenceId> evidence,
            Optional<Text> overrideBecause)
            implements IncidentEvent {
        public HypothesisRefuted {
            evidence = List.copyOf(evidence);
        }

        @Override
        public Optional<ItemId> item() {
            return Optional.of(testId);
        }
    }

    /** The test ended and decided nothing; the hypothesis stands as before. */
    record HypothesisTestInconclusive(
            IncidentId incidentId,
            OccurredAt occurredAt,
            TestId testId,
            HypothesisId hypothesisId,
            Text observed,
            List<EvidenceId> evidence,
            Optional<Text> overrideBecause)
            implements IncidentEvent {
        public HypothesisTestInconclusive {
            evidence = List.copyOf(evidence);
        }

        @Override
        public Optional<ItemId> item() {
            return Optional.of(testId);
        }
    }

    /** A step to make things better began, resting on a hypothesis or, where it names none, blind. */
    record MitigationBegun(
            IncidentId incidentId,
            OccurredAt occurredAt,
            MitigationId mitigationId,
            MitigationKind kind,
            Text text,
            boolean destructive,
            Optional<HypothesisId> restsOn,
            Optional<Text> undo,
            Optional<Text> parallelBecause,
            Optional<Text> evidenceWaivedBecause)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(mitigationId);
        }
    }

    /** The step was carried out and helped, wholly or in part. */
    record MitigationCompleted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            MitigationId mitigationId,
            MitigationOutcome outcome,
            Text observed)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(mitigationId);
        }
    }

    /** The step did not help, or did harm. */
    record MitigationFailed(
            IncidentId incidentId,
            OccurredAt occurredAt,
            MitigationId mitigationId,
            MitigationOutcome outcome,
            Text observed)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(mitigationId);
        }
    }

    /** The step was undone. */
    record MitigationRolledBack(IncidentId incidentId, OccurredAt occurredAt, MitigationId mitigationId, Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(mitigationId);
        }
    }

    /** Every check passed: the service is back. Nothing else resolves an incident. */
    record RecoveryVerified(
            IncidentId incidentId, OccurredAt occurredAt, List<RecoveryCheck> checks, Optional<OccurredAt> recoveredAt)
            implements IncidentEvent {
        public RecoveryVerified {
            checks = List.copyOf(checks);
        }
    }

    /** At least one check failed, and the response goes on. */
    record RecoveryNotConfirmed(IncidentId incidentId, OccurredAt occurredAt, List<RecoveryCheck> checks)
            implements IncidentEvent {
        public RecoveryNotConfirmed {
            checks = List.copyOf(checks);
        }
    }

    /** Who tells one audience, where, and how often. */
    record CommunicationPlanned(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Audience audience,
            Person owner,
            Reference channel,
            Duration cadence)
            implements IncidentEvent {
        /** When the audience is to hear first, unless it was promised an update already; empty where no time is known. */
        public Optional<Instant> firstDueAt() {
            return occurredAt.precision() == Precision.ORDER_ONLY
                    ? Optional.empty()
                    : occurredAt.at().map(at -> at.plus(cadence));
        }
    }

    /** An update went out, with the promise of the next one; without a promise it is the last. */
    record UpdatePublished(
            IncidentId incidentId,
            OccurredAt occurredAt,
            UpdateId updateId,
            List<Audience> audiences,
            Text whatHappened,
            Text userImpact,
            Text whatWeAreDoing,
            Optional<Instant> nextUpdateAt)
            implements IncidentEvent {
        public UpdatePublished {
            audiences = List.copyOf(audiences);
        }

        @Override
        public Optional<ItemId> item() {
            return Optional.of(updateId);
        }
    }

    /** The update promised to an audience for {@code dueAt} did not come in time. */
    record UpdateMissed(IncidentId incidentId, OccurredAt occurredAt, Audience audience, Instant dueAt)
            implements IncidentEvent {}

    /** Somebody wrote down what fits no other event. */
    record NoteAdded(IncidentId incidentId, OccurredAt occurredAt, Text text) implements IncidentEvent {}

    /** An earlier entry reads otherwise from now on; what it said stays in the log. */
    record EntryCorrected(
            IncidentId incidentId,
            OccurredAt occurredAt,
            long entry,
            Optional<Text> text,
            Optional<OccurredAt> time,
            Text because)
            implements IncidentEvent {}

    /** An entry matters to whoever reads the timeline later. */
    record EntryPinned(IncidentId incidentId, OccurredAt occurredAt, long entry) implements IncidentEvent {}

    /** An entry matters no more than others. */
    record EntryUnpinned(IncidentId incidentId, OccurredAt occurredAt, long entry) implements IncidentEvent {}

    /** Somebody asked that words be taken out of an entry for good; nothing is taken out yet. */
    record RedactionRequested(
            IncidentId incidentId,
            OccurredAt occurredAt,
            long entry,
            List<RedactedField> fields,
            RedactionReason reason,
            Text because,
            Person requestedBy)
            implements IncidentEvent {
        public RedactionRequested {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Somebody else agreed, and words are gone: with this event the log takes them out. Entry and fields stand here again, since
     * whoever checks an archive reads this event alone.
     */
    record EntryRedacted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            long request,
            long entry,
            List<RedactedField> fields,
            RedactionReason reason,
            Person requestedBy,
            Person approvedBy)
            implements IncidentEvent {
        public EntryRedacted {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The facilitator of an exercise laid a script ready, in place of an earlier one. What it says is kept elsewhere until it
     * is delivered; {@code script} is its digest.
     */
    record InjectsPlanned(IncidentId incidentId, OccurredAt occurredAt, List<InjectId> injects, Sha256 script)
            implements IncidentEvent {
        public InjectsPlanned {
            injects = List.copyOf(injects);
        }
    }

    /** Those who practise were told a fact of the script, as they would have come to know it. It never happened. */
    record InjectDelivered(IncidentId incidentId, OccurredAt occurredAt, InjectId injectId, InjectKind kind, Text what)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(injectId);
        }
    }

    /** No more of the script is delivered; {@code withheld} is what was left of it. */
    record ExerciseEnded(IncidentId incidentId, OccurredAt occurredAt, List<InjectId> withheld, Optional<Text> because)
            implements IncidentEvent {
        public ExerciseEnded {
            withheld = List.copyOf(withheld);
        }
    }

    /** The blameless review was held or began. */
    record ReviewBegun(IncidentId incidentId, OccurredAt occurredAt, Person facilitator, List<Person> participants)
            implements IncidentEvent {
        public ReviewBegun {
            participants = List.copyOf(participants);
        }
    }

    /** The review found something. */
    record FindingRecorded(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FindingId findingId,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries)
            implements IncidentEvent {
        public FindingRecorded {
            entries = List.copyOf(entries);
        }

        @Override
        public Optional<ItemId> item() {
            return Optional.of(findingId);
        }
    }

    /** A finding reads otherwise from now on. */
    record FindingRevised(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FindingId findingId,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries,
            Text because)
            implements IncidentEvent {
        public FindingRevised {
            entries = List.copyOf(entries);
        }

        @Override
        public Optional<ItemId> item() {
            return Optional.of(findingId);
        }
    }

    /** Somebody owns a piece of work that follows from the incident, due on a date. */
    record ActionAssigned(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ActionId actionId,
            Text text,
            ActionKind kind,
            Optional<Person> owner,
            Optional<LocalDate> due,
            Optional<FindingId> finding,
            Optional<Reference> tracker)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(actionId);
        }
    }

    /** An action has another owner. */
    record ActionReassigned(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ActionId actionId,
            Optional<Person> from,
            Person to,
            Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(actionId);
        }
    }

    /** An action is due on another date. */
    record ActionRescheduled(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ActionId actionId,
            Optional<LocalDate> from,
            LocalDate to,
            Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(actionId);
        }
    }

    /** The day for which an action was due is over, and the action is open still. */
    record ActionBecameOverdue(IncidentId incidentId, OccurredAt occurredAt, ActionId actionId, LocalDate due)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(actionId);
        }
    }

    /** The organisation knew of the incident from then on; established again, the newer stands. */
    record AwarenessEstablished(IncidentId incidentId, OccurredAt occurredAt, Person by, Text because)
            implements IncidentEvent {}

    /** Somebody decided whether a regime asks for reports, in its own word; classified again, the newer stands. */
    record IncidentClassified(
            IncidentId incidentId,
            OccurredAt occurredAt,
            RegimeName regime,
            Reportability decision,
            ClassificationName classification,
            Text because)
            implements IncidentEvent {}

    /** A report was made to an authority. {@code dueAt} is when it was due, by what was known then. */
    record NotificationSubmitted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            RegimeName regime,
            StageName stage,
            Title recipient,
            Optional<Reference> receipt,
            Optional<Instant> dueAt,
            boolean late,
            Optional<Text> lateBecause)
            implements IncidentEvent {}

    /** A report that was due then was not made in time. */
    record NotificationMissed(
            IncidentId incidentId, OccurredAt occurredAt, RegimeName regime, StageName stage, Instant dueAt)
            implements IncidentEvent {}

    /** An action is done. */
    record ActionCompleted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ActionId actionId,
            Optional<Text> outcome,
            Optional<Reference> proof)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(actionId);
        }
    }

    /** An action will not be done, and why. */
    record ActionDropped(IncidentId incidentId, OccurredAt occurredAt, ActionId actionId, Text because)
            implements IncidentEvent {
        @Override
        public Optional<ItemId> item() {
            return Optional.of(actionId);
        }
    }

    /** The postmortem was published with this summary; published again, the newer one stands. */
    record PostmortemPublished(
            IncidentId incidentId, OccurredAt occurredAt, Text summary, Optional<Text> noActionBecause)
            implements IncidentEvent {}

    /** The response, the review and the record are finished. Its actions may still be open. */
    record IncidentClosed(IncidentId incidentId, OccurredAt occurredAt, Optional<Text> note) implements IncidentEvent {}

    /** The incident was entered from a record kept elsewhere. {@code importRun} names the import that did it, if one did. */
    record IncidentImported(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Origin origin,
            Optional<Text> licence,
            Optional<Reference> importRun)
            implements IncidentEvent {}

    /**
     * A record kept elsewhere tells of this, in its own words or by its status. {@code otherTimes} are those that others
     * claim for it.
     */
    record EntryImported(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Optional<Text> text,
            Optional<SourceStatus> status,
            Origin origin,
            List<TimeClaim> otherTimes)
            implements IncidentEvent {
        public EntryImported {
            otherTimes = List.copyOf(otherTimes);
        }
    }

    /** The trouble is back, or the end was called too early; the response goes on. */
    record IncidentReopened(IncidentId incidentId, OccurredAt occurredAt, Text because) implements IncidentEvent {}

    /** Responders began to follow a runbook; its steps are kept as they were told then. */
    record RunbookFollowed(
            IncidentId incidentId,
            OccurredAt occurredAt,
            RunbookId runbookId,
            int revision,
            Title title,
            List<Text> steps)
            implements IncidentEvent {
        public RunbookFollowed {
            steps = List.copyOf(steps);
        }
    }

    /** A step of a runbook was done, with what came of it, or skipped for a reason; told again, the newer stands. */
    record RunbookStepCompleted(
            IncidentId incidentId,
            OccurredAt occurredAt,
            RunbookId runbookId,
            int step,
            Text action,
            Optional<Text> outcome,
            Optional<Text> skippedBecause)
            implements IncidentEvent {}

    /**
     * The response was organised as a playbook says. The roles and plans of communication that follow from it are events
     * of their own; whom to call and what to decide is kept here, as it was said for that severity.
     */
    record PlaybookApplied(
            IncidentId incidentId,
            OccurredAt occurredAt,
            PlaybookId playbookId,
            int revision,
            Title title,
            Severity severity,
            List<Escalation> escalations,
            List<DecisionPoint> decisions)
            implements IncidentEvent {
        public PlaybookApplied {
            escalations = List.copyOf(escalations);
            decisions = List.copyOf(decisions);
        }
    }
}
