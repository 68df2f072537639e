package org.incidenttimeline.core.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.event.ActionKind;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.Certainty;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.ChangeVerdict;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.EvidenceKind;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.ImpactWindowId;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.core.event.Location;
import org.incidenttimeline.core.event.MitigationKind;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Origin;
import org.incidenttimeline.core.event.PatternTag;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookInUse;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RedactionReason;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.RunbookInUse;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.SourceStatus;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.TimeClaim;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;

/**
 * Everything that one can ask of an incident. A command is a wish: the rules may refuse it. The identifiers, times and
 * actors that a rule needs travel in it or beside it; the rules read no clock.
 */
public sealed interface IncidentCommand extends DomainCommand {
    IncidentId incidentId();

    OccurredAt occurredAt();

    @Override
    default String streamId() {
        return incidentId().value();
    }

    /** How a test of a hypothesis ended. */
    enum TestConclusion {
        CONFIRMED,
        REFUTED,
        INCONCLUSIVE
    }

    /** A command that nobody gives but this service itself, when time has passed; no address takes it. */
    sealed interface OfTheClock permits RecordMissedUpdate, RecordOverdueAction, RecordMissedNotification {}

    /** Say that this is an incident, and who leads the response. */
    record DeclareIncident(
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
            Optional<DedupKey> dedupKey,
            Optional<PlaybookInUse> playbook)
            implements IncidentCommand {
        public DeclareIncident {
            services = List.copyOf(services);
        }

        /** A declaration by which no playbook is applied. */
        public DeclareIncident(
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
                Optional<DedupKey> dedupKey) {
            this(
                    incidentId,
                    occurredAt,
                    title,
                    severity,
                    lead,
                    summary,
                    services,
                    detection,
                    startedAt,
                    impact,
                    mode,
                    visibility,
                    dedupKey,
                    Optional.empty());
        }
    }

    /** Enter an incident from a record kept elsewhere; {@code importRun} names the import that asks, if one does. */
    record ImportIncident(
            DeclareIncident declaration, Origin origin, Optional<Text> licence, Optional<Reference> importRun)
            implements IncidentCommand {
        @Override
        public IncidentId incidentId() {
            return declaration.incidentId();
        }

        @Override
        public OccurredAt occurredAt() {
            return declaration.occurredAt();
        }
    }

    /** Enter what a record kept elsewhere tells, with the times that others claim for it. */
    record ImportEntry(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Optional<Text> text,
            Optional<SourceStatus> status,
            Origin origin,
            List<TimeClaim> otherTimes)
            implements IncidentCommand {
        public ImportEntry {
            otherTimes = List.copyOf(otherTimes);
        }
    }

    /** Give a role to a person. */
    record AssignRole(IncidentId incidentId, OccurredAt occurredAt, Role role, Person person)
            implements IncidentCommand {}

    /** Pass a role on from the person who holds it. */
    record HandOverRole(
            IncidentId incidentId, OccurredAt occurredAt, Role role, Person from, Person to, Optional<Text> briefing)
            implements IncidentCommand {}

    /** Rate the incident better or worse. */
    record ChangeSeverity(IncidentId incidentId, OccurredAt occurredAt, Severity severity, Text because)
            implements IncidentCommand {}

    /** Say what users and systems suffer; without a window's name it opens a new one. */
    record AssessImpact(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Optional<ImpactWindowId> impactId,
            Impact impact,
            Optional<OccurredAt> from,
            Optional<OccurredAt> until)
            implements IncidentCommand {}

    /** Call the response off. */
    record CancelIncident(IncidentId incidentId, OccurredAt occurredAt, CancellationReason reason, Text because)
            implements IncidentCommand {}

    /** Let the response go on in another incident, of which this is a duplicate. */
    record MergeInto(IncidentId incidentId, OccurredAt occurredAt, IncidentId into, Text because)
            implements IncidentCommand {}

    /** Ask that no unrelated change reach the scope. */
    record FreezeChanges(
            IncidentId incidentId, OccurredAt occurredAt, Scope scope, Text reason, Optional<Instant> expectedEnd)
            implements IncidentCommand {}

