package org.incidenttimeline.projections;

import static org.incidenttimeline.projections.Facts.*;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.event.PlaybookContent.DecisionPoint;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;

/** A history that a seed determines, with every kind of event in it sooner or later. */
public final class RandomHistory {
    private static final RunbookId RUNBOOK = new RunbookId("replication-lag");
    private static final RegimeName NIS2 = new RegimeName("NIS2");
    private static final StageName[] STAGES = {new StageName("early-warning"), new StageName("final-report")};
    private static final int KINDS = 60;

    private final SplittableRandom random;
    private final List<RecordedEvent> history = new ArrayList<>();
    private final List<Long> entries = new ArrayList<>();
    private int items;

    private RandomHistory(long seed) {
        random = new SplittableRandom(seed);
    }

    public static List<RecordedEvent> of(long seed, int length) {
        var generator = new RandomHistory(seed);
        generator.add(declared(generator.time(), generator.any(Mode.values()), generator.any(Visibility.values())));
        // Each kind once and in a random order, and then as it comes.
        var kinds = new ArrayList<Integer>();
        for (int kind = 0; kind < KINDS; kind++) {
            kinds.add(generator.random.nextInt(kinds.size() + 1), kind);
        }
        for (int i = 1; i < length; i++) {
            generator.add(generator.event(i <= KINDS ? kinds.get(i - 1) : generator.random.nextInt(KINDS)));
        }
        return List.copyOf(generator.history);
    }

    private void add(IncidentEvent event) {
        long version = history.size() + 1L;
        var actor = new Actor(random.nextBoolean() ? ANA : BEN, any(Actor.Kind.values()));
        history.add(recorded(event, version, actor));
        if (!(event instanceof EntryCorrected || event instanceof EntryPinned || event instanceof EntryUnpinned)) {
            entries.add(version);
        }
    }

