package org.incidenttimeline.projections.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.duty.DutyFacts;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Progress;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.Fold;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.incident.IncidentView.*;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.timeline.TimelineFold;

/** Everything known of one incident; empty until it is declared. */
public final class IncidentFold implements Fold<Optional<IncidentView>> {
    private final TimelineFold timelines = new TimelineFold();

    @Override
    public Optional<IncidentView> empty() {
        return Optional.empty();
    }

    @Override
    public Optional<IncidentView> apply(Optional<IncidentView> view, RecordedEvent event) {
        return of(timelines.apply(view.map(IncidentView::timeline).orElseGet(timelines::empty), event));
    }

    /** Goes through the history once, where event by event it would go through it once for each. */
    @Override
    public Optional<IncidentView> replay(List<RecordedEvent> events) {
        return of(timelines.replay(events));
    }

    /** The incident that a whole timeline tells of. */
    public static Optional<IncidentView> of(Timeline timeline) {
        var entries = timeline.asRecorded();
        if (entries.isEmpty() || !(entries.getFirst().event() instanceof IncidentDeclared declared)) {
            return Optional.empty();
        }
        var draft = new Draft(declared, entries.getFirst());
        entries.forEach(draft::take);
        return Optional.of(draft.finish(timeline));
    }

    /** What is being gathered while one fold runs. An event about a thing never made is passed over. */
    private static final class Draft {
        private final IncidentDeclared declared;
        private final TimelineEntry declaration;
        private Progress progress = Progress.DECLARED;
        private Inquiry inquiry = Inquiry.NONE;
        private DutyFacts duties = DutyFacts.NONE;
        private final List<SeverityStep> severities = new ArrayList<>();
        private final List<RoleHolding> roles = new ArrayList<>();
        private final Map<Optional<ItemId>, ImpactWindow> impacts = new LinkedHashMap<>();
        private final List<Symptom> symptoms = new ArrayList<>();
        private final Map<ChangeId, Change> changes = new LinkedHashMap<>();
        private final List<Evidence> evidence = new ArrayList<>();
        private final Map<HypothesisId, HypothesisDraft> hypotheses = new LinkedHashMap<>();
        private final Map<MitigationId, Mitigation> mitigations = new LinkedHashMap<>();
        private final List<RecoveryAttempt> recoveries = new ArrayList<>();
        private final Map<Audience, CommunicationPlan> plans = new EnumMap<>(Audience.class);
        private final List<Update> updates = new ArrayList<>();
        private final List<Promise> promises = new ArrayList<>();
        private final List<MissedUpdate> missed = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private final List<Review> reviews = new ArrayList<>();
        private final Map<FindingId, Finding> findings = new LinkedHashMap<>();
        private final List<FollowedRunbook> runbooks = new ArrayList<>();
        private final List<AppliedPlaybook> playbooks = new ArrayList<>();
        private Optional<Postmortem> postmortem = Optional.empty();
        private Optional<Cancellation> cancelled = Optional.empty();
        private Optional<Merge> merged = Optional.empty();
        private final List<Closing> closings = new ArrayList<>();
        private final List<Reopening> reopenings = new ArrayList<>();
        private final List<RuleOverride> overrides = new ArrayList<>();
        private Optional<Import> imported = Optional.empty();

        Draft(IncidentDeclared declared, TimelineEntry declaration) {
            this.declared = declared;
            this.declaration = declaration;
        }

        IncidentView finish(Timeline timeline) {
            var entries = timeline.asRecorded();
            return new IncidentView(
                    declared.incidentId(),
                    timeline.version(),
                    declaration.source(),
                    declared.title(),
                    declaration.text(),
                    progress.phase(),
                    declared.mode(),
                    declared.visibility(),
                    declared.services(),
                    declared.detection(),
                    declared.startedAt(),
                    declared.dedupKey(),
                    List.copyOf(severities),
                    List.copyOf(roles),
                    List.copyOf(impacts.values()),
                    new FreezeFold().of(entries).all(),
                    List.copyOf(symptoms),
                    List.copyOf(changes.values()),
                    List.copyOf(evidence),
                    hypotheses.values().stream().map(h -> h.finish(inquiry)).toList(),
                    List.copyOf(mitigations.values()),
                    List.copyOf(recoveries),
                    List.copyOf(plans.values()),
                    List.copyOf(updates),
                    List.copyOf(promises),
                    List.copyOf(missed),
                    List.copyOf(notes),
                    List.copyOf(reviews),
                    List.copyOf(findings.values()),
                    new ActionFold().of(entries),
                    List.copyOf(runbooks),
                    List.copyOf(playbooks),
                    postmortem,
                    cancelled,
                    merged,
                    List.copyOf(closings),
                    List.copyOf(reopenings),
                    List.copyOf(overrides),
                    imported,
                    duties,
                    timeline);
        }

