package org.incidenttimeline.core.incident;

import static org.incidenttimeline.core.incident.Refusal.*;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.duty.DutyClock;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.duty.Stage;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.event.MitigationKind;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.PlaybookInUse;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.RunbookStep;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.incident.Incident.HypothesisStatus;
import org.incidenttimeline.core.incident.Incident.MitigationStatus;

/** The rules of an incident: which events a command leads to, or the refusal that tells why it leads to none. */
public final class IncidentDecider {
    /** How far a claimed time may lie ahead of the server's clock, for clocks that differ. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** An update that comes within the minute it was promised for is in time. */
    public static final Duration GRACE = Duration.ofMinutes(1);

    private final Incident incident;
    private final Instant now;

    private IncidentDecider(Incident incident, Instant now) {
        this.incident = incident;
        this.now = now;
    }

    /**
     * Decides a command.
     *
     * @param now when the command was received, by the server's clock
     * @return the events that follow, in order; none when the incident is so already
     * @throws RefusedException if a rule stands in the way
     */
    public static List<IncidentEvent> decide(Incident incident, IncidentCommand command, Instant now) {
        return new IncidentDecider(incident, now).decide(command);
    }

    private List<IncidentEvent> decide(IncidentCommand command) {
        requireNotInFuture(command.occurredAt(), "occurredAt");
        boolean declares = command instanceof DeclareIncident || command instanceof ImportIncident;
        if (!incident.isDeclared() && !declares) {
            throw INCIDENT_NOT_DECLARED.because("There is no incident " + command.incidentId() + ".");
        }
        return switch (command) {
            case DeclareIncident c -> declare(c);
            case ImportIncident c -> importIncident(c);
            case ImportEntry c -> importEntry(c);
            case AssignRole c -> assignRole(c);
            case HandOverRole c -> handOverRole(c);
            case ChangeSeverity c -> changeSeverity(c);
            case AssessImpact c -> assessImpact(c);
            case CancelIncident c -> cancel(c);
            case MergeInto c -> merge(c);
            case FreezeChanges c -> freeze(c);
            case GrantFreezeException c -> grantException(c);
            case LiftFreeze c -> lift(c);
            case RecordSymptom c -> recordSymptom(c);
            case RecordChange c -> recordChange(c);
            case LinkChange c -> linkChange(c);
            case PreserveEvidence c -> preserveEvidence(c);
            case ProposeHypothesis c -> propose(c);
            case MakePrimary c -> makePrimary(c);
            case LinkEvidence c -> linkEvidence(c);
            case SetAside c -> setAside(c);
            case BeginTest c -> beginTest(c);
            case ConcludeTest c -> concludeTest(c);
            case BeginMitigation c -> beginMitigation(c);
            case CompleteMitigation c -> completeMitigation(c);
            case FailMitigation c -> failMitigation(c);
            case RollBackMitigation c -> rollBackMitigation(c);
            case VerifyRecovery c -> verifyRecovery(c);
            case PlanCommunication c -> planCommunication(c);
            case PublishUpdate c -> publishUpdate(c);
            case RecordMissedUpdate c -> recordMissedUpdate(c);
            case AddNote c -> addNote(c);
            case CorrectEntry c -> correctEntry(c);
            case PinEntry c -> pin(c);
            case UnpinEntry c -> unpin(c);
            case RequestRedaction c -> requestRedaction(c);
            case RedactEntry c -> redact(c);
            case PlanInjects c -> planInjects(c);
            case DeliverInject c -> deliverInject(c);
            case EndExercise c -> endExercise(c);
            case BeginReview c -> beginReview(c);
            case RecordFinding c -> recordFinding(c);
            case ReviseFinding c -> reviseFinding(c);
            case AssignAction c -> assignAction(c);
            case ReassignAction c -> reassignAction(c);
            case RescheduleAction c -> rescheduleAction(c);
            case RecordOverdueAction c -> recordOverdueAction(c);
            case CompleteAction c -> completeAction(c);
            case DropAction c -> dropAction(c);
            case PublishPostmortem c -> publishPostmortem(c);
            case CloseIncident c -> close(c);
            case ReopenIncident c -> reopen(c);
            case FollowRunbook c -> follow(c);
            case CompleteRunbookStep c -> completeStep(c);
            case ApplyPlaybook c -> apply(c);
            case EstablishAwareness c -> establishAwareness(c);
            case ClassifyIncident c -> classify(c);
            case SubmitNotification c -> submitNotification(c);
            case RecordMissedNotification c -> recordMissedNotification(c);
        };
    }

    // Beat 1: declare, assign a lead.

    private List<IncidentEvent> declare(DeclareIncident c) {
        if (incident.isDeclared()) {
            throw INCIDENT_ALREADY_DECLARED.because(
                    "The identifier " + c.incidentId() + " belongs to an incident that was declared before.");
        }
        c.startedAt().ifPresent(t -> requireNotInFuture(t, "startedAt"));
        c.detection().at().ifPresent(t -> requireNotInFuture(t, "detection/at"));
        var events = new ArrayList<IncidentEvent>();
        events.add(new IncidentDeclared(
                c.incidentId(),
                c.occurredAt(),
                c.title(),
                c.severity(),
                c.lead(),
                c.summary(),
                c.services(),
                c.detection(),
                c.startedAt(),
                c.impact(),
                c.mode(),
                c.visibility(),
                c.dedupKey()));
        c.playbook()
                .ifPresent(playbook -> events.addAll(applied(
                        c.incidentId(),
                        c.occurredAt(),
                        playbook,
                        c.severity(),
                        role -> role == Role.LEAD ? Set.of(c.lead()) : Set.of())));
        return events;
    }

    /** A second import of the same thing changes nothing; the same identifier for another thing is a mistake. */
    private List<IncidentEvent> importIncident(ImportIncident c) {
        if (incident.origin().filter(c.origin()::isSameAs).isPresent()) {
            return List.of();
        }
        if (c.declaration().mode() != Mode.BACKFILLED) {
            throw notBackfilled();
        }
        var events = new ArrayList<>(declare(c.declaration()));
        events.add(new IncidentImported(c.incidentId(), OccurredAt.at(now), c.origin(), c.licence(), c.importRun()));
        return events;
    }

