package org.incidenttimeline.core.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.duty.Regimes;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.guidance.Guides;

/** An incident told by commands, one after the other, as the rules let it happen; and the commands of the tests. */
public final class Story {
    /** When the server receives every command of a story. */
    public static final Instant NOW = Instant.parse("2026-03-02T18:00:00Z");

    public static final IncidentId ID = new IncidentId("checkout-down");
    public static final Person ANA = new Person("ana");
    public static final Person BEN = new Person("ben");

    private final List<IncidentEvent> events = new ArrayList<>();
    private Incident incident = Incident.undeclared();

    public static Story of(IncidentCommand... commands) {
        var story = new Story();
        for (var command : commands) {
            story.tell(command);
        }
        return story;
    }

    /** Decides the command and lets what follows happen. */
    public List<IncidentEvent> tell(IncidentCommand command) {
        var more = IncidentDecider.decide(incident, command, NOW);
        more.forEach(event -> incident = incident.evolve(event));
        events.addAll(more);
        return more;
    }

    public Story and(IncidentCommand... commands) {
        for (var command : commands) {
            tell(command);
        }
        return this;
    }

    /** Decides the command and lets nothing happen. */
    List<IncidentEvent> decide(IncidentCommand command) {
        return IncidentDecider.decide(incident, command, NOW);
    }

    Incident incident() {
        return incident;
    }

    public List<IncidentEvent> events() {
        return List.copyOf(events);
    }

    // Times of the day of the incident, 2 March 2026.

    public static Instant instant(String time) {
        return Instant.parse("2026-03-02T" + time + ":00Z");
    }

    public static OccurredAt at(String time) {
        return OccurredAt.at(instant(time));
    }