        void take(TimelineEntry entry) {
            progress = progress.after(entry.event());
            inquiry = inquiry.after(entry.event());
            duties = duties.after(entry.number(), entry.event(), entry.occurredAt());
            var source = entry.source();
            entry.overrides().forEach(because -> overrides.add(new RuleOverride(because, source)));
            switch (entry.event()) {
                case IncidentDeclared e -> declared(e, source);
                case RoleAssigned e -> assigned(e, source);
                case RoleHandedOver e -> {
                    leave(e.role(), Optional.of(e.from()), source);
                    roles.add(new RoleHolding(e.role(), e.to(), entry.text(), source, Optional.empty()));
                }
                case SeverityChanged e ->
                    severities.add(new SeverityStep(e.to(), Optional.of(e.from()), entry.text(), source));
                case ImpactAssessed e -> assessed(e, words(entry, e.impact().broken()), source);
                case IncidentCancelled e -> {
                    cancelled = Optional.of(new Cancellation(e.reason(), words(entry, e.because()), source));
                    voidPromises();
                }
                case IncidentMerged e -> {
                    merged = Optional.of(new Merge(e.into(), words(entry, e.because()), source));
                    voidPromises();
                }
                case SymptomRecorded e ->
                    symptoms.add(new Symptom(
                            e.symptomId(),
                            e.state(),
                            words(entry, e.text()),
                            e.source(),
                            e.service(),
                            e.firstSeen(),
                            e.reference(),
                            source));
                case ChangeRecorded e ->
                    changes.put(
                            e.changeId(),
                            new Change(
                                    e.changeId(),
                                    e.kind(),
                                    words(entry, e.text()),
                                    e.service(),
                                    e.environment(),
                                    e.by(),
                                    e.reference(),
                                    e.freezeBroken(),
                                    List.of(),
                                    source));
                case ChangeLinked e -> {
                    var verdict = new Verdict(e.verdict(), words(entry, e.because()), source);
                    changes.computeIfPresent(e.changeId(), (_, c) -> linked(c, verdict));
                }
                case EvidencePreserved e ->
                    evidence.add(new Evidence(
                            e.evidenceId(),
                            entry.text().orElseGet(() -> new Text(e.title().value())),
                            e.kind(),
                            e.location(),
                            e.sha256(),
                            e.collectedBy(),
                            e.certainty(),
                            source));
                case HypothesisProposed e ->
                    hypotheses.put(e.hypothesisId(), new HypothesisDraft(e, words(entry, e.statement()), source));
                case PrimaryHypothesisChosen e -> moved(e.hypothesisId(), source);
                case EvidenceLinked e ->
                    linked(e.hypothesisId(), e.evidenceId(), e.bearing(), words(entry, e.because()), source);
                case HypothesisSetAside e -> {
                    moved(e.hypothesisId(), source);
                    setAside(e.hypothesisId(), words(entry, e.because()));
                }
                case HypothesisTestBegun e -> begun(e, words(entry, e.action()), source);
                case HypothesisConfirmed e ->
                    concluded(
                            e.hypothesisId(),
                            e.testId(),
                            new Conclusion(TestOutcome.CONFIRMED, words(entry, e.observed()), e.evidence(), source));
                case HypothesisRefuted e ->
                    concluded(
                            e.hypothesisId(),
                            e.testId(),
                            new Conclusion(TestOutcome.REFUTED, words(entry, e.observed()), e.evidence(), source));
                case HypothesisTestInconclusive e ->
                    concluded(
                            e.hypothesisId(),
                            e.testId(),
                            new Conclusion(TestOutcome.INCONCLUSIVE, words(entry, e.observed()), e.evidence(), source));
                case MitigationBegun e ->
                    mitigations.put(
                            e.mitigationId(),
                            new Mitigation(
                                    e.mitigationId(),
                                    e.kind(),
                                    words(entry, e.text()),
                                    e.destructive(),
                                    e.restsOn(),
                                    e.undo(),
                                    e.parallelBecause(),
                                    e.evidenceWaivedBecause(),
                                    MitigationStatus.RUNNING,
                                    source,
                                    Optional.empty(),
                                    Optional.empty()));
                case MitigationCompleted e ->
                    ended(
                            e.mitigationId(),
                            MitigationStatus.COMPLETED,
                            e.outcome(),
                            words(entry, e.observed()),
                            source);
                case MitigationFailed e ->
                    ended(e.mitigationId(), MitigationStatus.FAILED, e.outcome(), words(entry, e.observed()), source);
                case MitigationRolledBack e -> rolledBack(e, words(entry, e.because()), source);
                case RecoveryVerified e ->
                    recoveries.add(new RecoveryAttempt(true, e.checks(), e.recoveredAt(), source));
                case RecoveryNotConfirmed e ->
                    recoveries.add(new RecoveryAttempt(false, e.checks(), Optional.empty(), source));
                case CommunicationPlanned e -> planned(e, source);
                case UpdatePublished e -> published(e, words(entry, e.whatHappened()), source);
                case UpdateMissed e -> {
                    missed.add(new MissedUpdate(e.audience(), e.dueAt(), source));
                    promises.replaceAll(p -> p.audience() == e.audience()
                                    && p.dueAt().equals(e.dueAt())
                                    && p.status() == PromiseStatus.PENDING
                            ? became(p, PromiseStatus.MISSED)
                            : p);
                }
                case NoteAdded e -> notes.add(new Note(words(entry, e.text()), source));
                case ReviewBegun e -> reviews.add(new Review(e.facilitator(), e.participants(), source));
                case FindingRecorded e ->
                    findings.put(
                            e.findingId(),
                            new Finding(
                                    e.findingId(),
                                    e.kind(),
                                    words(entry, e.text()),
                                    e.pattern(),
                                    e.entries(),
                                    List.of(source)));
                case FindingRevised e ->
                    findings.computeIfPresent(
                            e.findingId(),
                            (_, f) -> new Finding(
                                    e.findingId(),
                                    e.kind(),
                                    words(entry, e.text()),
                                    e.pattern(),
                                    e.entries(),
                                    and(f.sources(), source)));
                case RunbookFollowed e ->
                    runbooks.add(followed(e, words(entry, new Text(e.title().value())), source));
                case RunbookStepCompleted e ->
                    told(
                            e,
                            new StepTold(
                                    e.outcome().map(t -> words(entry, t)),
                                    e.skippedBecause().map(t -> words(entry, t)),
                                    source));
                case PlaybookApplied e ->
                    playbooks.add(new AppliedPlaybook(
                            e.playbookId(),
                            e.revision(),
                            words(entry, new Text(e.title().value())),
                            e.severity(),
                            e.escalations(),
                            e.decisions(),
                            source));
                case PostmortemPublished e ->
                    postmortem = Optional.of(new Postmortem(words(entry, e.summary()), e.noActionBecause(), source));
                case IncidentClosed _ -> {
                    closings.add(new Closing(entry.text(), source));
                    voidPromises();
                }
                case IncidentReopened e -> reopenings.add(new Reopening(words(entry, e.because()), source));
                case IncidentImported e ->
                    imported = Optional.of(new Import(e.origin(), entry.text(), e.importRun(), source));
                // What a source told is in the timeline, and in the phase.
                case EntryImported _ -> {}
                // Freezes and actions have folds of their own.
                case ChangesFrozen _,
                        FreezeExceptionGranted _,
                        FreezeLifted _,
                        ActionAssigned _,
                        ActionReassigned _,
                        ActionRescheduled _,
                        ActionBecameOverdue _,
                        ActionCompleted _,
                        ActionDropped _ -> {}
                // The facts about duties are a fold of their own.
                case AwarenessEstablished _, IncidentClassified _, NotificationSubmitted _, NotificationMissed _ -> {}
                // The timeline tells of them.
                case InjectsPlanned _, InjectDelivered _, ExerciseEnded _ -> {}
                // What these do to an entry is in the entry already.
                case EntryCorrected _, EntryPinned _, EntryUnpinned _ -> {}
                // Words that were taken out are not in the events any more.
                case RedactionRequested _, EntryRedacted _ -> {}
            }
        }