    private List<IncidentEvent> importEntry(ImportEntry c) {
        if (!incident.isToldAfterwards()) {
            throw notBackfilled();
        }
        if (c.text().isEmpty() && c.status().isEmpty()) {
            throw ENTRY_SAYS_NOTHING.because(
                    "Give the words of the entry in text, its status, or both.", Map.of("field", "text"));
        }
        c.otherTimes().forEach(claim -> requireNotInFuture(claim.time(), "otherTimes"));
        var told = new EntryImported(c.incidentId(), c.occurredAt(), c.text(), c.status(), c.origin(), c.otherTimes());
        var before = incident.imported(c.origin());
        if (before.isEmpty()) {
            return List.of(told);
        }
        if (before.get().says(told)) {
            return List.of();
        }
        String entry = Long.toString(before.get().entry());
        throw IMPORTED_OTHERWISE.because(
                "The record told " + c.origin().id() + " of " + c.origin().source()
                        + " before, in other words or of another time, and nothing is overwritten: correct entry "
                        + entry + " if the record is right now.",
                Map.of("entry", entry));
    }

    private static RefusedException notBackfilled() {
        return INCIDENT_NOT_BACKFILLED.because(
                "Only an incident of mode BACKFILLED takes what a record kept elsewhere tells.");
    }

    private List<IncidentEvent> assignRole(AssignRole c) {
        requireNotEnded();
        var holders = incident.holders(c.role());
        if (holders.contains(c.person())) {
            return List.of();
        }
        if (!holders.isEmpty() && c.role() != Role.SUBJECT_EXPERT) {
            throw ROLE_ALREADY_HELD.because(
                    "The role " + c.role() + " is held by " + names(holders) + "; hand it over instead.",
                    Map.of("role", c.role().name(), "holder", names(holders)));
        }
        return List.of(new RoleAssigned(c.incidentId(), c.occurredAt(), c.role(), c.person()));
    }

    private List<IncidentEvent> handOverRole(HandOverRole c) {
        requireNotEnded();
        var holders = incident.holders(c.role());
        if (!holders.contains(c.from())) {
            throw ROLE_NOT_HELD.because(
                    "The role " + c.role() + " is not held by " + c.from() + "."
                            + (holders.isEmpty() ? " Nobody holds it." : " Held by: " + names(holders) + "."),
                    Map.of("role", c.role().name(), "holder", names(holders)));
        }
        if (c.from().equals(c.to())) {
            return List.of();
        }
        return List.of(new RoleHandedOver(c.incidentId(), c.occurredAt(), c.role(), c.from(), c.to(), c.briefing()));
    }

    private List<IncidentEvent> changeSeverity(ChangeSeverity c) {
        requireNotEnded();
        if (incident.severity() == c.severity()) {
            return List.of();
        }
        return List.of(
                new SeverityChanged(c.incidentId(), c.occurredAt(), incident.severity(), c.severity(), c.because()));
    }

    private List<IncidentEvent> assessImpact(AssessImpact c) {
        requireNotEnded();
        c.from().ifPresent(t -> requireNotInFuture(t, "from"));
        c.until().ifPresent(t -> requireNotInFuture(t, "until"));
        requireOrder(c.from().flatMap(OccurredAt::at), c.until().flatMap(OccurredAt::latest), "until");
        c.impactId().ifPresent(id -> requireKnown(id, UNKNOWN_IMPACT_WINDOW));
        var id = c.impactId().orElseGet(() -> next(ImpactWindowId.class, ImpactWindowId::number));
        return List.of(new ImpactAssessed(c.incidentId(), c.occurredAt(), id, c.impact(), c.from(), c.until()));
    }

    private List<IncidentEvent> cancel(CancelIncident c) {
        requireOpen();
        requireNoFreeze();
        return List.of(new IncidentCancelled(c.incidentId(), c.occurredAt(), c.reason(), c.because()));
    }

    private List<IncidentEvent> merge(MergeInto c) {
        requireOpen();
        if (c.into().equals(c.incidentId())) {
            throw MERGE_INTO_ITSELF.because("An incident cannot be a duplicate of itself.", Map.of("field", "into"));
        }
        requireNoFreeze();
        return List.of(new IncidentMerged(c.incidentId(), c.occurredAt(), c.into(), c.because()));
    }

    // Beat 2: freeze.

    private List<IncidentEvent> freeze(FreezeChanges c) {
        requireOpen();
        requireOrder(c.occurredAt().at(), c.expectedEnd(), "expectedEnd");
        var id = next(FreezeId.class, FreezeId::number);
        return List.of(new ChangesFrozen(c.incidentId(), c.occurredAt(), id, c.scope(), c.reason(), c.expectedEnd()));
    }

    private List<IncidentEvent> grantException(GrantFreezeException c) {
        requireFreezeOn(c.freezeId());
        return List.of(new FreezeExceptionGranted(
                c.incidentId(),
                c.occurredAt(),
                next(FreezeExceptionId.class, FreezeExceptionId::number),
                c.freezeId(),
                c.change(),
                c.approvedBy(),
                c.because()));
    }

    private List<IncidentEvent> lift(LiftFreeze c) {
        requireFreezeOn(c.freezeId());
        return List.of(new FreezeLifted(c.incidentId(), c.occurredAt(), c.freezeId(), c.because()));
    }

    private void requireFreezeOn(FreezeId id) {
        var freeze = incident.freezes().get(id);
        if (freeze == null) {
            throw unknown(UNKNOWN_FREEZE, id);
        }
        if (!freeze.on()) {
            throw FREEZE_NOT_ON.because("The freeze " + id + " was lifted before.", Map.of("freezeId", id.value()));
        }
    }

    private void requireNoFreeze() {
        var on = incident.freezesOn();
        if (!on.isEmpty()) {
            throw FREEZE_STILL_ON.because(
                    "Lift " + names(on) + " first, or deployments stay blocked with nobody to unblock them.",
                    Map.of("freezes", names(on)));
        }
    }

    // Beat 3: gather.

