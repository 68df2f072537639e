package org.incidenttimeline.projections.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.duty.DutyFacts;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.Certainty;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.ChangeVerdict;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.EvidenceKind;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.ImpactWindowId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.SymptomId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.core.event.ItemId.UpdateId;
import org.incidenttimeline.core.event.Location;
import org.incidenttimeline.core.event.MitigationKind;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Origin;
import org.incidenttimeline.core.event.PatternTag;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.PlaybookContent.DecisionPoint;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.Timeline;

/**
 * Everything known of one incident. Lists are in the order of recording; what is not known is empty.
 *
 * @param version the version of the last event that it knows
 * @param declared the declaration
 * @param startedAt when it began, as the declaration said
 * @param severities every severity it had, the declared one first, the one that holds last
 * @param roles who held which role, past holders included
 * @param impacts what was suffered, window by window; one without a number is what the declaration said
 * @param changes what was changed, with what it had to do with the incident
 * @param recoveries each look at whether the service is back
 * @param plans the communication plan that holds for each audience
 * @param promises each next update promised to an audience, and what became of it
 * @param missed each record that a promise was not kept
 * @param runbooks every runbook that was followed; one that was followed in two revisions is there twice
 * @param playbooks every playbook that was applied, the one that holds last
 * @param postmortem the postmortem published last
 * @param notes what fits no other event
 * @param overrides each rule that was overridden, and why
 * @param imported the record that it was entered from, if it was
 * @param duties what was told of duties to report
 * @param timeline the same incident entry by entry
 */