        private static Text words(TimelineEntry entry, Text original) {
            return entry.correctedText().orElse(original);
        }

        private static <T> List<T> and(Collection<T> before, T next) {
            var all = new ArrayList<>(before);
            all.add(next);
            return List.copyOf(all);
        }

        private void declared(IncidentDeclared e, Source source) {
            severities.add(new SeverityStep(e.severity(), Optional.empty(), Optional.empty(), source));
            roles.add(new RoleHolding(Role.LEAD, e.lead(), Optional.empty(), source, Optional.empty()));
            e.impact()
                    .ifPresent(impact -> impacts.put(
                            Optional.empty(),
                            new ImpactWindow(
                                    Optional.empty(), impact, e.startedAt(), Optional.empty(), List.of(source))));
        }

        private static FollowedRunbook followed(RunbookFollowed e, Text title, Source source) {
            var steps = new ArrayList<FollowedStep>();
            for (var action : e.steps()) {
                steps.add(new FollowedStep(steps.size() + 1, action, Optional.empty()));
            }
            return new FollowedRunbook(e.runbookId(), e.revision(), title, steps, source);
        }

        /** It is told of the revision that was followed last. */
        private void told(RunbookStepCompleted e, StepTold told) {
            for (int i = runbooks.size() - 1; i >= 0; i--) {
                var runbook = runbooks.get(i);
                if (runbook.runbookId().equals(e.runbookId())) {
                    var steps = runbook.steps().stream()
                            .map(step -> step.number() == e.step()
                                    ? new FollowedStep(step.number(), step.action(), Optional.of(told))
                                    : step)
                            .toList();
                    runbooks.set(
                            i,
                            new FollowedRunbook(
                                    runbook.runbookId(),
                                    runbook.revision(),
                                    runbook.title(),
                                    steps,
                                    runbook.followed()));
                    return;
                }
            }
        }

