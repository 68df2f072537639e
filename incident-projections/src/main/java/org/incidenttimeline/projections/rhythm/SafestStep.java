package org.incidenttimeline.projections.rhythm;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.incident.IncidentView.Hypothesis;
import org.incidenttimeline.projections.incident.IncidentView.ImpactWindow;
import org.incidenttimeline.projections.incident.IncidentView.Promise;
import org.incidenttimeline.projections.incident.IncidentView.TestOutcome;
import org.incidenttimeline.projections.rhythm.Beat.Name;
import org.incidenttimeline.projections.wording.Names;
import org.incidenttimeline.projections.wording.Times;

/**
 * The order of safety, as a list: the first question that applies gives the step. What protects people and what cannot be
 * made good later comes first: a promise that is overdue, harm that was done, changes that may arrive, evidence that may
 * vanish. Then what runs is brought to an end before anything else begins, and only then is the next thing begun.
 */
final class SafestStep {
    private static final List<Function<Situation, Optional<NextStep>>> WHILE_OPEN = List.of(
            SafestStep::answerAnOverduePromise,
            SafestStep::undoHarm,
            SafestStep::freeze,
            SafestStep::preserveEvidence,
            SafestStep::endTheMitigation,
            SafestStep::concludeTheTest,
            SafestStep::assessImpact,
            SafestStep::tellTheFirstAudience,
            SafestStep::verify,
            SafestStep::recordASymptom,
            SafestStep::actOnWhatIsConfirmed,
            SafestStep::testThePrimary,
            SafestStep::chooseAPrimary,
            SafestStep::recordAChange,
            SafestStep::propose);

    private static final List<Function<Situation, Optional<NextStep>>> AFTERWARDS = List.of(
            SafestStep::tellThatItIsOver,
            SafestStep::lift,
            SafestStep::closeTheImpact,
            SafestStep::review,
            SafestStep::recordAFactor,
            SafestStep::assignAnAction,
            SafestStep::publish,
            SafestStep::close,
            SafestStep::completeAnAction);

    private SafestStep() {}

    static Optional<NextStep> of(Situation situation) {
        if (situation.calledOff()) {
            return Optional.empty();
        }
        var questions = situation.phase().isOpen() ? WHILE_OPEN : AFTERWARDS;
        return questions.stream().flatMap(q -> q.apply(situation).stream()).findFirst();
    }

    private static Optional<NextStep> answerAnOverduePromise(Situation s) {
        var overdue = s.overduePromises();
        if (overdue.isEmpty()) {
            return Optional.empty();
        }
        var audiences = overdue.stream()
                .map(Promise::audience)
                .distinct()
                .sorted()
                .map(Names::of)
                .collect(Collectors.joining(", "));
        return step(
                Name.COMMUNICATE,
                "PublishUpdate",
                "Publish an update to " + audiences + " now, even if nothing is new, and promise the next one.",
                "It was promised for " + Times.utc(overdue.getFirst().dueAt())
                        + "; silence costs trust and brings questions to those who work.");
    }

    private static Optional<NextStep> undoHarm(Situation s) {
        return s.harmStillThere()
                .flatMap(m -> step(
                        Name.MITIGATE,
                        "RollBackMitigation",
                        "Undo " + m.mitigationId() + (m.undo().isPresent() ? " in the way it says" : "")
                                + ", and record that it was undone.",
                        "It did harm, and nothing can be judged while it lasts."));
    }

    private static Optional<NextStep> freeze(Situation s) {
        return when(
                s.freezeNeeded() && s.incident().freezes().isEmpty(),
                Name.FREEZE,
                "FreezeChanges",
                "Freeze changes to the services concerned and to what they depend on.",
                "A change that arrives now can make it worse and hides what is seen.");
    }

    private static Optional<NextStep> preserveEvidence(Situation s) {
        return when(
                s.isHappening() && s.evidence().isEmpty(),
                Name.GATHER,
                "PreserveEvidence",
                "Save what may vanish, logs and the state of the failing system first, and record where it is kept.",
                "Restarts, rollbacks and time destroy evidence; a destructive step waits for it.");
    }