public record IncidentView(
        IncidentId incidentId,
        long version,
        Source declared,
        Title title,
        Optional<Text> summary,
        Phase phase,
        Mode mode,
        Visibility visibility,
        List<ServiceName> services,
        Detection detection,
        Optional<OccurredAt> startedAt,
        Optional<DedupKey> dedupKey,
        List<SeverityStep> severities,
        List<RoleHolding> roles,
        List<ImpactWindow> impacts,
        List<Freeze> freezes,
        List<Symptom> symptoms,
        List<Change> changes,
        List<Evidence> evidence,
        List<Hypothesis> hypotheses,
        List<Mitigation> mitigations,
        List<RecoveryAttempt> recoveries,
        List<CommunicationPlan> plans,
        List<Update> updates,
        List<Promise> promises,
        List<MissedUpdate> missed,
        List<Note> notes,
        List<Review> reviews,
        List<Finding> findings,
        List<ActionItem> actions,
        List<FollowedRunbook> runbooks,
        List<AppliedPlaybook> playbooks,
        Optional<Postmortem> postmortem,
        Optional<Cancellation> cancelled,
        Optional<Merge> merged,
        List<Closing> closings,
        List<Reopening> reopenings,
        List<RuleOverride> overrides,
        Optional<Import> imported,
        DutyFacts duties,
        Timeline timeline) {

    /** The severity that holds from one entry on; {@code from} and {@code because} are empty for the declared one. */
    public record SeverityStep(Severity severity, Optional<Severity> from, Optional<Text> because, Source source) {}

    /** One person's time in one role; {@code until} is empty while it lasts. */
    public record RoleHolding(
            Role role, Person person, Optional<Text> briefing, Source since, Optional<Source> until) {}

    /** What was suffered in one window, as assessed last; the sources are all assessments of it. */
    public record ImpactWindow(
            Optional<ImpactWindowId> impactId,
            Impact impact,
            Optional<OccurredAt> from,
            Optional<OccurredAt> until,
            List<Source> sources) {}

    /** Something seen to fail, or to work still. */
    public record Symptom(
            SymptomId symptomId,
            SymptomState state,
            Text text,
            SymptomSource seenIn,
            Optional<ServiceName> service,
            Optional<OccurredAt> firstSeen,
            Optional<Reference> reference,
            Source source) {}

    /** Something that was changed; it happened when its source says that it occurred. */
    public record Change(
            ChangeId changeId,
            ChangeKind kind,
            Text text,
            ServiceName service,
            Optional<Environment> environment,
            Optional<Person> by,
            Optional<Reference> reference,
            Optional<FreezeId> freezeBroken,
            List<Verdict> verdicts,
            Source source) {
        /** What it had to do with the incident, as far as is known now. */
        public Optional<ChangeVerdict> verdict() {
            return verdicts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(verdicts.getLast().verdict());
        }
    }

    /** What somebody thought a change had to do with the incident. */
    public record Verdict(ChangeVerdict verdict, Text because, Source source) {}

    /** A piece of evidence and where it is kept. */
    public record Evidence(
            EvidenceId evidenceId,
            Text title,
            EvidenceKind kind,
            Location location,
            Optional<Sha256> sha256,
            Person collectedBy,
            Certainty certainty,
            Source source) {}

    /** Where a hypothesis stands. */
    public enum HypothesisStatus {
        CANDIDATE,
        PRIMARY,
        UNDER_TEST,
        CONFIRMED,
        REFUTED,
        SET_ASIDE
    }

    /**
     * A possible cause.
     *
     * @param primary whether it is the one that the response works on; a confirmed one stays it
     * @param setAside why it is no longer pursued, where it was set aside last
     * @param sources all entries that changed where it stands, its proposal first
     */
    public record Hypothesis(
            HypothesisId hypothesisId,
            Text statement,
            Optional<Text> prediction,
            Optional<Text> refutedBy,
            HypothesisStatus status,
            boolean primary,
            List<LinkedEvidence> evidence,
            List<Test> tests,
            Optional<Text> setAside,
            List<Source> sources) {}

    /** What a piece of evidence does to a hypothesis. */
    public record LinkedEvidence(EvidenceId evidenceId, EvidenceBearing bearing, Text because, Source source) {}

    /** A test of a hypothesis; it runs while it has no conclusion. */
    public record Test(
            TestId testId,
            Text action,
            Text expectation,
            Text safeBecause,
            Text undo,
            boolean risky,
            Optional<Person> approvedBy,
            Source begun,
            Optional<Conclusion> conclusion) {}

    /** How a test ended. */
    public enum TestOutcome {
        CONFIRMED,
        REFUTED,
        INCONCLUSIVE
    }

    /** What a test showed. */
    public record Conclusion(TestOutcome outcome, Text observed, List<EvidenceId> evidence, Source source) {}

    /** Where a mitigation stands. */
    public enum MitigationStatus {
        RUNNING,
        COMPLETED,
        FAILED,
        ROLLED_BACK
    }

    /**
     * A step to make things better.
     *
     * @param restsOn the hypothesis it rests on; empty where it was blind
     * @param outcome how it ended, where it came to an end before it was rolled back
     */
    public record Mitigation(
            MitigationId mitigationId,
            MitigationKind kind,
            Text text,
            boolean destructive,
            Optional<HypothesisId> restsOn,
            Optional<Text> undo,
            Optional<Text> parallelBecause,
            Optional<Text> evidenceWaivedBecause,
            MitigationStatus status,
            Source begun,
            Optional<Outcome> outcome,
            Optional<RollBack> rolledBack) {}

    /** How a mitigation ended. */
    public record Outcome(MitigationOutcome outcome, Text observed, Source source) {}

    /** That a mitigation was undone, and why. */
    public record RollBack(Text because, Source source) {}

    /** A look at whether the service is back; verified when every check passed. */
    public record RecoveryAttempt(
            boolean verified, List<RecoveryCheck> checks, Optional<OccurredAt> recoveredAt, Source source) {}

    /** Who tells one audience, where and how often. */
    public record CommunicationPlan(
            Audience audience, Person owner, Reference channel, Duration cadence, Source source) {}

    /** An update as it was published. */
    public record Update(
            UpdateId updateId,
            List<Audience> audiences,
            Text whatHappened,
            Text userImpact,
            Text whatWeAreDoing,
            Optional<Instant> nextUpdateAt,
            Source source) {}

    /** What became of a promise. */
    public enum PromiseStatus {
        /** Neither answered nor recorded as missed. */
        PENDING,
        KEPT,
        /** Answered after it was due. */
        LATE,
        /** Recorded as missed, and still not answered. */
        MISSED,
        /** The response ended before it was answered. */
        VOID
    }

    /**
     * The next update that one audience was promised.
     *
     * @param madeBy the update that promised it; empty for the first one, which the communication plan promises
     * @param answeredBy the update that came next for that audience
     * @param lateBy how long after the due time that was
     */
    public record Promise(
            Audience audience,
            Instant dueAt,
            Optional<UpdateId> madeBy,
            PromiseStatus status,
            Optional<UpdateId> answeredBy,
            Optional<Duration> lateBy) {}

    /** A record that an audience did not hear in time. */
    public record MissedUpdate(Audience audience, Instant dueAt, Source source) {}

    /** Words that fit no other event. */
    public record Note(Text text, Source source) {}

    /** A blameless review. */
    public record Review(Person facilitator, List<Person> participants, Source source) {}

    /**
     * What the review found, as it reads now.
     *
     * @param entries the timeline entries it rests on
     * @param sources its recording and its revisions
     */
    public record Finding(
            FindingId findingId,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries,
            List<Source> sources) {}

    /** A runbook that was followed. */
    public record FollowedRunbook(
            RunbookId runbookId, int revision, Text title, List<FollowedStep> steps, Source followed) {
        public FollowedRunbook {
            steps = List.copyOf(steps);
        }

        /** The first step of which nothing is told yet. */
        public Optional<FollowedStep> next() {
            return steps.stream().filter(step -> step.told().isEmpty()).findFirst();
        }
    }

    /** A step of a runbook that was followed, by its number, and what was told of it last. */
    public record FollowedStep(int number, Text action, Optional<StepTold> told) {}

    /** What came of a step, or why it was skipped. */
    public record StepTold(Optional<Text> outcome, Optional<Text> skippedBecause, Source source) {}

    /** A playbook that was applied for the severity that held then. */
    public record AppliedPlaybook(
            PlaybookId playbookId,
            int revision,
            Text title,
            Severity severity,
            List<Escalation> escalations,
            List<DecisionPoint> decisions,
            Source source) {
        public AppliedPlaybook {
            escalations = List.copyOf(escalations);
            decisions = List.copyOf(decisions);
        }
    }

    /** The published postmortem. */
    public record Postmortem(Text summary, Optional<Text> noActionBecause, Source source) {}

    /** That the response was called off, and why. */
    public record Cancellation(CancellationReason reason, Text because, Source source) {}

    /** That the response goes on in another incident. */
    public record Merge(IncidentId into, Text because, Source source) {}

    /** That the record was finished. */
    public record Closing(Optional<Text> note, Source source) {}

    /** That the response had to go on. */
    public record Reopening(Text because, Source source) {}

    /** Why a rule was overridden. */
    public record RuleOverride(Text because, Source source) {}

    /** That the incident was entered from a record kept elsewhere, and by whom; {@code run} names the import. */
    public record Import(Origin origin, Optional<Text> licence, Optional<Reference> run, Source source) {}

    /** The severity that holds. */
    public Severity severity() {
        return severities.getLast().severity();
    }

    /** The roles that somebody holds now. */
    public List<RoleHolding> rolesNow() {
        return roles.stream().filter(r -> r.until().isEmpty()).toList();
    }

    /** Who leads the response. */
    public Person lead() {
        return rolesNow().stream()
                .filter(r -> r.role() == Role.LEAD)
                .max(Comparator.comparingLong(r -> r.since().entry()))
                .orElseThrow()
                .person();
    }

    /** The freezes that are on. */
    public List<Freeze> freezesOn() {
        return freezes.stream().filter(Freeze::isOn).toList();
    }

    /** The hypothesis that the response works on, or that was confirmed while it did. */
    public Optional<Hypothesis> primaryHypothesis() {
        return hypotheses.stream().filter(Hypothesis::primary).findFirst();
    }
}
