package org.incidenttimeline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidenttimeline.core.incident.Story.*;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.event.PlaybookContent.RoleTaken;
import org.incidenttimeline.core.guidance.Guides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentDeciderTest {
    @Test
    void an_incident_has_a_lead_from_its_first_event_on() {
        var story = Story.of(declare());

        assertThat(story.events()).singleElement().isInstanceOf(IncidentDeclared.class);
        assertThat(story.incident().holders(Role.LEAD)).containsExactly(ANA);
        assertThat(story.incident().phase()).isEqualTo(Phase.DECLARED);
    }

    @Test
    void the_phase_follows_the_rhythm() {
        var story = Story.of(declare());
        assertThat(phasesAfter(
                        story,
                        symptom(),
                        mitigate(),
                        complete(1, MitigationOutcome.EFFECTIVE),
                        verify(check(false, true)),
                        verify(),
                        review(),
                        finding(FindingKind.ROOT_CAUSE),
                        publish(Optional.of(text("nothing to do"))),
                        close(),
                        reopen()))
                .containsExactly(
                        Phase.INVESTIGATING,
                        Phase.MITIGATING,
                        Phase.VERIFYING,
                        Phase.INVESTIGATING,
                        Phase.RESOLVED,
                        Phase.IN_REVIEW,
                        Phase.IN_REVIEW,
                        Phase.IN_REVIEW,
                        Phase.CLOSED,
                        Phase.INVESTIGATING);
    }

    private static List<Phase> phasesAfter(Story story, org.incidenttimeline.core.command.IncidentCommand... commands) {
        return List.of(commands).stream()
                .map(c -> story.and(c).incident().phase())
                .toList();
    }

    @Test
    void the_phase_is_mitigating_until_the_last_of_several_mitigations_ends() {
        var story = Story.of(
                declare(),
                mitigate(),
                mitigate(MitigationKind.SCALE, false, Optional.of(text("both are safe")), NO_WORDS),
                complete(1, MitigationOutcome.PARTIAL));

        assertThat(story.incident().phase()).isEqualTo(Phase.MITIGATING);
        assertThat(story.and(fail(2, MitigationOutcome.INEFFECTIVE)).incident().phase())
                .isEqualTo(Phase.INVESTIGATING);
    }

    @Test
    void rolling_a_finished_mitigation_back_returns_to_the_investigation() {
        var story = Story.of(declare(), mitigate(), complete(1, MitigationOutcome.PARTIAL), rollBack(1));

        assertThat(story.incident().phase()).isEqualTo(Phase.INVESTIGATING);
    }

    @Test
    void a_claim_may_lie_one_minute_ahead_and_no_further() {
        var story = Story.of(declare());

        assertThat(story.decide(new AddNote(ID, OccurredAt.at(NOW.plusSeconds(60)), text("now"))))
                .hasSize(1);
    }

    @Test
    void the_end_of_an_interval_may_not_lie_in_the_future_either() {
        var interval = new OccurredAt(
                Optional.of(NOW),
                Precision.INTERVAL,
                Optional.of(NOW.plusSeconds(600)),
                Optional.empty(),
                Optional.empty());

        assertRefused(Story.of(declare()), new AddNote(ID, interval, text("soon")), Refusal.OCCURRED_IN_THE_FUTURE);
    }

    @Test
    void times_inside_a_command_are_checked_like_its_own() {
        var story = Story.of(declare());
        var tomorrow = Optional.of(OccurredAt.at(NOW.plus(Duration.ofDays(1))));

        assertRefused(
                story,
                new RecordSymptom(
                        ID,
                        THEN,
                        SymptomState.FAILING,
                        text("slow"),
                        SymptomSource.LOG,
                        Optional.empty(),
                        tomorrow,
                        Optional.empty()),
                Refusal.OCCURRED_IN_THE_FUTURE);
        assertRefused(
                story,
                new VerifyRecovery(ID, THEN, List.of(check(true, true)), tomorrow),
                Refusal.OCCURRED_IN_THE_FUTURE);
        assertRefused(story, correct(1, NO_WORDS, tomorrow), Refusal.OCCURRED_IN_THE_FUTURE);
    }

    @Test
    void a_claim_without_a_time_is_accepted() {
        var unknown = new OccurredAt(
                Optional.empty(),
                Precision.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.of(text("that night")));

        assertThat(Story.of(declare()).decide(new AddNote(ID, unknown, text("pager off"))))
                .hasSize(1);
    }

    @Test
    void a_role_passes_from_its_holder_to_the_next() {
        var story = Story.of(declare(), new HandOverRole(ID, THEN, Role.LEAD, ANA, BEN, Optional.of(text("so far"))));

        assertThat(story.incident().holders(Role.LEAD)).containsExactly(BEN);
    }

    @Test
    void several_people_may_be_subject_experts() {
        var story = Story.of(declare(), assign(Role.SUBJECT_EXPERT, ANA), assign(Role.SUBJECT_EXPERT, BEN));

        assertThat(story.incident().holders(Role.SUBJECT_EXPERT)).containsExactlyInAnyOrder(ANA, BEN);
    }

    @Test
    void what_is_so_already_records_nothing() {
        var story = Story.of(declare(), propose(true), pin(1), assign(Role.SCRIBE, BEN));

        assertThat(story.decide(new ChangeSeverity(ID, THEN, Severity.SEV2, text("same"))))
                .isEmpty();
        assertThat(story.decide(assign(Role.SCRIBE, BEN))).isEmpty();
        assertThat(story.decide(new HandOverRole(ID, THEN, Role.LEAD, ANA, ANA, NO_WORDS)))
                .isEmpty();
        assertThat(story.decide(makePrimary(1))).isEmpty();
        assertThat(story.decide(pin(1))).isEmpty();
        assertThat(story.and(unpin(1)).decide(unpin(1))).isEmpty();
        assertThat(story.and(setAside(1)).decide(setAside(1))).isEmpty();
    }

    @Test
    void a_severity_changes_from_what_it_was() {
        var events = Story.of(declare()).decide(new ChangeSeverity(ID, THEN, Severity.SEV1, text("all regions")));

        assertThat(events)
                .containsExactly(new SeverityChanged(ID, THEN, Severity.SEV2, Severity.SEV1, text("all regions")));
    }

    @Test
    void an_impact_window_is_revised_by_its_name() {
        var impact = new Impact(text("checkout"), NO_WORDS, NO_WORDS, Spread.ISOLATED);
        var story = Story.of(declare());
        var first = new AssessImpact(ID, THEN, Optional.empty(), impact, Optional.of(at("13:50")), Optional.empty());
        story.and(first);

        var revised = story.tell(new AssessImpact(
                ID,
                THEN,
                Optional.of(ImpactWindowId.number(1)),
                impact,
                Optional.of(at("13:50")),
                Optional.of(at("14:20"))));
        var second = story.tell(first);

        assertThat(revised.getFirst().item()).contains(ImpactWindowId.number(1));
        assertThat(second.getFirst().item()).contains(ImpactWindowId.number(2));
    }

    @Test
    void an_impact_window_does_not_end_before_it_begins() {
        var impact = new Impact(text("checkout"), NO_WORDS, NO_WORDS, Spread.ISOLATED);

        assertRefused(
                Story.of(declare()),
                new AssessImpact(
                        ID, THEN, Optional.empty(), impact, Optional.of(at("14:20")), Optional.of(at("14:00"))),
                Refusal.TIMES_OUT_OF_ORDER);
    }

    @Test
    void a_freeze_does_not_expect_to_end_before_it_begins() {
        var scope = new Scope(List.of(ServiceName.ANY), List.of(Environment.ANY));

        assertRefused(
                Story.of(declare()),
                new FreezeChanges(ID, at("14:05"), scope, text("calm"), Optional.of(instant("14:00"))),
                Refusal.TIMES_OUT_OF_ORDER);
    }

    @Test
    void a_change_inside_a_freeze_is_flagged_whatever_the_case_of_its_service() {
        var story = Story.of(declare(), freeze("CHECKOUT"));

        assertThat(freezeBroken(story, change("release-42", at("14:30")))).contains(FreezeId.number(1));
    }

    @Test
    void a_change_is_not_flagged_before_outside_or_after_a_freeze_or_with_an_exception() {
        var story = Story.of(declare(), freeze("*"), exceptFor("release-42"));
        assertThat(freezeBroken(story, change("release-42", at("14:30")))).isEmpty();
        assertThat(freezeBroken(story, change("release-43", at("14:30")))).isPresent();
        assertThat(freezeBroken(story, change("release-43", at("14:04")))).isEmpty();
        assertThat(freezeBroken(Story.of(declare(), freeze("billing")), change("release-43", at("14:30"))))
                .isEmpty();
        assertThat(freezeBroken(story.and(lift(at("15:00"))), change("release-43", at("15:00"))))
                .isEmpty();
        assertThat(freezeBroken(story, change("release-43", at("14:59")))).isPresent();
    }

    private static Optional<FreezeId> freezeBroken(Story story, RecordChange change) {
        return ((ChangeRecorded) story.decide(change).getFirst()).freezeBroken();
    }

    @Test
    void a_freeze_can_be_lifted_after_the_incident_was_resolved() {
        var story = Story.of(declare(), freeze("*"), verify(), lift());

        assertThat(story.incident().freezesOn()).isEmpty();
    }

    @Test
    void neither_cancelling_nor_merging_nor_closing_leaves_a_freeze_behind() {
        assertRefused(Story.of(declare(), freeze("*")), cancel(), Refusal.FREEZE_STILL_ON);
        assertRefused(Story.of(declare(), freeze("*")), merge("other"), Refusal.FREEZE_STILL_ON);
        assertRefused(
                Story.of(declare(), freeze("*"), verify(), review())
                        .and(finding(FindingKind.ROOT_CAUSE), action(), publish(NO_WORDS)),
                close(),
                Refusal.FREEZE_STILL_ON);
    }

    @Test
    void proposing_as_primary_chooses_it_and_the_earlier_primary_waits() {
        var story = Story.of(declare(), propose(true));

        var events = story.tell(propose(true));

        assertThat(events)
                .extracting(IncidentEvent::getClass)
                .isEqualTo(List.of(HypothesisProposed.class, PrimaryHypothesisChosen.class));
        assertThat(story.incident().primary()).contains(HypothesisId.number(2));
        assertThat(story.and(makePrimary(1)).incident().primary()).contains(HypothesisId.number(1));
    }

    @Test
    void a_hypothesis_that_was_set_aside_can_be_taken_up_again() {
        var story = Story.of(declare(), propose(true), setAside(1), makePrimary(1), beginTest(1));

        assertThat(story.incident().isUnderTest(HypothesisId.number(1))).isTrue();
    }

    @Test
    void a_refuted_hypothesis_is_over_and_no_longer_primary() {
        var story = Story.of(declare(), evidence(), propose(true), beginTest(1))
                .and(conclude(1, TestConclusion.REFUTED, EvidenceId.number(1)));

        assertThat(story.incident().primary()).isEmpty();
        assertRefused(story, makePrimary(1), Refusal.HYPOTHESIS_ENDED);
        assertRefused(story, setAside(1), Refusal.HYPOTHESIS_ENDED);
        assertRefused(story, mitigateFor(1, false), Refusal.HYPOTHESIS_ENDED);
    }

    @Test
    void a_hypothesis_is_not_set_aside_while_it_is_tested() {
        assertRefused(Story.of(declare(), propose(true), beginTest(1)), setAside(1), Refusal.HYPOTHESIS_UNDER_TEST);
        assertRefused(Story.of(declare(), propose(true), beginTest(1)), propose(true), Refusal.HYPOTHESIS_UNDER_TEST);
    }

    @Test
    void each_rule_of_testing_gives_way_to_a_reason() {
        var because = Optional.of(text("seconds count"));
        var story = Story.of(declare(), propose(true), propose(false), beginTest(1));

        assertThat(story.decide(beginTest(2, true, Optional.empty(), because)))
                .singleElement()
                .isInstanceOfSatisfying(
                        HypothesisTestBegun.class,
                        e -> assertThat(e.overrideBecause()).isEqualTo(because));
        assertThat(story.decide(new ConcludeTest(
                        ID, THEN, TestId.number(1), TestConclusion.REFUTED, text("no"), List.of(), because)))
                .hasSize(1);
    }

    @Test
    void a_risky_test_goes_ahead_with_the_approval_of_the_lead() {
        assertThat(Story.of(declare(), propose(true)).decide(beginTest(1, true, Optional.of(ANA), NO_WORDS)))
                .hasSize(1);
    }

    @Test
    void a_conclusion_names_only_evidence_that_is_there() {
        assertRefused(
                Story.of(declare(), propose(true), beginTest(1)),
                conclude(1, TestConclusion.CONFIRMED, EvidenceId.number(1)),
                Refusal.UNKNOWN_EVIDENCE);
    }

    @Test
    void a_destructive_step_waits_for_evidence_or_for_a_waiver() {
        var wipe = mitigate(MitigationKind.OTHER, true, NO_WORDS, NO_WORDS);

        assertThat(Story.of(declare(), evidence()).decide(wipe)).hasSize(1);
        assertThat(Story.of(declare())
                        .decide(mitigate(MitigationKind.OTHER, true, NO_WORDS, Optional.of(text("the disk is full")))))
                .singleElement()
                .isInstanceOfSatisfying(
                        MitigationBegun.class,
                        e -> assertThat(e.evidenceWaivedBecause()).contains(text("the disk is full")));
    }

    @Test
    void a_restart_is_destructive_whatever_the_caller_says() {
        var restart = mitigate(MitigationKind.RESTART, false, NO_WORDS, NO_WORDS);

        assertRefused(Story.of(declare()), restart, Refusal.EVIDENCE_NOT_PRESERVED);
        assertThat(Story.of(declare(), evidence()).decide(restart))
                .singleElement()
                .isInstanceOfSatisfying(
                        MitigationBegun.class, e -> assertThat(e.destructive()).isTrue());
    }

    @Test
    void a_mitigation_rests_on_a_hypothesis_or_says_that_it_is_blind() {
        var neither = new BeginMitigation(
                ID,
                THEN,
                MitigationKind.CONFIG,
                text("pool size"),
                false,
                Optional.empty(),
                false,
                NO_WORDS,
                NO_WORDS,
                NO_WORDS);

        assertRefused(Story.of(declare()), neither, Refusal.MITIGATION_BASIS_REQUIRED);
        assertThat(Story.of(declare(), propose(true)).decide(mitigateFor(1, false)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void each_outcome_of_a_mitigation_has_its_command(MitigationOutcome outcome) {
        var story = Story.of(declare(), mitigate());
        boolean helped = outcome == MitigationOutcome.EFFECTIVE || outcome == MitigationOutcome.PARTIAL;

        assertThat(story.decide(helped ? complete(1, outcome) : fail(1, outcome)))
                .hasSize(1);
        assertRefused(story, helped ? fail(1, outcome) : complete(1, outcome), Refusal.OUTCOME_NOT_POSSIBLE);
    }

    @Test
    void recovery_is_not_confirmed_while_a_check_fails() {
        var events = Story.of(declare()).decide(verify(check(true, true), check(false, true)));

        assertThat(events).singleElement().isInstanceOf(RecoveryNotConfirmed.class);
    }

    @ParameterizedTest
    @EnumSource
    void only_the_two_worst_severities_need_a_user_facing_check(Severity severity) {
        var story = Story.of(declare(severity, Optional.empty()));

        if (severity == Severity.SEV1 || severity == Severity.SEV2) {
            assertRefused(story, verify(check(true, false)), Refusal.USER_FACING_CHECK_REQUIRED);
        } else {
            assertThat(story.decide(verify(check(true, false)))).hasSize(1);
        }
    }

    @Test
    void an_update_that_comes_too_late_records_the_missed_promise_first_and_only_once() {
        var story = Story.of(declare(), update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP));

        var late = story.tell(update(at("14:41"), Optional.of(instant("15:10")), Audience.LEADERSHIP));

        assertThat(late)
                .extracting(IncidentEvent::getClass)
                .isEqualTo(List.of(UpdateMissed.class, UpdatePublished.class));
        assertThat(late.getFirst()).isEqualTo(new UpdateMissed(ID, at("14:40"), Audience.LEADERSHIP, instant("14:40")));
    }

    @Test
    void an_update_within_the_minute_it_was_promised_for_is_in_time() {
        var story = Story.of(declare(), update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP));

        assertThat(story.decide(update(
                        OccurredAt.at(instant("14:40").plusSeconds(59)),
                        Optional.of(instant("15:10")),
                        Audience.LEADERSHIP)))
                .hasSize(1);
    }

    @Test
    void only_a_time_that_is_known_can_be_late() {
        var story = Story.of(declare(), update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP));

        assertThat(story.decide(update(about("14:50"), Optional.of(instant("15:10")), Audience.LEADERSHIP)))
                .hasSize(1);
    }

    @Test
    void a_communication_plan_promises_the_first_update() {
        var story = Story.of(declare(), plan(Duration.ofMinutes(30)));

        assertThat(story.decide(update(at("14:45"), Optional.of(instant("15:15")), Audience.SUPPORT)))
                .hasSize(2);
        assertThat(story.decide(update(at("14:40"), Optional.of(instant("15:15")), Audience.SUPPORT)))
                .hasSize(1);
    }

    @Test
    void a_promise_that_nobody_followed_up_is_recorded_as_missed_once() {
        var story = Story.of(declare(), update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP));

        assertThat(story.tell(missed("14:40")))
                .containsExactly(new UpdateMissed(ID, at("14:40"), Audience.LEADERSHIP, instant("14:40")));
        assertThat(story.tell(missed("14:40"))).isEmpty();
        assertThat(story.tell(update(at("15:00"), Optional.of(instant("15:30")), Audience.LEADERSHIP)))
                .hasSize(1);
        assertThat(story.tell(missed("14:40"))).isEmpty();
        assertThat(story.tell(missed("15:30"))).hasSize(1);
    }

    @Test
    void a_promise_is_missed_when_the_minute_it_was_made_for_is_over() {
        var dueAt = NOW.minus(IncidentDecider.GRACE);
        var late = Story.of(declare(), update(at("14:10"), Optional.of(dueAt), Audience.SUPPORT));
        var inTime = Story.of(declare(), update(at("14:10"), Optional.of(dueAt.plusMillis(1)), Audience.SUPPORT));

        assertThat(late.decide(new RecordMissedUpdate(ID, OccurredAt.at(dueAt), Audience.SUPPORT, dueAt)))
                .hasSize(1);
        assertThat(inTime.decide(
                        new RecordMissedUpdate(ID, OccurredAt.at(dueAt), Audience.SUPPORT, dueAt.plusMillis(1))))
                .isEmpty();
    }

    @Test
    void the_first_promise_of_a_plan_can_be_missed_too() {
        var story = Story.of(declare(), plan(Duration.ofMinutes(30)));

        var recorded = story.decide(new RecordMissedUpdate(ID, at("14:40"), Audience.SUPPORT, instant("14:40")));

        assertThat(recorded).containsExactly(new UpdateMissed(ID, at("14:40"), Audience.SUPPORT, instant("14:40")));
    }

    @Test
    void a_promise_that_ended_with_the_response_is_never_missed() {
        var story =
                Story.of(declare(), update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP), cancel());

        assertThat(story.decide(missed("14:40"))).isEmpty();
        story.and(reopen());
        assertThat(story.decide(missed("14:40"))).isEmpty();
    }

    @Test
    void a_promise_told_long_afterwards_is_not_watched() {
        var story = Story.of(
                declare(Severity.SEV2, Optional.empty(), Mode.BACKFILLED),
                update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP));

        assertThat(story.decide(missed("14:40"))).isEmpty();
    }

    private static RecordMissedUpdate missed(String dueAt) {
        return new RecordMissedUpdate(ID, at(dueAt), Audience.LEADERSHIP, instant(dueAt));
    }

    @Test
    void an_action_becomes_overdue_when_its_day_is_over_once_for_each_date() {
        var today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        var story = inReview().and(action(), reschedule(today.minusDays(1)));

        assertThat(story.tell(overdue(today.minusDays(1)))).hasSize(1);
        assertThat(story.tell(overdue(today.minusDays(1)))).isEmpty();
        assertThat(story.and(reschedule(today)).decide(overdue(today))).isEmpty();
        assertThat(story.and(reschedule(today.minusDays(2))).tell(overdue(today.minusDays(1))))
                .isEmpty();
        assertThat(story.tell(overdue(today.minusDays(2)))).hasSize(1);
    }

    @Test
    void an_action_that_ended_does_not_become_overdue() {
        var yesterday = LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(1);
        var story = inReview().and(action(), reschedule(yesterday));
        story.and(new DropAction(ID, THEN, ActionId.number(1), text("not worth it")));

        assertThat(story.decide(overdue(yesterday))).isEmpty();
    }

    private static RescheduleAction reschedule(LocalDate to) {
        return new RescheduleAction(ID, THEN, ActionId.number(1), to, text("so it is"));
    }

    private static RecordOverdueAction overdue(LocalDate due) {
        return new RecordOverdueAction(ID, THEN, ActionId.number(1), due);
    }

    @Test
    void a_fact_of_an_exercise_is_delivered_once() {
        var story = drill().and(planInjects(2));

        assertThat(story.tell(deliver(1)))
                .containsExactly(new InjectDelivered(
                        ID, THEN, InjectId.number(1), InjectKind.ALERT, text("the replica is gone as well")));
        assertThat(story.tell(deliver(1))).isEmpty();
    }

    @Test
    void a_script_planned_again_is_the_same_and_another_one_takes_its_place() {
        var story = drill().and(planInjects(2), deliver(1));
        var other = new PlanInjects(ID, THEN, 1, new Sha256("f".repeat(64)));

        assertThat(story.decide(planInjects(2))).isEmpty();
        assertThat(story.tell(other))
                .containsExactly(new InjectsPlanned(ID, THEN, List.of(InjectId.number(3)), other.script()));
        assertRefused(story, deliver(2), Refusal.INJECT_WITHHELD);
        assertThat(story.decide(deliver(1))).isEmpty();
        assertThat(story.decide(deliver(3))).hasSize(1);
    }

    @Test
    void an_exercise_that_ended_says_what_it_withheld_and_delivers_no_more() {
        var story = drill().and(planInjects(3), deliver(2));

        assertThat(story.tell(endExercise()))
                .containsExactly(new ExerciseEnded(
                        ID,
                        THEN,
                        List.of(InjectId.number(1), InjectId.number(3)),
                        Optional.of(text("we have seen enough"))));
        assertRefused(story, deliver(1), Refusal.INJECT_WITHHELD);
        assertRefused(story, endExercise(), Refusal.EXERCISE_NOT_RUNNING);
        assertThat(story.decide(planInjects(3))).hasSize(1);
    }

    @Test
    void the_end_of_a_drill_withholds_what_is_left_of_its_script() {
        var story = drill().and(planInjects(1), cancel(), reopen());

        assertRefused(story, deliver(1), Refusal.INJECT_WITHHELD);
    }

    @Test
    void each_audience_has_its_own_promise() {
        var story = Story.of(
                declare(),
                update(at("14:10"), Optional.of(instant("14:40")), Audience.LEADERSHIP),
                update(at("14:20"), Optional.of(instant("15:20")), Audience.SUPPORT));

        assertThat(story.decide(
                        update(at("15:00"), Optional.of(instant("15:30")), Audience.SUPPORT, Audience.LEADERSHIP)))
                .extracting(e -> e instanceof UpdateMissed m ? m.audience() : null)
                .containsExactly(Audience.LEADERSHIP, null);
    }

    @Test
    void the_last_update_after_recovery_promises_nothing_more() {
        var story =
                Story.of(declare(), update(at("14:10"), Optional.of(instant("16:00")), Audience.CUSTOMERS), verify());

        story.and(update(at("15:40"), Optional.empty(), Audience.CUSTOMERS));

        assertThat(story.incident().promises()).isEmpty();
    }

    @Test
    void an_audience_named_twice_is_told_once() {
        var events = Story.of(declare())
                .decide(update(THEN, Optional.of(instant("15:00")), Audience.SUPPORT, Audience.SUPPORT));

        assertThat(((UpdatePublished) events.getFirst()).audiences()).containsExactly(Audience.SUPPORT);
    }

    @Test
    void remarks_on_entries_are_not_entries_themselves() {
        var story = Story.of(declare(), note(), correct(2, Optional.of(text("vendor did not call")), Optional.empty()));

        assertRefused(story, pin(3), Refusal.UNKNOWN_ENTRY);
        assertRefused(story, correct(3, Optional.of(text("no")), Optional.empty()), Refusal.UNKNOWN_ENTRY);
        assertThat(story.decide(correct(2, Optional.of(text("it did")), Optional.empty())))
                .hasSize(1);
    }

    @Test
    void an_entry_can_be_corrected_after_the_end() {
        assertThat(closed().decide(correct(1, NO_WORDS, Optional.of(at("13:58")))))
                .hasSize(1);
    }

    @Test
    void words_are_taken_out_when_another_person_approves() {
        var story = Story.of(declare(), note(), requestRedaction(2, field("/text")));

        assertThat(story.decide(redact(3, BEN)))
                .containsExactly(new EntryRedacted(
                        ID, THEN, 3, 2, List.of(field("/text")), RedactionReason.PASTED_SECRET, ANA, BEN));
        assertRefused(story, redact(3, ANA), Refusal.APPROVAL_BY_ANOTHER_REQUIRED);
        assertRefused(
                story,
                new RedactEntry(ID, THEN, 3, new Actor(BEN, Actor.Kind.TOOL)),
                Refusal.APPROVAL_BY_HUMAN_REQUIRED);
        assertRefused(story, redact(2, BEN), Refusal.UNKNOWN_REDACTION);
    }

    @Test
    void what_was_taken_out_is_not_taken_out_again() {
        var story = Story.of(declare(), requestRedaction(1, field("/title"), field("/lead")), redact(2, BEN));

        assertThat(story.decide(redact(2, BEN))).isEmpty();
        assertRefused(story, requestRedaction(1, field("/title")), Refusal.NOTHING_TO_REDACT);
        assertThat(story.decide(requestRedaction(1, field("/title"), field("/summary"))))
                .singleElement()
                .satisfies(event ->
                        assertThat(((RedactionRequested) event).fields()).containsExactly(field("/summary")));
    }

    @Test
    void every_event_can_be_redacted_at_any_time_and_none_that_is_not_there() {
        var story = Story.of(declare(), note(), correct(2, Optional.of(text("it was a password")), Optional.empty()));

        assertThat(story.decide(requestRedaction(3, field("/text")))).hasSize(1);
        assertThat(closed().decide(requestRedaction(1, field("/title")))).hasSize(1);
        assertRefused(story, requestRedaction(4, field("/text")), Refusal.UNKNOWN_ENTRY);
        assertRefused(story, requestRedaction(0, field("/text")), Refusal.UNKNOWN_ENTRY);
    }

    @Test
    void a_finding_points_only_at_entries_that_are_there() {
        assertThat(inReview().decide(finding(FindingKind.LESSON, 1L, 2L))).hasSize(1);
        assertRefused(inReview(), finding(FindingKind.LESSON, 99L), Refusal.UNKNOWN_ENTRY);
    }

    @Test
    void a_revised_finding_counts_as_what_it_became() {
        var story = inReview().and(finding(FindingKind.ROOT_CAUSE), action());
        story.and(new ReviseFinding(
                ID,
                THEN,
                FindingId.number(1),
                FindingKind.LESSON,
                text("a lesson"),
                Optional.empty(),
                List.of(),
                text("less than a cause")));

        assertRefused(story, publish(NO_WORDS), Refusal.CONTRIBUTING_FACTOR_REQUIRED);
    }

    @Test
    void actions_go_on_after_the_incident_is_closed() {
        var story = closed();
        var id = ActionId.number(1);

        assertThat(story.tell(new ReassignAction(ID, THEN, id, ANA, text("moved teams"))))
                .containsExactly(new ActionReassigned(ID, THEN, id, Optional.of(BEN), ANA, text("moved teams")));
        assertThat(story.tell(new RescheduleAction(ID, THEN, id, LocalDate.parse("2026-05-01"), text("later"))))
                .containsExactly(new ActionRescheduled(
                        ID,
                        THEN,
                        id,
                        Optional.of(LocalDate.parse("2026-04-01")),
                        LocalDate.parse("2026-05-01"),
                        text("later")));
        assertThat(story.decide(new ReassignAction(ID, THEN, id, ANA, text("again"))))
                .isEmpty();
        assertThat(story.tell(new CompleteAction(ID, THEN, id, NO_WORDS, Optional.empty())))
                .hasSize(1);
    }

    @Test
    void a_reopened_incident_is_closed_only_with_a_new_postmortem() {
        var story = closed().and(reopen(), verify(), review());

        assertRefused(story, close(), Refusal.POSTMORTEM_NOT_PUBLISHED);
        assertThat(story.and(publish(NO_WORDS), close()).incident().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void an_incident_that_was_cancelled_or_merged_by_mistake_can_be_reopened() {
        assertThat(Story.of(declare(), cancel(), reopen()).incident().phase()).isEqualTo(Phase.INVESTIGATING);
        assertThat(Story.of(declare(), merge("other"), reopen()).incident().phase())
                .isEqualTo(Phase.INVESTIGATING);
    }

    @Test
    void a_mitigation_that_ran_when_the_incident_was_cancelled_runs_on_when_it_is_reopened() {
        var story = Story.of(declare(), mitigate(), cancel());
        assertRefused(story, complete(1, MitigationOutcome.EFFECTIVE), Refusal.INCIDENT_ENDED);

        assertThat(story.and(reopen()).incident().phase()).isEqualTo(Phase.MITIGATING);
    }

    @Test
    void an_incident_told_afterwards_may_lack_what_its_record_lacks() {
        var story = Story.of(declare(Severity.SEV1, Optional.empty(), Mode.BACKFILLED));

        assertThat(story.tell(new ProposeHypothesis(ID, THEN, text("spam"), NO_WORDS, NO_WORDS, true)))
                .hasSize(2);
        assertThat(story.tell(update(THEN, Optional.empty(), Audience.CUSTOMERS)))
                .hasSize(1);
        assertThat(story.and(verify(), review())
                        .tell(new AssignAction(
                                ID,
                                THEN,
                                text("test restores"),
                                ActionKind.DETECT,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .hasSize(1);
    }

    @Test
    void the_deduplication_key_is_held_while_the_response_runs() {
        var key = Optional.of(new DedupKey("alert-7"));
        var story = Story.of(declare(Severity.SEV3, key));
        assertThat(story.incident().dedupKeyHeld()).isEqualTo(key);

        assertThat(story.and(verify()).incident().dedupKeyHeld()).isEmpty();
        assertThat(story.and(reopen()).incident().dedupKeyHeld()).isEqualTo(key);
        assertThat(story.and(cancel()).incident().dedupKeyHeld()).isEmpty();
    }

    @Test
    void things_are_numbered_within_their_kind_in_the_order_of_recording() {
        var story = Story.of(declare(), symptom(), evidence(), symptom());

        assertThat(story.events())
                .extracting(e -> e.item().map(ItemId::value).orElse("-"))
                .containsExactly("-", "symptom-1", "evidence-1", "symptom-2");
    }

    @Test
    void links_between_changes_evidence_and_hypotheses_are_recorded() {
        var story = Story.of(declare(), change("r-42", at("13:40")), evidence(), propose(true));

        assertThat(story.tell(link(1, 1))).hasSize(1);
        assertThat(story.tell(
                        new LinkChange(ID, THEN, ChangeId.number(1), ChangeVerdict.SUSPECT, text("minutes before"))))
                .hasSize(1);
    }

    private static void assertRefused(
            Story story, org.incidenttimeline.core.command.IncidentCommand command, Refusal refusal) {
        assertThatThrownBy(() -> story.decide(command))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    @Test
    void a_declaration_with_a_playbook_takes_its_roles_and_plans_for_that_severity_in_one_go() {
        var story = Story.of();

        var events = story.tell(declareWith(Severity.SEV1, Guides.playbook()));

        assertThat(events)
                .hasExactlyElementsOfTypes(
                        IncidentDeclared.class,
                        PlaybookApplied.class,
                        RoleAssigned.class,
                        RoleAssigned.class,
                        CommunicationPlanned.class);
        var applied = (PlaybookApplied) events.get(1);
        assertThat(applied.severity()).isEqualTo(Severity.SEV1);
        assertThat(applied.escalations()).hasSize(1);
        assertThat(applied.decisions()).hasSize(1);
        assertThat(story.incident().holders(Role.SCRIBE)).containsExactly(new Person("cleo"));
        assertThat(story.incident().holders(Role.COMMUNICATIONS)).containsExactly(BEN);
        assertThat(story.incident().promises()).containsKey(Audience.SUPPORT);
    }

    @Test
    void what_a_playbook_says_of_other_severities_is_left_out() {
        var events = Story.of().tell(declareWith(Severity.SEV4, Guides.playbook()));

        assertThat(events)
                .hasExactlyElementsOfTypes(
                        IncidentDeclared.class, PlaybookApplied.class, RoleAssigned.class, CommunicationPlanned.class);
        assertThat(((PlaybookApplied) events.get(1)).escalations()).isEmpty();
    }

    @Test
    void whoever_is_at_work_keeps_their_role_when_a_playbook_is_applied() {
        var roles = List.of(
                new RoleTaken(List.of(), Role.LEAD, BEN),
                new RoleTaken(List.of(), Role.SCRIBE, BEN),
                new RoleTaken(List.of(), Role.SUBJECT_EXPERT, ANA),
                new RoleTaken(List.of(), Role.SUBJECT_EXPERT, BEN));
        var declared =
                Story.of(declareWith(Severity.SEV1, Guides.playbook(roles))).incident();
        assertThat(declared.holders(Role.LEAD)).containsExactly(ANA);

        var story = Story.of(declare(), assign(Role.SCRIBE, ANA), assign(Role.SUBJECT_EXPERT, ANA));
        var events =
                story.tell(new ApplyPlaybook(ID, THEN, new PlaybookInUse(Guides.OUTAGE, 1, Guides.playbook(roles))));

        assertThat(events)
                .filteredOn(e -> e instanceof RoleAssigned)
                .containsExactly(new RoleAssigned(ID, THEN, Role.SUBJECT_EXPERT, BEN));
        assertThat(story.incident().holders(Role.SCRIBE)).containsExactly(ANA);
    }

    @Test
    void a_playbook_is_applied_again_when_its_revision_or_the_severity_has_changed() {
        var story = Story.of(declare(), apply());
        assertThat(story.tell(apply())).isEmpty();

        story.tell(new ChangeSeverity(ID, THEN, Severity.SEV1, text("worse")));
        assertThat(story.tell(apply())).isNotEmpty();
        assertThat(story.incident().holders(Role.SCRIBE)).containsExactly(new Person("cleo"));
        assertThat(story.tell(apply())).isEmpty();
        assertThat(story.tell(new ApplyPlaybook(ID, THEN, new PlaybookInUse(Guides.OUTAGE, 2, Guides.playbook()))))
                .isNotEmpty();
    }

    @Test
    void a_runbook_followed_keeps_its_steps_and_a_newer_revision_begins_anew() {
        var story = Story.of(declare());

        assertThat(story.tell(follow()))
                .containsExactly(new RunbookFollowed(
                        ID,
                        THEN,
                        Guides.LAG,
                        1,
                        Guides.runbook().title(),
                        List.of(
                                text("Check the lag"),
                                text("Stop the batch jobs"),
                                text("Add a replica"),
                                text("The lag is below a second"),
                                text("Start the batch jobs"))));
        assertThat(story.incident().phase()).isEqualTo(Phase.INVESTIGATING);
        assertThat(story.tell(follow())).isEmpty();
        assertThat(story.tell(follow(2))).hasSize(1);
    }

    @Test
    void a_step_is_told_with_its_words_and_may_be_told_again() {
        var story = Story.of(declare(), follow());
        var done = new RunbookStepCompleted(
                ID, THEN, Guides.LAG, 3, text("Add a replica"), Optional.of(text("done")), NO_WORDS);

        assertThat(story.tell(stepDone(3))).containsExactly(done);
        assertThat(story.tell(stepDone(3))).containsExactly(done);
    }

    @Test
    void a_step_is_told_after_the_recovery_and_no_runbook_is_begun_then() {
        var story = Story.of(declare(), follow(), verify());

        assertThat(story.tell(stepDone(5))).hasSize(1);
        assertThatThrownBy(() -> story.tell(follow(2)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.INCIDENT_NOT_OPEN));
    }

    private static DeclareIncident declareWith(Severity severity, PlaybookContent content) {
        var plain = declare(severity, Optional.empty());
        return new DeclareIncident(
                ID,
                plain.occurredAt(),
                plain.title(),
                severity,
                plain.lead(),
                plain.summary(),
                plain.services(),
                plain.detection(),
                plain.startedAt(),
                plain.impact(),
                plain.mode(),
                plain.visibility(),
                plain.dedupKey(),
                Optional.of(new PlaybookInUse(Guides.OUTAGE, 1, content)));
    }
}