    /** Let one named change pass a freeze. */
    record GrantFreezeException(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FreezeId freezeId,
            Reference change,
            Person approvedBy,
            Text because)
            implements IncidentCommand {}

    /** End a freeze. */
    record LiftFreeze(IncidentId incidentId, OccurredAt occurredAt, FreezeId freezeId, Text because)
            implements IncidentCommand {}

    /** Tell what fails, or what still works. */
    record RecordSymptom(
            IncidentId incidentId,
            OccurredAt occurredAt,
            SymptomState state,
            Text text,
            SymptomSource source,
            Optional<ServiceName> service,
            Optional<OccurredAt> firstSeen,
            Optional<Reference> reference)
            implements IncidentCommand {}

    /** Tell what was changed; the time it occurred is when it was made. */
    record RecordChange(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ChangeKind kind,
            Text text,
            ServiceName service,
            Optional<Environment> environment,
            Optional<Person> by,
            Optional<Reference> reference)
            implements IncidentCommand {}

    /** Say what a change has to do with the incident. */
    record LinkChange(
            IncidentId incidentId, OccurredAt occurredAt, ChangeId changeId, ChangeVerdict verdict, Text because)
            implements IncidentCommand {}

    /** Tell that a piece of evidence is safe, and where; the time it occurred is when it was collected. */
    record PreserveEvidence(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Title title,
            EvidenceKind kind,
            Location location,
            Optional<Sha256> sha256,
            Person collectedBy,
            Certainty certainty)
            implements IncidentCommand {}

    /** State a possible cause; {@code primary} makes it the one to test at once. */
    record ProposeHypothesis(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Text statement,
            Optional<Text> prediction,
            Optional<Text> refutedBy,
            boolean primary)
            implements IncidentCommand {}

    /** Choose the one hypothesis to test now. */
    record MakePrimary(IncidentId incidentId, OccurredAt occurredAt, HypothesisId hypothesisId, Optional<Text> because)
            implements IncidentCommand {}

    /** Say that a piece of evidence speaks for or against a hypothesis. */
    record LinkEvidence(
            IncidentId incidentId,
            OccurredAt occurredAt,
            HypothesisId hypothesisId,
            EvidenceId evidenceId,
            EvidenceBearing bearing,
            Text because)
            implements IncidentCommand {}

    /** Stop pursuing a hypothesis. */
    record SetAside(IncidentId incidentId, OccurredAt occurredAt, HypothesisId hypothesisId, Text because)
            implements IncidentCommand {}

    /** Begin a test of the primary hypothesis. */
    record BeginTest(
            IncidentId incidentId,
            OccurredAt occurredAt,
            HypothesisId hypothesisId,
            Text action,
            Text expectation,
            Text safeBecause,
            Text undo,
            boolean risky,
            Optional<Person> approvedBy,
            Optional<Text> overrideBecause)
            implements IncidentCommand {}

    /** End a test with what it showed. */
    record ConcludeTest(
            IncidentId incidentId,
            OccurredAt occurredAt,
            TestId testId,
            TestConclusion conclusion,
            Text observed,
            List<EvidenceId> evidence,
            Optional<Text> overrideBecause)
            implements IncidentCommand {
        public ConcludeTest {
            evidence = List.copyOf(evidence);
        }
    }

    /** Begin a step to make things better. It rests on a hypothesis, or {@code blind} says that it rests on none. */
    record BeginMitigation(
            IncidentId incidentId,
            OccurredAt occurredAt,
            MitigationKind kind,
            Text text,
            boolean destructive,
            Optional<HypothesisId> restsOn,
            boolean blind,
            Optional<Text> undo,
            Optional<Text> parallelBecause,
            Optional<Text> evidenceWaivedBecause)
            implements IncidentCommand {}

    /** Tell that a step was carried out and helped, wholly ({@code EFFECTIVE}) or in part ({@code PARTIAL}). */
    record CompleteMitigation(
            IncidentId incidentId,
            OccurredAt occurredAt,
            MitigationId mitigationId,
            MitigationOutcome outcome,
            Text observed)
            implements IncidentCommand {}