    private static Optional<NextStep> endTheMitigation(Situation s) {
        return s.running().stream()
                .findFirst()
                .flatMap(m -> step(
                        Name.MITIGATE,
                        "CompleteMitigation",
                        "Watch " + m.mitigationId()
                                + " to its end and record what was observed; if it did not help or did harm, record"
                                + " that with FailMitigation.",
                        "One step at a time: while one is running, nobody can tell what another does."));
    }

    private static Optional<NextStep> concludeTheTest(Situation s) {
        return s.runningTest()
                .flatMap(t -> step(
                        Name.TEST,
                        "ConcludeTest",
                        "Conclude " + t.testId() + " with what was observed and the evidence for it.",
                        "A test that is left open decides nothing and blocks the next one."));
    }

    private static Optional<NextStep> assessImpact(Situation s) {
        return when(
                s.incident().impacts().isEmpty(),
                Name.DECLARE,
                "AssessImpact",
                "Say what is broken, what still works and who is affected, as far as is known.",
                "Severity, order of work and every update rest on it.");
    }

    private static Optional<NextStep> tellTheFirstAudience(Situation s) {
        return when(
                s.mustCommunicate() && s.incident().updates().isEmpty(),
                Name.COMMUNICATE,
                "PublishUpdate",
                "Publish the first update: what happened, user impact, what is being done, when the next one comes.",
                "Nobody outside the response knows of it yet.");
    }

    private static Optional<NextStep> verify(Situation s) {
        return when(
                s.phase() == Phase.VERIFYING,
                Name.VERIFY,
                "VerifyRecovery",
                "Check that the service is back and record each check"
                        + (s.atLeast(Severity.SEV2) ? ", one of them seen as a user sees it." : "."),
                "A mitigation that helped is not yet a recovery; nothing else resolves an incident.");
    }

    private static Optional<NextStep> recordASymptom(Situation s) {
        return when(
                s.failing().isEmpty(),
                Name.GATHER,
                "RecordSymptom",
                "Record what is failing, where it is seen and since when.",
                "A hypothesis can only be judged against what is seen.");
    }

    private static Optional<NextStep> actOnWhatIsConfirmed(Situation s) {
        return s.confirmedButNotActedOn()
                .flatMap(h -> step(
                        Name.MITIGATE,
                        "BeginMitigation",
                        "Begin the mitigation that follows from " + h.hypothesisId()
                                + "; prefer one that can be undone, and say how.",
                        "The cause is confirmed, and no step rests on it yet."));
    }

    private static Optional<NextStep> testThePrimary(Situation s) {
        return s.primary()
                .flatMap(h -> step(Name.TEST, "BeginTest", testing(h), "It is the one hypothesis to decide now."));
    }

    private static String testing(Hypothesis h) {
        var undecided = h.tests().stream()
                .flatMap(t -> t.conclusion().stream())
                .anyMatch(c -> c.outcome() == TestOutcome.INCONCLUSIVE);
        return "Test " + h.hypothesisId() + " with the safest " + (undecided ? "other " : "")
                + "test that could refute it, and say how it is undone.";
    }

    private static Optional<NextStep> chooseAPrimary(Situation s) {
        return s.candidates().stream()
                .findFirst()
                .flatMap(h -> step(
                        Name.HYPOTHESIZE,
                        "MakePrimary",
                        s.candidates().size() == 1
                                ? "Make " + h.hypothesisId() + " the primary hypothesis."
                                : "Choose one of the " + s.candidates().size() + " candidates to be tested first.",
                        "Several hypotheses at once scatter the response; one is tested, the others wait."));
    }

    private static Optional<NextStep> recordAChange(Situation s) {
        return when(
                s.incident().changes().isEmpty() && s.incident().hypotheses().isEmpty(),
                Name.GATHER,
                "RecordChange",
                "Record what was changed before the first symptom: deploys, configuration, flags, data. If nothing was,"
                        + " propose a hypothesis.",
                "Most incidents follow a change, and undoing one is often the safest mitigation.");
    }