    private List<IncidentEvent> recordSymptom(RecordSymptom c) {
        requireNotEnded();
        c.firstSeen().ifPresent(t -> requireNotInFuture(t, "firstSeen"));
        return List.of(new SymptomRecorded(
                c.incidentId(),
                c.occurredAt(),
                next(SymptomId.class, SymptomId::number),
                c.state(),
                c.text(),
                c.source(),
                c.service(),
                c.firstSeen(),
                c.reference()));
    }

    private List<IncidentEvent> recordChange(RecordChange c) {
        requireNotEnded();
        return List.of(new ChangeRecorded(
                c.incidentId(),
                c.occurredAt(),
                next(ChangeId.class, ChangeId::number),
                c.kind(),
                c.text(),
                c.service(),
                c.environment(),
                c.by(),
                c.reference(),
                incident.freezeBrokenBy(c.occurredAt(), c.service(), c.environment(), c.reference())));
    }

    private List<IncidentEvent> linkChange(LinkChange c) {
        requireNotEnded();
        requireKnown(c.changeId(), UNKNOWN_CHANGE);
        return List.of(new ChangeLinked(c.incidentId(), c.occurredAt(), c.changeId(), c.verdict(), c.because()));
    }

    private List<IncidentEvent> preserveEvidence(PreserveEvidence c) {
        requireNotEnded();
        return List.of(new EvidencePreserved(
                c.incidentId(),
                c.occurredAt(),
                next(EvidenceId.class, EvidenceId::number),
                c.title(),
                c.kind(),
                c.location(),
                c.sha256(),
                c.collectedBy(),
                c.certainty()));
    }

    // Beat 4: hypothesize.

    private List<IncidentEvent> propose(ProposeHypothesis c) {
        requireOpen();
        if ((c.prediction().isEmpty() || c.refutedBy().isEmpty()) && !incident.isToldAfterwards()) {
            throw PREDICTION_REQUIRED.because(
                    "Say what the hypothesis predicts, and what would refute it.",
                    Map.of("field", c.prediction().isEmpty() ? "prediction" : "refutedBy"));
        }
        var id = next(HypothesisId.class, HypothesisId::number);
        var events = new ArrayList<IncidentEvent>();
        events.add(new HypothesisProposed(
                c.incidentId(), c.occurredAt(), id, c.statement(), c.prediction(), c.refutedBy()));
        if (c.primary()) {
            requirePrimaryNotUnderTest();
            events.add(new PrimaryHypothesisChosen(c.incidentId(), c.occurredAt(), id, Optional.empty()));
        }
        return events;
    }

    private List<IncidentEvent> makePrimary(MakePrimary c) {
        requireOpen();
        if (status(c.hypothesisId()) == HypothesisStatus.REFUTED) {
            throw hypothesisEnded(c.hypothesisId());
        }
        if (incident.primary().equals(Optional.of(c.hypothesisId()))) {
            return List.of();
        }
        requirePrimaryNotUnderTest();
        return List.of(new PrimaryHypothesisChosen(c.incidentId(), c.occurredAt(), c.hypothesisId(), c.because()));
    }

    private void requirePrimaryNotUnderTest() {
        incident.primary().ifPresent(this::requireNotUnderTest);
    }

    private void requireNotUnderTest(HypothesisId id) {
        if (incident.isUnderTest(id)) {
            throw HYPOTHESIS_UNDER_TEST.because(
                    "Conclude the test of " + id + " first.", Map.of("hypothesisId", id.value()));
        }
    }

    private List<IncidentEvent> linkEvidence(LinkEvidence c) {
        requireNotEnded();
        status(c.hypothesisId());
        requireKnown(c.evidenceId(), UNKNOWN_EVIDENCE);
        return List.of(new EvidenceLinked(
                c.incidentId(), c.occurredAt(), c.hypothesisId(), c.evidenceId(), c.bearing(), c.because()));
    }

    private List<IncidentEvent> setAside(SetAside c) {
        requireOpen();
        switch (status(c.hypothesisId())) {
            case SET_ASIDE -> {
                return List.of();
            }
            case CONFIRMED, REFUTED -> throw hypothesisEnded(c.hypothesisId());
            case OPEN -> requireNotUnderTest(c.hypothesisId());
        }
        return List.of(new HypothesisSetAside(c.incidentId(), c.occurredAt(), c.hypothesisId(), c.because()));
    }

    private HypothesisStatus status(HypothesisId id) {
        var status = incident.hypotheses().get(id);
        if (status == null) {
            throw unknown(UNKNOWN_HYPOTHESIS, id);
        }
        return status;
    }

    private RefusedException hypothesisEnded(HypothesisId id) {
        return HYPOTHESIS_ENDED.because(
                "The hypothesis " + id + " is " + status(id) + "; propose a new one.",
                Map.of("hypothesisId", id.value(), "status", status(id).name()));
    }

    // Beat 5: test.

    private List<IncidentEvent> beginTest(BeginTest c) {
        requireOpen();
        if (status(c.hypothesisId()) != HypothesisStatus.OPEN) {
            throw hypothesisEnded(c.hypothesisId());
        }
        if (c.overrideBecause().isEmpty()) {
            requireDisciplineOfTests(c);
        }
        return List.of(new HypothesisTestBegun(
                c.incidentId(),
                c.occurredAt(),
                next(TestId.class, TestId::number),
                c.hypothesisId(),
                c.action(),
                c.expectation(),
                c.safeBecause(),
                c.undo(),
                c.risky(),
                c.approvedBy(),
                c.overrideBecause()));
    }

    private void requireDisciplineOfTests(BeginTest c) {
        if (!incident.primary().equals(Optional.of(c.hypothesisId()))) {
            throw HYPOTHESIS_NOT_PRIMARY.because(
                    "Make " + c.hypothesisId() + " the primary hypothesis first, or say in overrideBecause why not.",
                    Map.of(
                            "primary",
                            incident.primary().map(HypothesisId::value).orElse("none")));
        }
        incident.runningTest().ifPresent(running -> {
            throw TEST_ALREADY_RUNNING.because(
                    "Conclude " + running + " first, or say in overrideBecause why two tests must run at once.",
                    Map.of("testId", running.value()));
        });
        boolean approved =
                c.approvedBy().filter(incident.holders(Role.LEAD)::contains).isPresent();
        if (c.risky() && !approved) {
            throw APPROVAL_OF_LEAD_REQUIRED.because(
                    "A risky test names the lead in approvedBy, or says in overrideBecause why it cannot wait.",
                    Map.of("field", "approvedBy", "lead", names(incident.holders(Role.LEAD))));
        }
    }