    /** Tell that a step did not help ({@code INEFFECTIVE}) or did harm ({@code HARMFUL}). */
    record FailMitigation(
            IncidentId incidentId,
            OccurredAt occurredAt,
            MitigationId mitigationId,
            MitigationOutcome outcome,
            Text observed)
            implements IncidentCommand {}

    /** Tell that a step was undone. */
    record RollBackMitigation(IncidentId incidentId, OccurredAt occurredAt, MitigationId mitigationId, Text because)
            implements IncidentCommand {}

    /** Tell what the checks of recovery showed; when all passed, the incident is resolved. */
    record VerifyRecovery(
            IncidentId incidentId, OccurredAt occurredAt, List<RecoveryCheck> checks, Optional<OccurredAt> recoveredAt)
            implements IncidentCommand {
        public VerifyRecovery {
            checks = List.copyOf(checks);
        }
    }

    /** Say who tells one audience, where, and how often. */
    record PlanCommunication(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Audience audience,
            Person owner,
            Reference channel,
            Duration cadence)
            implements IncidentCommand {}

    /** Tell one or more audiences how things stand, and when they will hear again. */
    record PublishUpdate(
            IncidentId incidentId,
            OccurredAt occurredAt,
            List<Audience> audiences,
            Text whatHappened,
            Text userImpact,
            Text whatWeAreDoing,
            Optional<Instant> nextUpdateAt)
            implements IncidentCommand {
        public PublishUpdate {
            audiences = List.copyOf(audiences);
        }
    }

    /** Record that an audience did not hear by the time for which it was promised to; nothing follows where it did. */
    record RecordMissedUpdate(IncidentId incidentId, OccurredAt occurredAt, Audience audience, Instant dueAt)
            implements IncidentCommand, OfTheClock {}

    /** Write down what fits no other command. */
    record AddNote(IncidentId incidentId, OccurredAt occurredAt, Text text) implements IncidentCommand {}

    /** Make an earlier entry read otherwise, in its words, its time or both. */
    record CorrectEntry(
            IncidentId incidentId,
            OccurredAt occurredAt,
            long entry,
            Optional<Text> text,
            Optional<OccurredAt> time,
            Text because)
            implements IncidentCommand {}

    /** Mark an entry as one that matters. */
    record PinEntry(IncidentId incidentId, OccurredAt occurredAt, long entry) implements IncidentCommand {}

    /** Take the mark off again. */
    record UnpinEntry(IncidentId incidentId, OccurredAt occurredAt, long entry) implements IncidentCommand {}

    /** Ask that words be taken out of an entry for good; somebody else decides. */
    record RequestRedaction(
            IncidentId incidentId,
            OccurredAt occurredAt,
            long entry,
            List<RedactedField> fields,
            RedactionReason reason,
            Text because,
            Person requestedBy)
            implements IncidentCommand {
        public RequestRedaction {
            fields = List.copyOf(fields);
        }
    }

    /** Take words out for good, as somebody else asked in that entry. */
    record RedactEntry(IncidentId incidentId, OccurredAt occurredAt, long request, Actor approver)
            implements IncidentCommand {}

    /** Lay the script of an exercise ready, in place of an earlier one: so many facts, and the digest of what they say. */
    record PlanInjects(IncidentId incidentId, OccurredAt occurredAt, int injects, Sha256 script)
            implements IncidentCommand {}

    /** Tell those who practise a fact of the script. */
    record DeliverInject(IncidentId incidentId, OccurredAt occurredAt, InjectId injectId, InjectKind kind, Text what)
            implements IncidentCommand {}

    /** Deliver no more of the script. */
    record EndExercise(IncidentId incidentId, OccurredAt occurredAt, Optional<Text> because)
            implements IncidentCommand {}

    /** Begin the blameless review. */
    record BeginReview(IncidentId incidentId, OccurredAt occurredAt, Person facilitator, List<Person> participants)
            implements IncidentCommand {
        public BeginReview {
            participants = List.copyOf(participants);
        }
    }

