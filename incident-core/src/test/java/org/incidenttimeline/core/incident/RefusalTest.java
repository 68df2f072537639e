package org.incidenttimeline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.incidenttimeline.core.incident.Story.*;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.PlaybookCommand.RevisePlaybook;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.command.RunbookCommand.ApproveRunbook;
import org.incidenttimeline.core.command.RunbookCommand.DraftRunbook;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.duty.Regimes;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.event.PlaybookContent.CommunicationLine;
import org.incidenttimeline.core.event.PlaybookContent.RoleTaken;
import org.incidenttimeline.core.guidance.Guides;
import org.incidenttimeline.core.guidance.InUse;
import org.incidenttimeline.core.guidance.PlaybookDecider;
import org.incidenttimeline.core.guidance.RunbookDecider;
import org.incidenttimeline.core.guidance.Standing;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every refusal, with a story that meets it: the switch names them all, or this does not compile. */
class RefusalTest {
    private static final Standing DRAFTED = new Standing(1, 1, Optional.of(ANA), 0, false);
    private static final Standing RETIRED = new Standing(2, 1, Optional.of(ANA), 0, true);

    private record Case(Story story, Object command, Executable telling) {}

    private static Case on(Story story, IncidentCommand command) {
        return new Case(story, command, () -> story.tell(command));
    }

    private static Case on(Standing standing, RunbookCommand command) {
        return new Case(Story.of(), command, () -> RunbookDecider.decide(standing, command));
    }