    static OccurredAt about(String time) {
        return new OccurredAt(
                Optional.of(instant(time)),
                Precision.APPROXIMATE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Text text(String words) {
        return new Text(words);
    }

    static final Optional<Text> NO_WORDS = Optional.empty();
    static final Optional<Reference> NO_RECEIPT = Optional.empty();
    static final OccurredAt THEN = at("14:30");

    public static DeclareIncident declare() {
        return declare(Severity.SEV2, Optional.empty());
    }

    static DeclareIncident declare(Severity severity, Optional<DedupKey> dedupKey) {
        return declare(severity, dedupKey, Mode.LIVE);
    }

    static DeclareIncident declare(Severity severity, Optional<DedupKey> dedupKey, Mode mode) {
        return new DeclareIncident(
                ID,
                at("14:00"),
                new Title("Checkout fails"),
                severity,
                ANA,
                NO_WORDS,
                List.of(new ServiceName("checkout")),
                new Detection(DetectionSource.ALERT, Optional.of(at("13:55")), Optional.empty()),
                Optional.of(at("13:50")),
                Optional.empty(),
                mode,
                Visibility.OPEN,
                dedupKey);
    }

    /** An incident that is practised. */
    static Story drill() {
        return Story.of(declare(Severity.SEV2, Optional.empty(), Mode.DRILL));
    }

    static PlanInjects planInjects(int injects) {
        return new PlanInjects(ID, THEN, injects, new Sha256("0123456789abcdef".repeat(4)));
    }

    static DeliverInject deliver(int inject) {
        return new DeliverInject(
                ID, THEN, InjectId.number(inject), InjectKind.ALERT, text("the replica is gone as well"));
    }

    static EndExercise endExercise() {
        return new EndExercise(ID, THEN, Optional.of(text("we have seen enough")));
    }

    static ImportIncident importIncident(String id) {
        var declaration = declare(Severity.SEV2, Optional.empty(), Mode.BACKFILLED);
        return new ImportIncident(declaration, origin(id), Optional.of(text("CC BY 4.0")), Optional.empty());
    }

    static ImportEntry importEntry(String id, OccurredAt when, String words, StatusMeaning means) {
        var status = new SourceStatus(new Reference(means.name().toLowerCase(Locale.ROOT)), Optional.of(means));
        return new ImportEntry(ID, when, Optional.of(text(words)), Optional.of(status), origin(id), List.of());
    }

    static Origin origin(String id) {
        return new Origin(
                new Reference("the status page"),
                new Reference(id),
                Optional.of(new Location("https://status.example/" + id)));
    }

    static AssignRole assign(Role role, Person person) {
        return new AssignRole(ID, THEN, role, person);
    }

    static FollowRunbook follow() {
        return follow(1);
    }

    static FollowRunbook follow(int revision) {
        return new FollowRunbook(ID, THEN, new RunbookInUse(Guides.LAG, revision, Guides.runbook()));
    }

    static CompleteRunbookStep stepDone(int step) {
        return new CompleteRunbookStep(ID, THEN, Guides.LAG, step, Optional.of(text("done")), NO_WORDS);
    }

    static EstablishAwareness aware(String time) {
        return new EstablishAwareness(ID, at(time), ANA, text("the customer called us"));
    }

    /** For the regime {@link Regimes#BANK}. */
    static ClassifyIncident classify(String time, ClassificationName classification) {
        var decision = classification.equals(Regimes.SLIGHT) ? Reportability.NOT_REPORTABLE : Reportability.REPORTABLE;
        return new ClassifyIncident(
                ID, at(time), Regimes.BANK, decision, classification, text("payments of two days are late"));
    }

    /** To the regime {@link Regimes#BANK}. */
    static SubmitNotification submitted(String time, StageName stage) {
        return new SubmitNotification(
                ID, at(time), Regimes.BANK, stage, new Title("The authority"), NO_RECEIPT, NO_WORDS);
    }

    /** The first report to the regime {@link Regimes#BANK}. */
    static RecordMissedNotification missedNotification(String dueAt) {
        return new RecordMissedNotification(ID, at(dueAt), Regimes.BANK, Regimes.FIRST, instant(dueAt));
    }

    static ApplyPlaybook apply() {
        return new ApplyPlaybook(ID, THEN, playbook());
    }

    static PlaybookInUse playbook() {
        return new PlaybookInUse(Guides.OUTAGE, 1, Guides.playbook());
    }

    static FreezeChanges freeze(String service) {
        return freeze(service, at("14:05"));
    }

    static FreezeChanges freeze(String service, OccurredAt when) {
        var scope = new Scope(List.of(new ServiceName(service)), List.of(new Environment("production")));
        return new FreezeChanges(ID, when, scope, text("one thing at a time"), Optional.empty());
    }

    static GrantFreezeException exceptFor(String change) {
        return new GrantFreezeException(ID, THEN, FreezeId.number(1), new Reference(change), ANA, text("the fix"));
    }

    static LiftFreeze lift() {
        return lift(at("16:00"));
    }

    static LiftFreeze lift(OccurredAt when) {
        return new LiftFreeze(ID, when, FreezeId.number(1), text("stable again"));
    }

    static RecordSymptom symptom() {
        return new RecordSymptom(
                ID,
                THEN,
                SymptomState.FAILING,
                text("p99 latency is 9 s"),
                SymptomSource.METRIC,
                Optional.of(new ServiceName("checkout")),
                Optional.empty(),
                Optional.empty());
    }

    static RecordChange change(String reference, OccurredAt when) {
        return new RecordChange(
                ID,
                when,
                ChangeKind.DEPLOY,
                text("release 42"),
                new ServiceName("Checkout"),
                Optional.of(new Environment("production")),
                Optional.empty(),
                Optional.of(new Reference(reference)));
    }

    static PreserveEvidence evidence() {
        return new PreserveEvidence(
                ID,
                THEN,
                new Title("Heap dump of checkout-7"),
                EvidenceKind.DUMP,
                new Location("s3://evidence/checkout-7.hprof"),
                Optional.empty(),
                BEN,
                Certainty.FACT);
    }

    static ProposeHypothesis propose(boolean primary) {
        return new ProposeHypothesis(
                ID,
                THEN,
                text("the database is saturated"),
                Optional.of(text("CPU is high")),
                Optional.of(text("CPU is low")),
                primary);
    }

    static MakePrimary makePrimary(int hypothesis) {
        return new MakePrimary(ID, THEN, HypothesisId.number(hypothesis), NO_WORDS);
    }

    static SetAside setAside(int hypothesis) {
        return new SetAside(ID, THEN, HypothesisId.number(hypothesis), text("nothing speaks for it"));
    }

    static LinkEvidence link(int hypothesis, int evidence) {
        return new LinkEvidence(
                ID,
                THEN,
                HypothesisId.number(hypothesis),
                EvidenceId.number(evidence),
                EvidenceBearing.SUPPORTS,
                text("it shows the queue"));
    }

    static BeginTest beginTest(int hypothesis) {
        return beginTest(hypothesis, false, Optional.empty(), NO_WORDS);
    }

    static BeginTest beginTest(
            int hypothesis, boolean risky, Optional<Person> approvedBy, Optional<Text> overrideBecause) {
        return new BeginTest(
                ID,
                THEN,
                HypothesisId.number(hypothesis),
                text("read the CPU graph"),
                text("over 90 %"),
                text("it only reads"),
                text("nothing to undo"),
                risky,
                approvedBy,
                overrideBecause);
    }

    static ConcludeTest conclude(int test, TestConclusion conclusion, EvidenceId... evidence) {
        return new ConcludeTest(
                ID, THEN, TestId.number(test), conclusion, text("CPU is at 20 %"), List.of(evidence), NO_WORDS);
    }

    static BeginMitigation mitigate() {
        return mitigate(MitigationKind.ROLLBACK, false, NO_WORDS, NO_WORDS);
    }

    static BeginMitigation mitigate(
            MitigationKind kind, boolean destructive, Optional<Text> parallelBecause, Optional<Text> waived) {
        return new BeginMitigation(
                ID,
                THEN,
                kind,
                text("back to release 41"),
                destructive,
                Optional.empty(),
                true,
                NO_WORDS,
                parallelBecause,
                waived);
    }

    static BeginMitigation mitigateFor(int hypothesis, boolean blind) {
        return new BeginMitigation(
                ID,
                THEN,
                MitigationKind.CONFIG,
                text("pool size back to 50"),
                false,
                Optional.of(HypothesisId.number(hypothesis)),
                blind,
                NO_WORDS,
                NO_WORDS,
                NO_WORDS);
    }

    static CompleteMitigation complete(int mitigation, MitigationOutcome outcome) {
        return new CompleteMitigation(ID, THEN, MitigationId.number(mitigation), outcome, text("latency falls"));
    }

    static FailMitigation fail(int mitigation, MitigationOutcome outcome) {
        return new FailMitigation(ID, THEN, MitigationId.number(mitigation), outcome, text("no change"));
    }

    static RollBackMitigation rollBack(int mitigation) {
        return new RollBackMitigation(ID, THEN, MitigationId.number(mitigation), text("it made things worse"));
    }

    static RecoveryCheck check(boolean passed, boolean userFacing) {
        return new RecoveryCheck(text("checkout error rate"), text("below 0.1 %"), text("0.02 %"), passed, userFacing);
    }

    static VerifyRecovery verify(RecoveryCheck... checks) {
        return new VerifyRecovery(ID, at("15:30"), List.of(checks), Optional.empty());
    }

    public static VerifyRecovery verify() {
        return verify(check(true, true));
    }

    static PlanCommunication plan(Duration cadence) {
        return new PlanCommunication(ID, at("14:10"), Audience.SUPPORT, BEN, new Reference("#support"), cadence);
    }

    static PublishUpdate update(OccurredAt when, Optional<Instant> next, Audience... audiences) {
        return new PublishUpdate(
                ID,
                when,
                List.of(audiences),
                text("checkout is slow"),
                text("one order in ten fails"),
                text("rolling back"),
                next);
    }

    static AddNote note() {
        return new AddNote(ID, THEN, text("vendor called"));
    }

    static CorrectEntry correct(long entry, Optional<Text> text, Optional<OccurredAt> time) {
        return new CorrectEntry(ID, THEN, entry, text, time, text("the log says so"));
    }

    static RedactedField field(String path) {
        return new RedactedField(new FieldPath(path), new Sha256("ab".repeat(32)));
    }

    /** Asked by Ana. */
    static RequestRedaction requestRedaction(long entry, RedactedField... fields) {
        return new RequestRedaction(
                ID, THEN, entry, List.of(fields), RedactionReason.PASTED_SECRET, text("a password"), ANA);
    }

    static RedactEntry redact(long request, Person approver) {
        return new RedactEntry(ID, THEN, request, new Actor(approver, Actor.Kind.HUMAN));
    }

    static PinEntry pin(long entry) {
        return new PinEntry(ID, THEN, entry);
    }

    static UnpinEntry unpin(long entry) {
        return new UnpinEntry(ID, THEN, entry);
    }

    static BeginReview review() {
        return new BeginReview(ID, at("17:00"), BEN, List.of(ANA));
    }

    static RecordFinding finding(FindingKind kind, Long... entries) {
        return new RecordFinding(ID, at("17:05"), kind, text("the gate is weak"), Optional.empty(), List.of(entries));
    }

    static AssignAction action() {
        return new AssignAction(
                ID,
                at("17:10"),
                text("gate releases on latency"),
                ActionKind.PREVENT,
                Optional.of(BEN),
                Optional.of(LocalDate.parse("2026-04-01")),
                Optional.empty(),
                Optional.empty());
    }

    static PublishPostmortem publish(Optional<Text> noActionBecause) {
        return new PublishPostmortem(ID, at("17:20"), text("a release broke checkout"), noActionBecause);
    }

    static CloseIncident close() {
        return new CloseIncident(ID, at("17:30"), NO_WORDS);
    }

    static ReopenIncident reopen() {
        return new ReopenIncident(ID, at("17:40"), text("it is back"));
    }

    static CancelIncident cancel() {
        return new CancelIncident(ID, THEN, CancellationReason.FALSE_POSITIVE, text("the probe was wrong"));
    }

    static MergeInto merge(String into) {
        return new MergeInto(ID, THEN, new IncidentId(into), text("same outage"));
    }

    /** From the declaration to the review. */
    static Story inReview() {
        return Story.of(declare(), verify(), review());
    }

    /** From the declaration to the end. */
    static Story closed() {
        return inReview().and(finding(FindingKind.CONTRIBUTING_FACTOR), action(), publish(NO_WORDS), close());
    }
}