    /** Write down what the review found, and the entries that show it. */
    record RecordFinding(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries)
            implements IncidentCommand {
        public RecordFinding {
            entries = List.copyOf(entries);
        }
    }

    /** Make a finding read otherwise. */
    record ReviseFinding(
            IncidentId incidentId,
            OccurredAt occurredAt,
            FindingId findingId,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries,
            Text because)
            implements IncidentCommand {
        public ReviseFinding {
            entries = List.copyOf(entries);
        }
    }

    /** Give somebody a piece of work, due on a date. */
    record AssignAction(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Text text,
            ActionKind kind,
            Optional<Person> owner,
            Optional<LocalDate> due,
            Optional<FindingId> finding,
            Optional<Reference> tracker)
            implements IncidentCommand {}

    /** Give an action to another owner. */
    record ReassignAction(IncidentId incidentId, OccurredAt occurredAt, ActionId actionId, Person to, Text because)
            implements IncidentCommand {}

    /** Move an action to another date. */
    record RescheduleAction(IncidentId incidentId, OccurredAt occurredAt, ActionId actionId, LocalDate to, Text because)
            implements IncidentCommand {}

    /** Record that the day for which an action was due is over; nothing follows where it is done or due another day. */
    record RecordOverdueAction(IncidentId incidentId, OccurredAt occurredAt, ActionId actionId, LocalDate due)
            implements IncidentCommand, OfTheClock {}

    /** Tell that an action is done. */
    record CompleteAction(
            IncidentId incidentId,
            OccurredAt occurredAt,
            ActionId actionId,
            Optional<Text> outcome,
            Optional<Reference> proof)
            implements IncidentCommand {}

    /** Tell that an action will not be done. */
    record DropAction(IncidentId incidentId, OccurredAt occurredAt, ActionId actionId, Text because)
            implements IncidentCommand {}

    /** Publish the postmortem with this summary. */
    record PublishPostmortem(IncidentId incidentId, OccurredAt occurredAt, Text summary, Optional<Text> noActionBecause)
            implements IncidentCommand {}

    /** Finish the incident. */
    record CloseIncident(IncidentId incidentId, OccurredAt occurredAt, Optional<Text> note)
            implements IncidentCommand {}

    /** Go on with the response of an incident that had ended. */
    record ReopenIncident(IncidentId incidentId, OccurredAt occurredAt, Text because) implements IncidentCommand {}

    /** Say that a runbook is followed now. */
    record FollowRunbook(IncidentId incidentId, OccurredAt occurredAt, RunbookInUse runbook)
            implements IncidentCommand {}

    /** Tell what came of a step, by its number from 1, or why it was skipped. */
    record CompleteRunbookStep(
            IncidentId incidentId,
            OccurredAt occurredAt,
            RunbookId runbookId,
            int step,
            Optional<Text> outcome,
            Optional<Text> skippedBecause)
            implements IncidentCommand {}

    /** Organise the running response as a playbook says. */
    record ApplyPlaybook(IncidentId incidentId, OccurredAt occurredAt, PlaybookInUse playbook)
            implements IncidentCommand {}

    /** Say from when on the organisation knew of the incident, and who knew first. */
    record EstablishAwareness(IncidentId incidentId, OccurredAt occurredAt, Person by, Text because)
            implements IncidentCommand {}

    /** Say whether a regime asks for reports on the incident, in the regime's own word, and why. */
    record ClassifyIncident(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Regime regime,
            Reportability decision,
            ClassificationName classification,
            Text because)
            implements IncidentCommand {}

    /** Tell that a report was made to an authority when it occurred, and why it was late where it was. */
    record SubmitNotification(
            IncidentId incidentId,
            OccurredAt occurredAt,
            Regime regime,
            StageName stage,
            Title recipient,
            Optional<Reference> receipt,
            Optional<Text> lateBecause)
            implements IncidentCommand {}

    /** Record that a report was not made by the time it was due; nothing follows where it was, or is due another time. */
    record RecordMissedNotification(
            IncidentId incidentId, OccurredAt occurredAt, Regime regime, StageName stage, Instant dueAt)
            implements IncidentCommand, OfTheClock {}
}