    private static Case on(Standing standing, PlaybookCommand command) {
        return new Case(Story.of(), command, () -> PlaybookDecider.decide(standing, command));
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_command_names_its_reason_and_records_nothing(Refusal refusal) {
        var it = meeting(refusal);
        long versionBefore = it.story().incident().version();

        var refused = catchThrowableOfType(RefusedException.class, it.telling()::execute);

        assertThat(refused).as("refusal of %s", it.command()).isNotNull();
        assertThat(refused.refusal()).isEqualTo(refusal);
        assertThat(refused.getMessage()).endsWith(".");
        assertThat(it.story().incident().version()).isEqualTo(versionBefore);
    }

    private static Case meeting(Refusal refusal) {
        return switch (refusal) {
            case INCIDENT_NOT_DECLARED -> on(Story.of(), note());
            case INCIDENT_ALREADY_DECLARED -> on(Story.of(declare()), declare());
            case INCIDENT_NOT_BACKFILLED ->
                on(Story.of(declare()), importEntry("u1", THEN, "We look into it.", StatusMeaning.INVESTIGATING));
            case IMPORTED_OTHERWISE ->
                on(
                        Story.of(
                                importIncident("p31"),
                                importEntry("u1", THEN, "We look into it.", StatusMeaning.INVESTIGATING)),
                        importEntry("u1", THEN, "We are looking into it.", StatusMeaning.INVESTIGATING));
            case ENTRY_SAYS_NOTHING ->
                on(
                        Story.of(importIncident("p31")),
                        new ImportEntry(ID, THEN, NO_WORDS, Optional.empty(), origin("u1"), List.of()));
            case INCIDENT_NOT_OPEN -> on(Story.of(declare(), verify()), mitigate());
            case INCIDENT_ENDED -> on(Story.of(declare(), cancel()), note());
            case INCIDENT_STILL_OPEN -> on(Story.of(declare()), reopen());
            case INCIDENT_NOT_RESOLVED -> on(Story.of(declare()), review());
            case REVIEW_NOT_BEGUN -> on(Story.of(declare(), verify()), finding(FindingKind.LESSON));
            case REVIEW_ALREADY_BEGUN -> on(inReview(), review());
            case OCCURRED_IN_THE_FUTURE ->
                on(Story.of(declare()), new AddNote(ID, OccurredAt.at(NOW.plusSeconds(61)), text("soon")));
            case TIMES_OUT_OF_ORDER ->
                on(Story.of(declare()), update(at("14:30"), Optional.of(instant("14:30")), Audience.SUPPORT));
            case ROLE_ALREADY_HELD -> on(Story.of(declare()), assign(Role.LEAD, BEN));
            case ROLE_NOT_HELD -> on(Story.of(declare()), new HandOverRole(ID, THEN, Role.SCRIBE, ANA, BEN, NO_WORDS));
            case MERGE_INTO_ITSELF -> on(Story.of(declare()), merge(ID.value()));
            case FREEZE_STILL_ON -> on(Story.of(declare(), freeze("*")), cancel());
            case UNKNOWN_FREEZE -> on(Story.of(declare()), lift());
            case FREEZE_NOT_ON -> on(Story.of(declare(), freeze("*"), lift()), lift());
            case UNKNOWN_IMPACT_WINDOW ->
                on(
                        Story.of(declare()),
                        new AssessImpact(
                                ID,
                                THEN,
                                Optional.of(ImpactWindowId.number(1)),
                                new Impact(text("checkout"), NO_WORDS, NO_WORDS, Spread.ISOLATED),
                                Optional.empty(),
                                Optional.empty()));
            case UNKNOWN_CHANGE ->
                on(
                        Story.of(declare()),
                        new LinkChange(ID, THEN, ChangeId.number(1), ChangeVerdict.CAUSED, text("it did")));
            case UNKNOWN_EVIDENCE -> on(Story.of(declare(), propose(true)), link(1, 1));
            case UNKNOWN_HYPOTHESIS -> on(Story.of(declare()), makePrimary(1));
            case PREDICTION_REQUIRED ->
                on(
                        Story.of(declare()),
                        new ProposeHypothesis(ID, THEN, text("spam"), NO_WORDS, Optional.of(text("calm")), true));
            case HYPOTHESIS_ENDED ->
                on(
                        Story.of(declare(), evidence(), propose(true), beginTest(1))
                                .and(conclude(1, TestConclusion.REFUTED, EvidenceId.number(1))),
                        beginTest(1));
            case HYPOTHESIS_UNDER_TEST ->
                on(Story.of(declare(), propose(true), propose(false), beginTest(1)), makePrimary(2));
            case HYPOTHESIS_NOT_PRIMARY -> on(Story.of(declare(), propose(true), propose(false)), beginTest(2));
            case UNKNOWN_TEST -> on(Story.of(declare()), conclude(1, TestConclusion.REFUTED));
            case TEST_ALREADY_RUNNING -> on(Story.of(declare(), propose(true), beginTest(1)), beginTest(1));
            case TEST_ALREADY_CONCLUDED ->
                on(
                        Story.of(declare(), evidence(), propose(true), beginTest(1))
                                .and(conclude(1, TestConclusion.INCONCLUSIVE, EvidenceId.number(1))),
                        conclude(1, TestConclusion.REFUTED, EvidenceId.number(1)));
            case APPROVAL_OF_LEAD_REQUIRED ->
                on(Story.of(declare(), propose(true)), beginTest(1, true, Optional.of(BEN), NO_WORDS));
            case EVIDENCE_REQUIRED ->
                on(Story.of(declare(), propose(true), beginTest(1)), conclude(1, TestConclusion.CONFIRMED));
            case UNKNOWN_MITIGATION -> on(Story.of(declare()), complete(1, MitigationOutcome.EFFECTIVE));
            case MITIGATION_ALREADY_RUNNING -> on(Story.of(declare(), mitigate()), mitigate());
            case MITIGATION_NOT_RUNNING ->
                on(
                        Story.of(declare(), mitigate(), complete(1, MitigationOutcome.EFFECTIVE)),
                        fail(1, MitigationOutcome.HARMFUL));
            case MITIGATION_ALREADY_ROLLED_BACK -> on(Story.of(declare(), mitigate(), rollBack(1)), rollBack(1));
            case MITIGATION_STILL_RUNNING -> on(Story.of(declare(), mitigate()), verify());
            case OUTCOME_NOT_POSSIBLE -> on(Story.of(declare(), mitigate()), complete(1, MitigationOutcome.HARMFUL));
            case EVIDENCE_NOT_PRESERVED ->
                on(Story.of(declare()), mitigate(MitigationKind.OTHER, true, NO_WORDS, NO_WORDS));
            case MITIGATION_BASIS_REQUIRED -> on(Story.of(declare(), propose(true)), mitigateFor(1, true));
            case CHECK_REQUIRED -> on(Story.of(declare()), verify(new RecoveryCheck[0]));
            case USER_FACING_CHECK_REQUIRED -> on(Story.of(declare()), verify(check(true, false)));
            case AUDIENCE_REQUIRED -> on(Story.of(declare()), update(THEN, Optional.of(instant("15:00"))));
            case NEXT_UPDATE_REQUIRED -> on(Story.of(declare()), update(THEN, Optional.empty(), Audience.CUSTOMERS));
            case CADENCE_OUT_OF_RANGE -> on(Story.of(declare()), plan(Duration.ofSeconds(59)));
            case UNKNOWN_ENTRY -> on(Story.of(declare()), pin(2));
            case NOTHING_TO_CORRECT -> on(Story.of(declare()), correct(1, NO_WORDS, Optional.empty()));
            case NOTHING_TO_REDACT -> on(Story.of(declare()), requestRedaction(1));
            case UNKNOWN_REDACTION -> on(Story.of(declare()), redact(1, BEN));
            case UNKNOWN_FINDING ->
                on(
                        inReview(),
                        new AssignAction(
                                ID,
                                THEN,
                                text("gate"),
                                ActionKind.DETECT,
                                Optional.of(ANA),
                                Optional.of(LocalDate.parse("2026-04-01")),
                                Optional.of(FindingId.number(1)),
                                Optional.empty()));
            case NOT_AN_EXERCISE -> on(Story.of(declare()), planInjects(1));
            case INJECT_REQUIRED -> on(drill(), planInjects(0));
            case UNKNOWN_INJECT -> on(drill().and(planInjects(1)), deliver(2));
            case INJECT_WITHHELD -> on(drill().and(planInjects(1), endExercise()), deliver(1));
            case EXERCISE_NOT_RUNNING -> on(drill(), endExercise());
            case UNKNOWN_ACTION -> on(inReview(), new DropAction(ID, THEN, ActionId.number(1), text("not worth it")));
            case OWNER_AND_DATE_REQUIRED ->
                on(
                        inReview(),
                        new AssignAction(
                                ID,
                                THEN,
                                text("gate"),
                                ActionKind.DETECT,
                                Optional.of(ANA),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
            case ACTION_ENDED ->
                on(
                        closed().and(new CompleteAction(ID, THEN, ActionId.number(1), NO_WORDS, Optional.empty())),
                        new DropAction(ID, THEN, ActionId.number(1), text("not worth it")));
            case CONTRIBUTING_FACTOR_REQUIRED ->
                on(inReview().and(finding(FindingKind.LESSON), action()), publish(NO_WORDS));
            case ACTION_REQUIRED -> on(inReview().and(finding(FindingKind.ROOT_CAUSE)), publish(NO_WORDS));
            case POSTMORTEM_NOT_PUBLISHED -> on(inReview(), close());
            case UNKNOWN_REGIME ->
                new Case(
                        Story.of(),
                        Regimes.BANK.name(),
                        () -> RegimeInForce.of(DutyTemplates.NONE, Regimes.BANK.name()));
            case UNKNOWN_STAGE -> on(Story.of(declare()), submitted("14:30", new StageName("quarterly-report")));
            case UNKNOWN_CLASSIFICATION ->
                on(Story.of(declare()), classify("14:30", new ClassificationName("dreadful")));
            case TIME_REQUIRED ->
                on(
                        Story.of(declare()),
                        new EstablishAwareness(
                                ID,
                                new OccurredAt(
                                        Optional.of(instant("14:30")),
                                        Precision.ORDER_ONLY,
                                        Optional.empty(),
                                        Optional.empty(),
                                        NO_WORDS),
                                ANA,
                                text("some time before")));
            case RUNBOOK_NOT_DRAFTED -> on(Standing.UNWRITTEN, Guides.retire());
            case RUNBOOK_ALREADY_DRAFTED -> on(DRAFTED, Guides.draft());
            case RUNBOOK_RETIRED -> on(RETIRED, Guides.revise(ANA));
            case RUNBOOK_PART_REQUIRED ->
                on(Standing.UNWRITTEN, new DraftRunbook(Guides.LAG, runbookOf(List.of()), ANA));
            case RUNBOOK_TOO_LONG ->
                on(
                        Standing.UNWRITTEN,
                        new DraftRunbook(Guides.LAG, runbookOf(Collections.nCopies(2_000, Guides.step("look"))), ANA));
            case RUNBOOK_NOT_APPROVED ->
                new Case(
                        Story.of(),
                        Guides.LAG,
                        () -> InUse.runbook(Guides.LAG, RunbookDecider.decide(Standing.UNWRITTEN, Guides.draft())));
            case RUNBOOK_NOT_FOLLOWED -> on(Story.of(declare()), stepDone(1));
            case UNKNOWN_STEP -> on(Story.of(declare(), follow()), stepDone(6));
            case STEP_OUTCOME_REQUIRED ->
                on(Story.of(declare(), follow()), new CompleteRunbookStep(ID, THEN, Guides.LAG, 1, NO_WORDS, NO_WORDS));
            case PLAYBOOK_NOT_APPROVED ->
                new Case(
                        Story.of(),
                        Guides.OUTAGE,
                        () -> InUse.playbook(
                                Guides.OUTAGE, PlaybookDecider.decide(Standing.UNWRITTEN, Guides.draftPlaybook())));
            case PLAYBOOK_NOT_DRAFTED -> on(Standing.UNWRITTEN, Guides.retirePlaybook());
            case PLAYBOOK_ALREADY_DRAFTED -> on(DRAFTED, Guides.draftPlaybook());
            case PLAYBOOK_RETIRED ->
                on(RETIRED, new RevisePlaybook(Guides.OUTAGE, Guides.playbook(), ANA, text("again")));
            case PLAYBOOK_EMPTY -> on(Standing.UNWRITTEN, Guides.draftPlaybook(playbookOf(List.of(), List.of())));
            case PLAYBOOK_TOO_LONG ->
                on(
                        Standing.UNWRITTEN,
                        Guides.draftPlaybook(playbookOf(
                                Collections.nCopies(51, new RoleTaken(List.of(), Role.SUBJECT_EXPERT, BEN)),
                                List.of())));
            case ROLE_TAKEN_TWICE ->
                on(
                        Standing.UNWRITTEN,
                        Guides.draftPlaybook(Guides.playbook(List.of(
                                new RoleTaken(List.of(), Role.SCRIBE, ANA),
                                new RoleTaken(List.of(Severity.SEV1), Role.SCRIBE, BEN)))));
            case REVISION_NOT_LATEST -> on(DRAFTED, Guides.approve(2, BEN));
            case APPROVAL_BY_HUMAN_REQUIRED ->
                on(
                        DRAFTED,
                        new ApproveRunbook(
                                Guides.LAG, 1, new Actor(BEN, Actor.Kind.TOOL), Optional.of(text("it is late"))));
            case APPROVAL_BY_ANOTHER_REQUIRED -> on(DRAFTED, Guides.approve(1, ANA));
        };
    }

    private static RunbookContent runbookOf(List<RunbookStep> firstChecks) {
        var whole = Guides.runbook();
        return new RunbookContent(
                whole.title(),
                whole.services(),
                whole.symptoms(),
                firstChecks,
                whole.safeMitigations(),
                whole.escalateWhen(),
                whole.restoredWhen(),
                whole.rollback());
    }

    private static PlaybookContent playbookOf(List<RoleTaken> roles, List<CommunicationLine> communication) {
        var whole = Guides.playbook();
        return new PlaybookContent(
                whole.title(), whole.services(), roles, whole.escalations(), whole.decisions(), communication);
    }
}