    private List<IncidentEvent> concludeTest(ConcludeTest c) {
        requireNotEnded();
        var test = incident.tests().get(c.testId());
        if (test == null) {
            throw unknown(UNKNOWN_TEST, c.testId());
        }
        if (!test.running()) {
            throw TEST_ALREADY_CONCLUDED.because(
                    "The test " + c.testId() + " was concluded before.",
                    Map.of("testId", c.testId().value()));
        }
        if (c.evidence().isEmpty() && c.overrideBecause().isEmpty()) {
            throw EVIDENCE_REQUIRED.because(
                    "Name at least one preserved piece of evidence, or say in overrideBecause why there is none.",
                    Map.of("field", "evidence"));
        }
        c.evidence().forEach(id -> requireKnown(id, UNKNOWN_EVIDENCE));
        var id = c.incidentId();
        return List.of(
                switch (c.conclusion()) {
                    case CONFIRMED ->
                        new HypothesisConfirmed(
                                id,
                                c.occurredAt(),
                                c.testId(),
                                test.hypothesis(),
                                c.observed(),
                                c.evidence(),
                                c.overrideBecause());
                    case REFUTED ->
                        new HypothesisRefuted(
                                id,
                                c.occurredAt(),
                                c.testId(),
                                test.hypothesis(),
                                c.observed(),
                                c.evidence(),
                                c.overrideBecause());
                    case INCONCLUSIVE ->
                        new HypothesisTestInconclusive(
                                id,
                                c.occurredAt(),
                                c.testId(),
                                test.hypothesis(),
                                c.observed(),
                                c.evidence(),
                                c.overrideBecause());
                });
    }

    // Beat 6: mitigate or roll back.

    private List<IncidentEvent> beginMitigation(BeginMitigation c) {
        requireOpen();
        if (c.blind() == c.restsOn().isPresent()) {
            throw MITIGATION_BASIS_REQUIRED.because(
                    "Name the hypothesis in restsOn, or set blind to true when it rests on none.",
                    Map.of("field", "restsOn"));
        }
        c.restsOn().ifPresent(id -> {
            var status = status(id);
            if (status == HypothesisStatus.REFUTED || status == HypothesisStatus.SET_ASIDE) {
                throw hypothesisEnded(id);
            }
        });
        var running = incident.runningMitigations();
        if (!running.isEmpty() && c.parallelBecause().isEmpty()) {
            throw MITIGATION_ALREADY_RUNNING.because(
                    "End " + names(running) + " first, or say in parallelBecause why both must run at once.",
                    Map.of("mitigations", names(running)));
        }
        boolean destructive = c.destructive() || c.kind() == MitigationKind.RESTART;
        boolean evidencePreserved = incident.nextNumber(EvidenceId.class) > 1;
        if (destructive && !evidencePreserved && c.evidenceWaivedBecause().isEmpty()) {
            throw EVIDENCE_NOT_PRESERVED.because(
                    "This step destroys evidence, and none is preserved yet: preserve some, or say in"
                            + " evidenceWaivedBecause why it cannot wait.",
                    Map.of("field", "evidenceWaivedBecause"));
        }
        return List.of(new MitigationBegun(
                c.incidentId(),
                c.occurredAt(),
                next(MitigationId.class, MitigationId::number),
                c.kind(),
                c.text(),
                destructive,
                c.restsOn(),
                c.undo(),
                c.parallelBecause(),
                c.evidenceWaivedBecause()));
    }

    private List<IncidentEvent> completeMitigation(CompleteMitigation c) {
        requireOpen();
        requireMitigation(c.mitigationId(), MitigationStatus.RUNNING);
        requireOutcome(c.outcome(), MitigationOutcome.EFFECTIVE, MitigationOutcome.PARTIAL);
        return List.of(
                new MitigationCompleted(c.incidentId(), c.occurredAt(), c.mitigationId(), c.outcome(), c.observed()));
    }

    private List<IncidentEvent> failMitigation(FailMitigation c) {
        requireOpen();
        requireMitigation(c.mitigationId(), MitigationStatus.RUNNING);
        requireOutcome(c.outcome(), MitigationOutcome.INEFFECTIVE, MitigationOutcome.HARMFUL);
        return List.of(
                new MitigationFailed(c.incidentId(), c.occurredAt(), c.mitigationId(), c.outcome(), c.observed()));
    }

    private List<IncidentEvent> rollBackMitigation(RollBackMitigation c) {
        requireOpen();
        requireMitigation(c.mitigationId(), MitigationStatus.RUNNING, MitigationStatus.ENDED);
        return List.of(new MitigationRolledBack(c.incidentId(), c.occurredAt(), c.mitigationId(), c.because()));
    }

    private void requireMitigation(MitigationId id, MitigationStatus... allowed) {
        var status = incident.mitigations().get(id);
        if (status == null) {
            throw unknown(UNKNOWN_MITIGATION, id);
        }
        if (!List.of(allowed).contains(status)) {
            var refusal =
                    status == MitigationStatus.ROLLED_BACK ? MITIGATION_ALREADY_ROLLED_BACK : MITIGATION_NOT_RUNNING;
            throw refusal.because("The mitigation " + id + " is " + status + ".", Map.of("mitigationId", id.value()));
        }
    }

    private static void requireOutcome(MitigationOutcome outcome, MitigationOutcome... possible) {
        if (!List.of(possible).contains(outcome)) {
            throw OUTCOME_NOT_POSSIBLE.because(
                    "Here the outcome is one of " + names(List.of(possible)) + ".", Map.of("field", "outcome"));
        }
    }

    // Beat 7: verify.