    private static Optional<NextStep> propose(Situation s) {
        return step(
                Name.HYPOTHESIZE,
                "ProposeHypothesis",
                "State the most likely cause, what it predicts and what would refute it, and make it the primary one.",
                s.recovery().isPresent()
                        ? "The last check says that the service is not back, so what was thought does not explain it all."
                        : "Without a hypothesis every step is blind.");
    }

    private static Optional<NextStep> tellThatItIsOver(Situation s) {
        return when(
                s.mustCommunicate()
                        && s.phase() == Phase.RESOLVED
                        && s.updatesSinceRecovery().isEmpty(),
                Name.COMMUNICATE,
                "PublishUpdate",
                "Publish the update that it is over, to everyone who was told that it began.",
                "Recovery is verified, and those who wait for it do not know.");
    }

    private static Optional<NextStep> lift(Situation s) {
        return s.freezesOn().stream()
                .findFirst()
                .flatMap(f -> step(
                        Name.FREEZE,
                        "LiftFreeze",
                        "Lift " + f.freezeId() + ".",
                        "Recovery is verified; changes that wait grow into a risk of their own."));
    }

    private static Optional<NextStep> closeTheImpact(Situation s) {
        return s.impactStillOpen().stream()
                .findFirst()
                .filter(_ -> s.phase() != Phase.CLOSED)
                .flatMap(w -> step(
                        Name.DECLARE,
                        "AssessImpact",
                        "Say from when until when " + window(w) + " lasted.",
                        "The length of the impact is measured from it."));
    }

    private static String window(ImpactWindow window) {
        return window.impactId().map(id -> "the impact " + id).orElse("the impact told at the declaration");
    }

    private static Optional<NextStep> review(Situation s) {
        return when(
                s.phase() == Phase.RESOLVED,
                Name.REVIEW,
                "BeginReview",
                "Hold the blameless review while memories are fresh.",
                "What is not written down within days is lost.");
    }

    private static Optional<NextStep> recordAFactor(Situation s) {
        return when(
                s.phase() == Phase.IN_REVIEW && s.factors().isEmpty(),
                Name.REVIEW,
                "RecordFinding",
                "Record what contributed, as a " + Names.code(FindingKind.ROOT_CAUSE) + " or "
                        + Names.code(FindingKind.CONTRIBUTING_FACTOR) + ", with the entries that show it.",
                "Actions follow from what contributed.");
    }

    private static Optional<NextStep> assignAnAction(Situation s) {
        return when(
                s.phase() == Phase.IN_REVIEW && !s.actionsSettled(),
                Name.REVIEW,
                "AssignAction",
                "Assign at least one action to an owner with a due date, or publish with the reason why there is none.",
                "A finding that nobody acts on returns.");
    }

    private static Optional<NextStep> publish(Situation s) {
        return when(
                s.phase() == Phase.IN_REVIEW && s.incident().postmortem().isEmpty(),
                Name.REVIEW,
                "PublishPostmortem",
                "Read the draft, write its summary and publish it.",
                "Those who were affected and those who respond next learn from it.");
    }

    private static Optional<NextStep> close(Situation s) {
        return when(
                s.phase() == Phase.IN_REVIEW,
                Name.REVIEW,
                "CloseIncident",
                "Close the incident; its open actions stay open.",
                "Response and review are finished.");
    }

    private static Optional<NextStep> completeAnAction(Situation s) {
        return s.openActions().stream()
                .findFirst()
                .flatMap(a -> step(Name.REVIEW, "CompleteAction", "Complete " + a.actionId() + ".", due(s, a)));
    }

    private static String due(Situation s, ActionItem action) {
        return (action.isOverdue(s.today()) ? "It was due on " : "It is due on ") + action.due() + ".";
    }

    private static Optional<NextStep> when(
            boolean applies, Name beat, String command, String instruction, String because) {
        return applies ? step(beat, command, instruction, because) : Optional.empty();
    }

    private static Optional<NextStep> step(Name beat, String command, String instruction, String because) {
        return Optional.of(new NextStep(beat, command, instruction, because));
    }
}