    private static RedactedField field() {
        return new RedactedField(new FieldPath("/text"), new Sha256("0123456789abcdef".repeat(4)));
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private String time() {
        return "%02d:%02d".formatted(random.nextInt(10, 20), random.nextInt(60));
    }

    private int fresh() {
        return ++items;
    }

    /** A number that something may or may not have. */
    private int some() {
        return random.nextInt(1, items + 2);
    }

    private long entry() {
        return entries.get(random.nextInt(entries.size()));
    }

    private Text words() {
        return text("words " + random.nextInt(100) + " \"quoted\"\n→ ünïcode \u202e");
    }

    private Title title() {
        return new Title("title " + random.nextInt(100));
    }

    private Optional<Text> maybeWords() {
        return random.nextBoolean() ? Optional.of(words()) : Optional.empty();
    }

    private OccurredAt when() {
        return switch (random.nextInt(5)) {
            case 0 -> unknown();
            case 1 -> about(time());
            default -> at(time());
        };
    }

    private IncidentEvent event(int kind) {
        return switch (kind) {
            case 0 -> new RoleAssigned(INCIDENT, when(), any(Role.values()), random.nextBoolean() ? ANA : BEN);
            case 1 -> new RoleHandedOver(INCIDENT, when(), any(Role.values()), ANA, BEN, maybeWords());
            case 2 -> new SeverityChanged(INCIDENT, when(), any(Severity.values()), any(Severity.values()), words());
            case 3 -> impactAssessed(random.nextInt(1, 4), time(), time(), Optional.of(when()));
            case 4 -> new IncidentCancelled(INCIDENT, when(), any(CancellationReason.values()), words());
            case 5 -> new IncidentMerged(INCIDENT, when(), new IncidentId("other"), words());
            case 6 -> frozen(fresh(), time(), random.nextBoolean() ? "*" : "Checkout", "production");
            case 7 -> exception(fresh(), some(), time(), "CHG-" + some());
            case 8 -> lifted(some(), time());
            case 9 -> symptom(fresh(), time(), "latency");
            case 10 ->
                change(fresh(), time(), random.nextBoolean() ? Optional.empty() : Optional.of(FreezeId.number(some())));
            case 11 ->
                new ChangeLinked(INCIDENT, when(), ChangeId.number(some()), any(ChangeVerdict.values()), words());
            case 12 -> evidence(fresh(), time());
            case 13 -> proposed(fresh(), time(), "the pool is too small");
            case 14 -> chosen(some(), time());
            case 15 ->
                new EvidenceLinked(
                        INCIDENT,
                        when(),
                        HypothesisId.number(some()),
                        EvidenceId.number(some()),
                        any(EvidenceBearing.values()),
                        words());
            case 16 -> new HypothesisSetAside(INCIDENT, when(), HypothesisId.number(some()), words());
            case 17 -> testBegun(fresh(), some(), time());
            case 18 -> confirmed(some(), some(), time());
            case 19 -> refuted(some(), some(), time());
            case 20 -> inconclusive(some(), some(), time());
            case 21 -> mitigationBegun(fresh(), time(), maybeWords());
            case 22 -> mitigated(some(), time(), any(MitigationOutcome.values()));
            case 23 ->
                new MitigationFailed(
                        INCIDENT, when(), MitigationId.number(some()), any(MitigationOutcome.values()), words());
            case 24 -> new MitigationRolledBack(INCIDENT, when(), MitigationId.number(some()), words());
            case 25 -> recoveryVerified(time(), Optional.of(when()));
            case 26 -> new RecoveryNotConfirmed(INCIDENT, when(), List.of(check(false), check(true)));
            case 27 ->
                new CommunicationPlanned(
                        INCIDENT, when(), any(Audience.values()), ANA, new Reference("#room"), Duration.ofMinutes(30));
            case 28 -> update(fresh(), time(), random.nextBoolean() ? "" : time(), any(Audience.values()));
            case 29 -> missed(time(), any(Audience.values()), time());
            case 30 -> new NoteAdded(INCIDENT, when(), words());
            case 31, 32 ->
                corrected(entry(), maybeWords(), random.nextBoolean() ? Optional.of(when()) : Optional.empty());
            case 33 -> new EntryPinned(INCIDENT, when(), entry());
            case 34 -> new EntryUnpinned(INCIDENT, when(), entry());
            case 35 -> new ReviewBegun(INCIDENT, when(), ANA, List.of(ANA, BEN));
            case 36 ->
                new FindingRecorded(
                        INCIDENT,
                        when(),
                        FindingId.number(fresh()),
                        any(FindingKind.values()),
                        words(),
                        Optional.of(new PatternTag("pool")),
                        List.of(entry()));
            case 37 ->
                new FindingRevised(
                        INCIDENT,
                        when(),
                        FindingId.number(some()),
                        any(FindingKind.values()),
                        words(),
                        Optional.empty(),
                        List.of(),
                        words());
            case 38 -> action(fresh(), time(), "2026-04-%02d".formatted(random.nextInt(1, 31)));
            case 39 -> new ActionReassigned(INCIDENT, when(), ActionId.number(some()), Optional.of(BEN), ANA, words());
            case 40 ->
                new ActionRescheduled(
                        INCIDENT,
                        when(),
                        ActionId.number(some()),
                        Optional.of(LocalDate.parse("2026-04-01")),
                        LocalDate.parse("2026-05-01"),
                        words());
            case 41 -> new ActionCompleted(INCIDENT, when(), ActionId.number(some()), maybeWords(), Optional.empty());
            case 42 -> new ActionDropped(INCIDENT, when(), ActionId.number(some()), words());
            case 43 -> new PostmortemPublished(INCIDENT, when(), words(), maybeWords());
            case 44 -> random.nextBoolean() ? closed(time()) : reopened(time());
            case 45 ->
                new ActionBecameOverdue(INCIDENT, when(), ActionId.number(some()), LocalDate.parse("2026-04-01"));
            case 46 ->
                new InjectsPlanned(
                        INCIDENT, when(), List.of(InjectId.number(fresh())), new Sha256("0123456789abcdef".repeat(4)));
            case 47 ->
                new InjectDelivered(INCIDENT, when(), InjectId.number(some()), any(InjectKind.values()), words());
            case 48 -> new ExerciseEnded(INCIDENT, when(), List.of(InjectId.number(some())), maybeWords());
            case 49 -> imported(random.nextBoolean() ? maybeWords() : Optional.empty());
            case 50 -> entryImported(fresh(), when(), random.nextBoolean() ? any(StatusMeaning.values()) : null);
            case 51 ->
                new RunbookFollowed(
                        INCIDENT, when(), RUNBOOK, random.nextInt(1, 3), title(), List.of(words(), words()));
            case 52 ->
                new RunbookStepCompleted(
                        INCIDENT,
                        when(),
                        RUNBOOK,
                        random.nextInt(1, 4),
                        words(),
                        Optional.of(words()).filter(_ -> random.nextBoolean()),
                        maybeWords());
            case 53 ->
                new PlaybookApplied(
                        INCIDENT,
                        when(),
                        new PlaybookId("outage"),
                        random.nextInt(1, 3),
                        title(),
                        any(Severity.values()),
                        List.of(new Escalation(
                                List.of(), words(), BEN, new Reference("#call"), Optional.of(Duration.ofMinutes(5)))),
                        List.of(new DecisionPoint(List.of(Severity.SEV1), words(), any(Role.values()), words())));
            case 54 -> new AwarenessEstablished(INCIDENT, when(), ANA, words());
            case 55 ->
                new IncidentClassified(
                        INCIDENT,
                        when(),
                        NIS2,
                        any(Reportability.values()),
                        new ClassificationName(random.nextBoolean() ? "significant" : "not-significant"),
                        words());
            case 56 ->
                new NotificationSubmitted(
                        INCIDENT,
                        when(),
                        NIS2,
                        any(STAGES),
                        title(),
                        Optional.of(new Reference("R-" + some())).filter(_ -> random.nextBoolean()),
                        Optional.of(instant(time())).filter(_ -> random.nextBoolean()),
                        random.nextBoolean(),
                        maybeWords());
            case 57 -> new NotificationMissed(INCIDENT, when(), NIS2, any(STAGES), instant(time()));
            case 58 ->
                new RedactionRequested(
                        INCIDENT, when(), entry(), List.of(field()), any(RedactionReason.values()), words(), ANA);
            case 59 ->
                new EntryRedacted(
                        INCIDENT, when(), entry(), entry(), List.of(field()), any(RedactionReason.values()), ANA, BEN);
            default -> throw new IllegalArgumentException("no kind " + kind);
        };
    }
}