        private void assigned(RoleAssigned e, Source source) {
            if (e.role() != Role.SUBJECT_EXPERT) {
                leave(e.role(), Optional.empty(), source);
            }
            roles.add(new RoleHolding(e.role(), e.person(), Optional.empty(), source, Optional.empty()));
        }

        private void leave(Role role, Optional<Person> person, Source source) {
            roles.replaceAll(held -> held.role() == role
                            && held.until().isEmpty()
                            && person.map(held.person()::equals).orElse(true)
                    ? new RoleHolding(role, held.person(), held.briefing(), held.since(), Optional.of(source))
                    : held);
        }

        /** The newer assessment stands; a beginning that it does not repeat is not taken back. */
        private void assessed(ImpactAssessed e, Text broken, Source source) {
            var told = e.impact();
            var impact = new Impact(broken, told.stillWorks(), told.affected(), told.spread());
            impacts.merge(
                    Optional.of(e.impactId()),
                    new ImpactWindow(Optional.of(e.impactId()), impact, e.from(), e.until(), List.of(source)),
                    (older, newer) -> new ImpactWindow(
                            newer.impactId(),
                            newer.impact(),
                            newer.from().or(older::from),
                            newer.until(),
                            and(older.sources(), source)));
        }

        private static Change linked(Change c, Verdict verdict) {
            return new Change(
                    c.changeId(),
                    c.kind(),
                    c.text(),
                    c.service(),
                    c.environment(),
                    c.by(),
                    c.reference(),
                    c.freezeBroken(),
                    and(c.verdicts(), verdict),
                    c.source());
        }

        private void linked(
                HypothesisId hypothesis, EvidenceId piece, EvidenceBearing bearing, Text because, Source source) {
            var draft = hypotheses.get(hypothesis);
            if (draft != null) {
                draft.evidence.add(new LinkedEvidence(piece, bearing, because, source));
            }
        }

        private void moved(HypothesisId hypothesis, Source source) {
            var draft = hypotheses.get(hypothesis);
            if (draft != null) {
                draft.sources.add(source);
            }
        }

        private void setAside(HypothesisId hypothesis, Text because) {
            var draft = hypotheses.get(hypothesis);
            if (draft != null) {
                draft.setAside = Optional.of(because);
            }
        }

        private void begun(HypothesisTestBegun e, Text action, Source source) {
            moved(e.hypothesisId(), source);
            var draft = hypotheses.get(e.hypothesisId());
            if (draft != null) {
                draft.tests.put(
                        e.testId(),
                        new Test(
                                e.testId(),
                                action,
                                e.expectation(),
                                e.safeBecause(),
                                e.undo(),
                                e.risky(),
                                e.approvedBy(),
                                source,
                                Optional.empty()));
            }
        }

        private void concluded(HypothesisId hypothesis, TestId test, Conclusion conclusion) {
            moved(hypothesis, conclusion.source());
            var draft = hypotheses.get(hypothesis);
            if (draft != null) {
                draft.tests.computeIfPresent(
                        test,
                        (_, t) -> new Test(
                                t.testId(),
                                t.action(),
                                t.expectation(),
                                t.safeBecause(),
                                t.undo(),
                                t.risky(),
                                t.approvedBy(),
                                t.begun(),
                                Optional.of(conclusion)));
            }
        }