    private List<IncidentEvent> verifyRecovery(VerifyRecovery c) {
        requireOpen();
        c.recoveredAt().ifPresent(t -> requireNotInFuture(t, "recoveredAt"));
        if (c.checks().isEmpty()) {
            throw CHECK_REQUIRED.because("Tell of at least one check and what it showed.", Map.of("field", "checks"));
        }
        var running = incident.runningMitigations();
        if (!running.isEmpty()) {
            throw MITIGATION_STILL_RUNNING.because(
                    "End " + names(running) + " first: what the checks show now is not yet the end state.",
                    Map.of("mitigations", names(running)));
        }
        if (!c.checks().stream().allMatch(RecoveryCheck::passed)) {
            return List.of(new RecoveryNotConfirmed(c.incidentId(), c.occurredAt(), c.checks()));
        }
        boolean severe = incident.severity().compareTo(Severity.SEV2) <= 0;
        if (severe && c.checks().stream().noneMatch(RecoveryCheck::userFacing)) {
            throw USER_FACING_CHECK_REQUIRED.because(
                    "A " + incident.severity()
                            + " incident is over when users see it: add a check with userFacing true.",
                    Map.of("field", "checks", "severity", incident.severity().name()));
        }
        return List.of(new RecoveryVerified(c.incidentId(), c.occurredAt(), c.checks(), c.recoveredAt()));
    }

    // Beat 8: communicate.

    private List<IncidentEvent> planCommunication(PlanCommunication c) {
        requireNotEnded();
        Cadence.check(c.cadence(), "cadence");
        return List.of(new CommunicationPlanned(
                c.incidentId(), c.occurredAt(), c.audience(), c.owner(), c.channel(), c.cadence()));
    }

    private List<IncidentEvent> publishUpdate(PublishUpdate c) {
        requireNotEnded();
        if (c.audiences().isEmpty()) {
            throw AUDIENCE_REQUIRED.because("Name at least one audience.", Map.of("field", "audiences"));
        }
        if (c.nextUpdateAt().isEmpty() && incident.phase().isOpen() && !incident.isToldAfterwards()) {
            throw NEXT_UPDATE_REQUIRED.because(
                    "Until the incident is resolved, say in nextUpdateAt when the next update comes.",
                    Map.of("field", "nextUpdateAt"));
        }
        requireOrder(c.occurredAt().at(), c.nextUpdateAt(), "nextUpdateAt");
        var audiences = c.audiences().stream().distinct().toList();
        var events = new ArrayList<IncidentEvent>();
        for (var audience : audiences) {
            Optional.ofNullable(incident.promises().get(audience))
                    .filter(promise -> !promise.missed() && isLate(c.occurredAt(), promise.dueAt()))
                    .ifPresent(promise -> events.add(new UpdateMissed(
                            c.incidentId(), OccurredAt.at(promise.dueAt()), audience, promise.dueAt())));
        }
        events.add(new UpdatePublished(
                c.incidentId(),
                c.occurredAt(),
                next(UpdateId.class, UpdateId::number),
                audiences,
                c.whatHappened(),
                c.userImpact(),
                c.whatWeAreDoing(),
                c.nextUpdateAt()));
        return events;
    }

    /** Only a time that is known can be late: one that is about right, or only in order, is given the benefit of doubt. */
    private static boolean isLate(OccurredAt published, Instant dueAt) {
        boolean known = published.precision() == Precision.MINUTE || published.precision() == Precision.INTERVAL;
        return known && !published.at().orElseThrow().isBefore(dueAt.plus(GRACE));
    }

    /**
     * Nothing follows for a promise that is not the open one of its audience, or that is recorded as missed: so however often
     * and by how many nodes this is asked, it is recorded once. What was entered afterwards is told in its own time.
     */
    private List<IncidentEvent> recordMissedUpdate(RecordMissedUpdate c) {
        if (incident.phase().isEnded() || incident.isToldAfterwards()) {
            return List.of();
        }
        return Optional.ofNullable(incident.promises().get(c.audience()))
                .filter(promise -> !promise.missed()
                        && promise.dueAt().equals(c.dueAt())
                        && !now.isBefore(c.dueAt().plus(GRACE)))
                .<List<IncidentEvent>>map(
                        promise -> List.of(new UpdateMissed(c.incidentId(), c.occurredAt(), c.audience(), c.dueAt())))
                .orElse(List.of());
    }

    // Beat 9: the timeline.

    private List<IncidentEvent> addNote(AddNote c) {
        requireNotEnded();
        return List.of(new NoteAdded(c.incidentId(), c.occurredAt(), c.text()));
    }

    private List<IncidentEvent> correctEntry(CorrectEntry c) {
        requireEntries(List.of(c.entry()), "entry");
        if (c.text().isEmpty() && c.time().isEmpty()) {
            throw NOTHING_TO_CORRECT.because("Give the corrected text, the corrected time, or both.");
        }
        c.time().ifPresent(t -> requireNotInFuture(t, "time"));
        return List.of(new EntryCorrected(c.incidentId(), c.occurredAt(), c.entry(), c.text(), c.time(), c.because()));
    }

    private List<IncidentEvent> pin(PinEntry c) {
        requireEntries(List.of(c.entry()), "entry");
        return incident.isPinned(c.entry())
                ? List.of()
                : List.of(new EntryPinned(c.incidentId(), c.occurredAt(), c.entry()));
    }

    private List<IncidentEvent> unpin(UnpinEntry c) {
        requireEntries(List.of(c.entry()), "entry");
        return incident.isPinned(c.entry())
                ? List.of(new EntryUnpinned(c.incidentId(), c.occurredAt(), c.entry()))
                : List.of();
    }

    /** Of any entry, at any time: a secret is taken out of a closed record, and out of a correction, too. */
    private List<IncidentEvent> requestRedaction(RequestRedaction c) {
        if (c.entry() < 1 || c.entry() > incident.version()) {
            throw UNKNOWN_ENTRY.because(
                    "The incident has no entry " + c.entry() + ".",
                    Map.of("field", "entry", "entry", Long.toString(c.entry())));
        }
        var fields = incident.notRedacted(c.entry(), c.fields());
        if (fields.isEmpty()) {
            throw NOTHING_TO_REDACT.because(
                    "Entry " + c.entry() + " has no such words, or they were taken out before.",
                    Map.of("entry", Long.toString(c.entry())));
        }
        return List.of(new RedactionRequested(
                c.incidentId(), c.occurredAt(), c.entry(), fields, c.reason(), c.because(), c.requestedBy()));
    }