        private void ended(
                MitigationId mitigation,
                MitigationStatus status,
                MitigationOutcome outcome,
                Text observed,
                Source source) {
            mitigations.computeIfPresent(
                    mitigation,
                    (_, m) -> became(m, status, Optional.of(new Outcome(outcome, observed, source)), m.rolledBack()));
        }

        private void rolledBack(MitigationRolledBack e, Text because, Source source) {
            mitigations.computeIfPresent(
                    e.mitigationId(),
                    (_, m) -> became(
                            m, MitigationStatus.ROLLED_BACK, m.outcome(), Optional.of(new RollBack(because, source))));
        }

        private static Mitigation became(
                Mitigation m, MitigationStatus status, Optional<Outcome> outcome, Optional<RollBack> rolledBack) {
            return new Mitigation(
                    m.mitigationId(),
                    m.kind(),
                    m.text(),
                    m.destructive(),
                    m.restsOn(),
                    m.undo(),
                    m.parallelBecause(),
                    m.evidenceWaivedBecause(),
                    status,
                    m.begun(),
                    outcome,
                    rolledBack);
        }

        /** A plan promises the first update, unless the audience was promised one already. */
        private void planned(CommunicationPlanned e, Source source) {
            plans.put(e.audience(), new CommunicationPlan(e.audience(), e.owner(), e.channel(), e.cadence(), source));
            boolean promised = promises.stream().anyMatch(p -> p.audience() == e.audience() && isOpen(p));
            if (!promised) {
                e.firstDueAt()
                        .ifPresent(due -> promises.add(new Promise(
                                e.audience(),
                                due,
                                Optional.empty(),
                                PromiseStatus.PENDING,
                                Optional.empty(),
                                Optional.empty())));
            }
        }

        private void published(UpdatePublished e, Text whatHappened, Source source) {
            updates.add(new Update(
                    e.updateId(),
                    e.audiences(),
                    whatHappened,
                    e.userImpact(),
                    e.whatWeAreDoing(),
                    e.nextUpdateAt(),
                    source));
            promises.replaceAll(
                    p -> e.audiences().contains(p.audience()) && isOpen(p) ? answered(p, e, source.sortedBy()) : p);
            e.nextUpdateAt()
                    .ifPresent(due -> e.audiences()
                            .forEach(audience -> promises.add(new Promise(
                                    audience,
                                    due,
                                    Optional.of(e.updateId()),
                                    PromiseStatus.PENDING,
                                    Optional.empty(),
                                    Optional.empty()))));
        }

        private static boolean isOpen(Promise p) {
            return p.status() == PromiseStatus.PENDING || p.status() == PromiseStatus.MISSED;
        }

        private static Promise answered(Promise p, UpdatePublished answer, Instant at) {
            boolean late = at.isAfter(p.dueAt());
            return new Promise(
                    p.audience(),
                    p.dueAt(),
                    p.madeBy(),
                    late ? PromiseStatus.LATE : PromiseStatus.KEPT,
                    Optional.of(answer.updateId()),
                    late ? Optional.of(Duration.between(p.dueAt(), at)) : Optional.empty());
        }

        private static Promise became(Promise p, PromiseStatus status) {
            return new Promise(p.audience(), p.dueAt(), p.madeBy(), status, p.answeredBy(), p.lateBy());
        }

        private void voidPromises() {
            promises.replaceAll(p -> p.status() == PromiseStatus.PENDING ? became(p, PromiseStatus.VOID) : p);
        }
    }

    /** A hypothesis while its history is gathered. */
    private static final class HypothesisDraft {
        private final HypothesisProposed proposed;
        private final Text statement;
        private final List<LinkedEvidence> evidence = new ArrayList<>();
        private final Map<TestId, Test> tests = new LinkedHashMap<>();
        private final List<Source> sources = new ArrayList<>();
        private Optional<Text> setAside = Optional.empty();

        HypothesisDraft(HypothesisProposed proposed, Text statement, Source source) {
            this.proposed = proposed;
            this.statement = statement;
            sources.add(source);
        }

        Hypothesis finish(Inquiry inquiry) {
            var id = proposed.hypothesisId();
            return new Hypothesis(
                    id,
                    statement,
                    proposed.prediction(),
                    proposed.refutedBy(),
                    inquiry.statusOf(id),
                    inquiry.primary().filter(id::equals).isPresent(),
                    List.copyOf(evidence),
                    List.copyOf(tests.values()),
                    setAside,
                    List.copyOf(sources));
        }
    }
}