    private List<IncidentEvent> redact(RedactEntry c) {
        var request = incident.redactionRequest(c.request())
                .orElseThrow(() -> UNKNOWN_REDACTION.because(
                        "Entry " + c.request() + " asks for no redaction.",
                        Map.of("field", "request", "request", Long.toString(c.request()))));
        if (c.approver().kind() == Actor.Kind.TOOL) {
            throw APPROVAL_BY_HUMAN_REQUIRED.because(
                    "A tool cannot decide what is taken out; let a human approve it with their own credential.",
                    Map.of("approver", c.approver().name().value()));
        }
        if (c.approver().name().equals(request.requestedBy())) {
            throw APPROVAL_BY_ANOTHER_REQUIRED.because(
                    c.approver().name() + " asked for this redaction; let somebody else approve it.",
                    Map.of("requestedBy", c.approver().name().value()));
        }
        var fields = incident.notRedacted(request.entry(), request.fields());
        return fields.isEmpty()
                ? List.of()
                : List.of(new EntryRedacted(
                        c.incidentId(),
                        c.occurredAt(),
                        c.request(),
                        request.entry(),
                        fields,
                        request.reason(),
                        request.requestedBy(),
                        c.approver().name()));
    }

    private void requireEntries(List<Long> entries, String field) {
        for (long entry : entries) {
            if (!incident.hasEntry(entry)) {
                throw UNKNOWN_ENTRY.because(
                        "The timeline has no entry " + entry + " that can be named here.",
                        Map.of("field", field, "entry", Long.toString(entry)));
            }
        }
    }

    // Exercises: what those who practise are told.

    private List<IncidentEvent> planInjects(PlanInjects c) {
        requireDrill();
        if (c.injects() < 1) {
            throw INJECT_REQUIRED.because("Give at least one fact to deliver.", Map.of("field", "injects"));
        }
        if (incident.script().equals(Optional.of(c.script()))) {
            return List.of();
        }
        int first = incident.nextNumber(InjectId.class);
        var ids = IntStream.range(first, first + c.injects())
                .mapToObj(InjectId::number)
                .toList();
        return List.of(new InjectsPlanned(c.incidentId(), c.occurredAt(), ids, c.script()));
    }

    private List<IncidentEvent> deliverInject(DeliverInject c) {
        requireDrill();
        var status = incident.injects().get(c.injectId());
        if (status == null) {
            throw unknown(UNKNOWN_INJECT, c.injectId());
        }
        return switch (status) {
            case PLANNED ->
                List.of(new InjectDelivered(c.incidentId(), c.occurredAt(), c.injectId(), c.kind(), c.what()));
            case DELIVERED -> List.of();
            case WITHHELD ->
                throw INJECT_WITHHELD.because(
                        "The script of " + c.injectId() + " was replaced, or the exercise ended; plan it anew.",
                        Map.of("injectId", c.injectId().value()));
        };
    }

    private List<IncidentEvent> endExercise(EndExercise c) {
        requireDrill();
        if (incident.script().isEmpty()) {
            throw EXERCISE_NOT_RUNNING.because("No script is being delivered.");
        }
        return List.of(new ExerciseEnded(c.incidentId(), c.occurredAt(), incident.injectsPlanned(), c.because()));
    }

    private void requireDrill() {
        if (!incident.isDrill()) {
            throw NOT_AN_EXERCISE.because("Declare an incident of the mode DRILL to practise.");
        }
        requireNotEnded();
    }

    // Beat 10: review, assign actions.

    private List<IncidentEvent> beginReview(BeginReview c) {
        requireResolved();
        if (incident.phase() == Phase.IN_REVIEW) {
            throw REVIEW_ALREADY_BEGUN.because("The review has begun already; record what it finds.");
        }
        return List.of(new ReviewBegun(c.incidentId(), c.occurredAt(), c.facilitator(), c.participants()));
    }

    private List<IncidentEvent> recordFinding(RecordFinding c) {
        requireReview();
        requireEntries(c.entries(), "entries");
        return List.of(new FindingRecorded(
                c.incidentId(),
                c.occurredAt(),
                next(FindingId.class, FindingId::number),
                c.kind(),
                c.text(),
                c.pattern(),
                c.entries()));
    }

    private List<IncidentEvent> reviseFinding(ReviseFinding c) {
        requireReview();
        requireKnown(c.findingId(), UNKNOWN_FINDING);
        requireEntries(c.entries(), "entries");
        return List.of(new FindingRevised(
                c.incidentId(),
                c.occurredAt(),
                c.findingId(),
                c.kind(),
                c.text(),
                c.pattern(),
                c.entries(),
                c.because()));
    }

    private List<IncidentEvent> assignAction(AssignAction c) {
        requireReview();
        if ((c.owner().isEmpty() || c.due().isEmpty()) && !incident.isToldAfterwards()) {
            throw OWNER_AND_DATE_REQUIRED.because(
                    "Say who owns the action, and the date it is due.",
                    Map.of("field", c.owner().isEmpty() ? "owner" : "due"));
        }
        c.finding().ifPresent(id -> requireKnown(id, UNKNOWN_FINDING));
        return List.of(new ActionAssigned(
                c.incidentId(),
                c.occurredAt(),
                next(ActionId.class, ActionId::number),
                c.text(),
                c.kind(),
                c.owner(),
                c.due(),
                c.finding(),
                c.tracker()));
    }

    private List<IncidentEvent> reassignAction(ReassignAction c) {
        var action = openAction(c.actionId());
        return action.owner().equals(Optional.of(c.to()))
                ? List.of()
                : List.of(new ActionReassigned(
                        c.incidentId(), c.occurredAt(), c.actionId(), action.owner(), c.to(), c.because()));
    }

    private List<IncidentEvent> rescheduleAction(RescheduleAction c) {
        var action = openAction(c.actionId());
        return action.due().equals(Optional.of(c.to()))
                ? List.of()
                : List.of(new ActionRescheduled(
                        c.incidentId(), c.occurredAt(), c.actionId(), action.due(), c.to(), c.because()));
    }

    private List<IncidentEvent> completeAction(CompleteAction c) {
        openAction(c.actionId());
        return List.of(new ActionCompleted(c.incidentId(), c.occurredAt(), c.actionId(), c.outcome(), c.proof()));
    }

    private List<IncidentEvent> dropAction(DropAction c) {
        openAction(c.actionId());
        return List.of(new ActionDropped(c.incidentId(), c.occurredAt(), c.actionId(), c.because()));
    }

    /** Nothing follows where the action ended, is due another day, is not yet late, or is recorded as late for that day. */
    private List<IncidentEvent> recordOverdueAction(RecordOverdueAction c) {
        return Optional.ofNullable(incident.actions().get(c.actionId()))
                .filter(action -> !action.ended()
                        && !action.overdue()
                        && action.due().equals(Optional.of(c.due()))
                        && c.due().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC)))
                .<List<IncidentEvent>>map(action ->
                        List.of(new ActionBecameOverdue(c.incidentId(), c.occurredAt(), c.actionId(), c.due())))
                .orElse(List.of());
    }

    /** Actions outlive their incident, so their phase does not matter. */
    private Incident.Action openAction(ActionId id) {
        var action = incident.actions().get(id);
        if (action == null) {
            throw unknown(UNKNOWN_ACTION, id);
        }
        if (action.ended()) {
            throw ACTION_ENDED.because(
                    "The action " + id + " was completed or dropped before.", Map.of("actionId", id.value()));
        }
        return action;
    }

    private List<IncidentEvent> publishPostmortem(PublishPostmortem c) {
        requireReview();
        var kinds = incident.findings().values();
        if (!kinds.contains(FindingKind.ROOT_CAUSE) && !kinds.contains(FindingKind.CONTRIBUTING_FACTOR)) {
            throw CONTRIBUTING_FACTOR_REQUIRED.because(
                    "Record at least one finding of the kind ROOT_CAUSE or CONTRIBUTING_FACTOR first.");
        }
        if (incident.actions().isEmpty() && c.noActionBecause().isEmpty()) {
            throw ACTION_REQUIRED.because(
                    "Assign at least one action, or say in noActionBecause why none follows.",
                    Map.of("field", "noActionBecause"));
        }
        return List.of(new PostmortemPublished(c.incidentId(), c.occurredAt(), c.summary(), c.noActionBecause()));
    }

    private List<IncidentEvent> close(CloseIncident c) {
        requireReview();
        if (!incident.isPostmortemPublished()) {
            throw POSTMORTEM_NOT_PUBLISHED.because("Publish the postmortem first.");
        }
        requireNoFreeze();
        return List.of(new IncidentClosed(c.incidentId(), c.occurredAt(), c.note()));
    }

    private List<IncidentEvent> reopen(ReopenIncident c) {
        if (incident.phase().isOpen()) {
            throw INCIDENT_STILL_OPEN.because("The response is running.", phase());
        }
        return List.of(new IncidentReopened(c.incidentId(), c.occurredAt(), c.because()));
    }

    // What responders were told beforehand.

    private List<IncidentEvent> follow(FollowRunbook c) {
        requireOpen();
        var runbook = c.runbook();
        var followed = incident.runbooks().get(runbook.runbookId());
        if (followed != null && followed.revision() == runbook.revision()) {
            return List.of();
        }
        return List.of(new RunbookFollowed(
                c.incidentId(),
                c.occurredAt(),
                runbook.runbookId(),
                runbook.revision(),
                runbook.content().title(),
                runbook.content().steps().stream().map(RunbookStep::action).toList()));
    }

    private List<IncidentEvent> completeStep(CompleteRunbookStep c) {
        requireNotEnded();
        var followed = incident.runbooks().get(c.runbookId());
        if (followed == null) {
            throw RUNBOOK_NOT_FOLLOWED.because(
                    "The runbook " + c.runbookId() + " is not followed in this incident; follow it first.",
                    Map.of("runbookId", c.runbookId().value()));
        }
        if (c.step() < 1 || c.step() > followed.steps().size()) {
            throw UNKNOWN_STEP.because(
                    "The runbook " + c.runbookId() + " has the steps 1 to "
                            + followed.steps().size() + " in the revision that is followed, " + followed.revision()
                            + ".",
                    Map.of("step", Integer.toString(c.step())));
        }
        if (c.outcome().isPresent() == c.skippedBecause().isPresent()) {
            throw STEP_OUTCOME_REQUIRED.because(
                    "Say in outcome what came of the step, or in skippedBecause why it was skipped; not both.",
                    Map.of("field", "outcome"));
        }
        return List.of(new RunbookStepCompleted(
                c.incidentId(),
                c.occurredAt(),
                c.runbookId(),
                c.step(),
                followed.steps().get(c.step() - 1),
                c.outcome(),
                c.skippedBecause()));
    }

    private List<IncidentEvent> apply(ApplyPlaybook c) {
        requireOpen();
        var playbook = c.playbook();
        var same = new Incident.AppliedPlaybook(playbook.playbookId(), playbook.revision(), incident.severity());
        return incident.playbook().equals(Optional.of(same))
                ? List.of()
                : applied(c.incidentId(), c.occurredAt(), playbook, incident.severity(), incident::holders);
    }

    /** What a playbook leads to. A role that somebody holds stays with them: who is at work knows more than a plan. */
    private static List<IncidentEvent> applied(
            IncidentId id,
            OccurredAt when,
            PlaybookInUse playbook,
            Severity severity,
            Function<Role, Set<Person>> holders) {
        var content = playbook.content().forSeverity(severity);
        var events = new ArrayList<IncidentEvent>();
        events.add(new PlaybookApplied(
                id,
                when,
                playbook.playbookId(),
                playbook.revision(),
                content.title(),
                severity,
                content.escalations(),
                content.decisions()));
        content.roles().stream()
                .filter(taken -> taken.role() == Role.SUBJECT_EXPERT
                        ? !holders.apply(taken.role()).contains(taken.person())
                        : holders.apply(taken.role()).isEmpty())
                .distinct()
                .forEach(taken -> events.add(new RoleAssigned(id, when, taken.role(), taken.person())));
        content.communication()
                .forEach(line -> events.add(new CommunicationPlanned(
                        id, when, line.audience(), line.owner(), line.channel(), line.cadence())));
        return events;
    }

    // Duties to report. They outlive their incident, so its phase does not matter.

    private List<IncidentEvent> establishAwareness(EstablishAwareness c) {
        requireTime(c.occurredAt());
        return List.of(new AwarenessEstablished(c.incidentId(), c.occurredAt(), c.by(), c.because()));
    }

    private List<IncidentEvent> classify(ClassifyIncident c) {
        requireTime(c.occurredAt());
        var regime = c.regime();
        if (!regime.means(c.classification(), c.decision())) {
            String known = regime.classifications().stream()
                    .map(word -> word.name() + " (" + word.decision() + ")")
                    .collect(Collectors.joining(", "));
            throw UNKNOWN_CLASSIFICATION.because(
                    "The regime " + regime.name() + " does not call an incident " + c.classification() + " that is "
                            + c.decision() + ". It knows: " + known + ".",
                    Map.of("field", "classification", "regime", regime.name().value(), "known", known));
        }
        return List.of(new IncidentClassified(
                c.incidentId(), c.occurredAt(), regime.name(), c.decision(), c.classification(), c.because()));
    }

    /** Nothing follows where the same report is told again; an updated one has another time or another receipt. */
    private List<IncidentEvent> submitNotification(SubmitNotification c) {
        requireTime(c.occurredAt());
        var stage = stage(c.regime(), c.stage());
        var told = incident.duties().of(c.regime().name()).submissions(c.stage()).stream()
                .anyMatch(s -> s.fact().occurredAt().equals(c.occurredAt())
                        && s.recipient().equals(c.recipient())
                        && s.receipt().equals(c.receipt()));
        if (told) {
            return List.of();
        }
        var dueAt = stage.running(c.regime().name(), incident.duties()).flatMap(DutyClock.Running::dueAt);
        boolean late = dueAt.filter(due -> c.occurredAt().at().orElseThrow().isAfter(due))
                .isPresent();
        return List.of(new NotificationSubmitted(
                c.incidentId(),
                c.occurredAt(),
                c.regime().name(),
                c.stage(),
                c.recipient(),
                c.receipt(),
                dueAt,
                late,
                c.lateBecause()));
    }

    /**
     * Nothing follows for a report that is not asked for, was made, is due another time, or is recorded as missed: so however
     * often and by how many nodes this is asked, it is recorded once. What was entered afterwards is told in its own time.
     */
    private List<IncidentEvent> recordMissedNotification(RecordMissedNotification c) {
        if (incident.isToldAfterwards() || now.isBefore(c.dueAt().plus(GRACE))) {
            return List.of();
        }
        return c.regime()
                .stage(c.stage())
                .flatMap(stage -> c.regime().openDeadline(stage, incident.duties()))
                .filter(c.dueAt()::equals)
                .<List<IncidentEvent>>map(due -> List.of(new NotificationMissed(
                        c.incidentId(), c.occurredAt(), c.regime().name(), c.stage(), due)))
                .orElse(List.of());
    }

    private static Stage stage(Regime regime, StageName name) {
        return regime.stage(name).orElseThrow(() -> {
            String known =
                    regime.stages().stream().map(stage -> stage.name().value()).collect(Collectors.joining(", "));
            return UNKNOWN_STAGE.because(
                    "The regime " + regime.name() + " asks for no report " + name + ". It asks for: " + known + ".",
                    Map.of("field", "stage", "regime", regime.name().value(), "known", known));
        });
    }

    private static void requireTime(OccurredAt occurredAt) {
        if (occurredAt.at().isEmpty() || occurredAt.precision() == Precision.ORDER_ONLY) {
            throw TIME_REQUIRED.because(
                    "A clock may run from this: say when it was, at least about.", Map.of("field", "occurredAt"));
        }
    }

    // What several rules have in common.

    private void requireOpen() {
        requireNotEnded();
        if (!incident.phase().isOpen()) {
            throw INCIDENT_NOT_OPEN.because(
                    "This belongs to a running response, and the incident is " + incident.phase()
                            + "; reopen it if the trouble is back.",
                    phase());
        }
    }

    private void requireNotEnded() {
        if (incident.phase().isEnded()) {
            throw INCIDENT_ENDED.because(
                    "The record is finished: the incident is " + incident.phase() + "; reopen it to go on.", phase());
        }
    }

    private void requireResolved() {
        requireNotEnded();
        if (incident.phase().isOpen()) {
            throw INCIDENT_NOT_RESOLVED.because("Verify the recovery first.", phase());
        }
    }

    private void requireReview() {
        requireResolved();
        if (incident.phase() != Phase.IN_REVIEW) {
            throw REVIEW_NOT_BEGUN.because("Begin the review first.", phase());
        }
    }

    private Map<String, String> phase() {
        return Map.of("phase", incident.phase().name());
    }

    private void requireKnown(ItemId id, Refusal refusal) {
        if (!incident.knows(id)) {
            throw unknown(refusal, id);
        }
    }

    private static RefusedException unknown(Refusal refusal, ItemId id) {
        return refusal.because("There is no " + id.value() + " in this incident.", Map.of("id", id.value()));
    }

    private void requireNotInFuture(OccurredAt claim, String field) {
        if (claim.latest().filter(at -> at.isAfter(now.plus(CLOCK_SKEW))).isPresent()) {
            throw OCCURRED_IN_THE_FUTURE.because(
                    "What is recorded has happened: the time may lie at most one minute ahead of the server's clock, "
                            + now + ".",
                    Map.of("field", field, "now", now.toString()));
        }
    }

    private static void requireOrder(Optional<Instant> earlier, Optional<Instant> later, String field) {
        if (earlier.isPresent() && later.isPresent() && !later.get().isAfter(earlier.get())) {
            throw TIMES_OUT_OF_ORDER.because(
                    "The time in " + field + " must lie after " + earlier.get() + ".", Map.of("field", field));
        }
    }

    private <T extends ItemId> T next(Class<T> kind, IntFunction<T> make) {
        return make.apply(incident.nextNumber(kind));
    }

    private static String names(Collection<?> things) {
        return String.join(
                ", ", Stream.of(things.toArray()).map(Object::toString).sorted().toList());
    }
}
