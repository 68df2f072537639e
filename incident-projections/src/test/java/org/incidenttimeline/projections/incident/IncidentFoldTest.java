package org.incidenttimeline.projections.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.ChangeVerdict;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.ChangeLinked;
import org.incidenttimeline.core.event.IncidentEvent.EvidenceLinked;
import org.incidenttimeline.core.event.IncidentEvent.FindingRecorded;
import org.incidenttimeline.core.event.IncidentEvent.FindingRevised;
import org.incidenttimeline.core.event.IncidentEvent.HypothesisSetAside;
import org.incidenttimeline.core.event.IncidentEvent.IncidentCancelled;
import org.incidenttimeline.core.event.IncidentEvent.MitigationRolledBack;
import org.incidenttimeline.core.event.IncidentEvent.RoleAssigned;
import org.incidenttimeline.core.event.IncidentEvent.RoleHandedOver;
import org.incidenttimeline.core.event.IncidentEvent.RunbookFollowed;
import org.incidenttimeline.core.event.IncidentEvent.RunbookStepCompleted;
import org.incidenttimeline.core.event.IncidentEvent.SeverityChanged;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.UpdateId;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.incident.IncidentView.HypothesisStatus;
import org.incidenttimeline.projections.incident.IncidentView.MitigationStatus;
import org.incidenttimeline.projections.incident.IncidentView.Promise;
import org.incidenttimeline.projections.incident.IncidentView.PromiseStatus;
import org.incidenttimeline.projections.incident.IncidentView.TestOutcome;
import org.incidenttimeline.projections.timeline.Source;
import org.junit.jupiter.api.Test;

class IncidentFoldTest {
    private static final RunbookId LAG = new RunbookId("replication-lag");

    private static IncidentView view(IncidentEvent... events) {
        return new IncidentFold().replay(history(events)).orElseThrow();
    }

    @Test
    void before_its_declaration_there_is_no_incident() {
        assertThat(new IncidentFold().replay(List.of())).isEmpty();
    }

    @Test
    void the_lead_is_who_was_handed_the_role_last() {
        var view = view(
                declared("14:10"),
                new RoleAssigned(INCIDENT, at("14:11"), Role.SCRIBE, BEN),
                new RoleHandedOver(INCIDENT, at("14:30"), Role.LEAD, ANA, BEN, Optional.of(text("db2 is next"))));

        assertThat(view.lead()).isEqualTo(BEN);
        assertThat(view.rolesNow()).hasSize(2);
        assertThat(view.roles()).hasSize(3);
        assertThat(view.roles().getFirst().until().orElseThrow().entry()).isEqualTo(3);
        assertThat(view.roles().getLast().briefing()).contains(text("db2 is next"));
    }

    @Test
    void the_severity_keeps_its_history() {
        var view = view(
                declared("14:10"),
                new SeverityChanged(INCIDENT, at("14:20"), Severity.SEV2, Severity.SEV1, text("all regions")));

        assertThat(view.severity()).isEqualTo(Severity.SEV1);
        assertThat(view.severities())
                .extracting(IncidentView.SeverityStep::severity)
                .containsExactly(Severity.SEV2, Severity.SEV1);
    }

    @Test
    void a_window_assessed_again_reads_as_assessed_last() {
        var view = view(
                declared("14:10"),
                impactAssessed(1, "14:20", "13:55", Optional.empty()),
                impactAssessed(1, "15:20", "13:50", Optional.of(at("15:10"))));

        assertThat(view.impacts()).hasSize(2);
        var window = view.impacts().getLast();
        assertThat(window.from()).contains(at("13:50"));
        assertThat(window.until()).contains(at("15:10"));
        assertThat(window.sources()).extracting(Source::entry).containsExactly(2L, 3L);
    }

    @Test
    void a_change_carries_the_freeze_it_broke_and_what_it_turned_out_to_be() {
        var view = view(
                declared("14:10"),
                frozen(1, "14:20", "checkout", "*"),
                change(1, "14:30", Optional.of(FreezeId.number(1))),
                new ChangeLinked(INCIDENT, at("14:40"), ChangeId.number(1), ChangeVerdict.SUSPECT, text("same time")),
                new ChangeLinked(INCIDENT, at("15:00"), ChangeId.number(1), ChangeVerdict.CAUSED, text("tested")));

        var change = view.changes().getFirst();
        assertThat(change.freezeBroken()).contains(FreezeId.number(1));
        assertThat(change.verdict()).contains(ChangeVerdict.CAUSED);
        assertThat(change.verdicts()).hasSize(2);
        assertThat(view.freezesOn()).hasSize(1);
    }

    @Test
    void a_hypothesis_goes_from_candidate_to_its_end() {
        var proposed = proposed(1, "14:20", "the pool is too small");
        var second = proposed(2, "14:21", "the network");
        var history = List.of(
                declared("14:10"),
                proposed,
                second,
                chosen(1, "14:25"),
                testBegun(1, 1, "14:30"),
                inconclusive(1, 1, "14:35"),
                testBegun(2, 1, "14:40"),
                refuted(2, 1, "14:45"));

        assertThat(statusAfter(history, 3)).isEqualTo(HypothesisStatus.CANDIDATE);
        assertThat(statusAfter(history, 4)).isEqualTo(HypothesisStatus.PRIMARY);
        assertThat(statusAfter(history, 5)).isEqualTo(HypothesisStatus.UNDER_TEST);
        assertThat(statusAfter(history, 6)).isEqualTo(HypothesisStatus.PRIMARY);
        assertThat(statusAfter(history, 7)).isEqualTo(HypothesisStatus.UNDER_TEST);
        assertThat(statusAfter(history, 8)).isEqualTo(HypothesisStatus.REFUTED);

        var view = view(history.toArray(IncidentEvent[]::new));
        assertThat(view.primaryHypothesis()).isEmpty();
        assertThat(view.hypotheses().getFirst().tests())
                .extracting(t -> t.conclusion().orElseThrow().outcome())
                .containsExactly(TestOutcome.INCONCLUSIVE, TestOutcome.REFUTED);
        assertThat(view.hypotheses().getLast().status()).isEqualTo(HypothesisStatus.CANDIDATE);
    }

    private static HypothesisStatus statusAfter(List<? extends IncidentEvent> history, int events) {
        return view(history.subList(0, events).toArray(IncidentEvent[]::new))
                .hypotheses()
                .getFirst()
                .status();
    }

    @Test
    void a_confirmed_hypothesis_stays_the_one_worked_on_and_one_set_aside_does_not() {
        var confirmed = view(
                declared("14:10"),
                proposed(1, "14:20", "the pool"),
                chosen(1, "14:25"),
                testBegun(1, 1, "14:30"),
                confirmed(1, 1, "14:35"));
        var aside = view(
                declared("14:10"),
                proposed(1, "14:20", "the pool"),
                chosen(1, "14:25"),
                new HypothesisSetAside(INCIDENT, at("14:30"), HypothesisId.number(1), text("no access")));

        assertThat(confirmed.primaryHypothesis().orElseThrow().status()).isEqualTo(HypothesisStatus.CONFIRMED);
        assertThat(aside.primaryHypothesis()).isEmpty();
        assertThat(aside.hypotheses().getFirst().setAside()).contains(text("no access"));
    }

    @Test
    void another_primary_makes_the_earlier_one_wait_again() {
        var view = view(
                declared("14:10"),
                proposed(1, "14:20", "the pool"),
                proposed(2, "14:21", "the network"),
                chosen(1, "14:25"),
                chosen(2, "14:30"));

        assertThat(view.hypotheses())
                .extracting(IncidentView.Hypothesis::status)
                .containsExactly(HypothesisStatus.CANDIDATE, HypothesisStatus.PRIMARY);
    }

    @Test
    void evidence_speaks_for_or_against_a_hypothesis() {
        var view = view(
                declared("14:10"),
                evidence(1, "14:15"),
                proposed(1, "14:20", "the pool"),
                new EvidenceLinked(
                        INCIDENT,
                        at("14:30"),
                        HypothesisId.number(1),
                        EvidenceId.number(1),
                        EvidenceBearing.CONTRADICTS,
                        text("it was empty")));

        assertThat(view.hypotheses().getFirst().evidence()).singleElement().satisfies(link -> {
            assertThat(link.bearing()).isEqualTo(EvidenceBearing.CONTRADICTS);
            assertThat(link.source().entry()).isEqualTo(4);
        });
    }

    @Test
    void a_mitigation_ends_and_may_still_be_rolled_back() {
        var view = view(
                declared("14:10"),
                mitigationBegun(1, "14:20", Optional.of(text("no time"))),
                mitigated(1, "14:30", MitigationOutcome.PARTIAL),
                new MitigationRolledBack(INCIDENT, at("14:40"), MitigationId.number(1), text("it made noise")));

        var mitigation = view.mitigations().getFirst();
        assertThat(mitigation.status()).isEqualTo(MitigationStatus.ROLLED_BACK);
        assertThat(mitigation.outcome().orElseThrow().outcome()).isEqualTo(MitigationOutcome.PARTIAL);
        assertThat(mitigation.rolledBack().orElseThrow().source().entry()).isEqualTo(4);
        assertThat(view.overrides()).singleElement().satisfies(o -> {
            assertThat(o.because()).isEqualTo(text("no time"));
            assertThat(o.source().entry()).isEqualTo(2);
        });
    }

    @Test
    void a_promise_is_kept_late_missed_or_void() {
        var view = view(
                declared("14:10"),
                update(1, "14:15", "14:30", Audience.SUPPORT, Audience.CUSTOMERS),
                update(2, "14:30", "15:00", Audience.SUPPORT),
                missed("14:31", Audience.CUSTOMERS, "14:30"),
                update(3, "14:42", "15:10", Audience.CUSTOMERS),
                missed("15:01", Audience.SUPPORT, "15:00"),
                new IncidentCancelled(INCIDENT, at("15:05"), CancellationReason.EXTERNAL, text("it is the bank")));

        assertThat(view.promises())
                .extracting(Promise::status)
                .containsExactly(PromiseStatus.KEPT, PromiseStatus.LATE, PromiseStatus.MISSED, PromiseStatus.VOID);
        assertThat(view.promises().get(1).lateBy()).contains(Duration.ofMinutes(12));
        assertThat(view.promises().get(1).answeredBy()).contains(UpdateId.number(3));
        assertThat(view.missed()).hasSize(2);
        assertThat(view.cancelled().orElseThrow().source().entry()).isEqualTo(7);
        assertThat(view.phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void a_finding_reads_as_revised_last() {
        var view = view(
                declared("14:10"),
                new FindingRecorded(
                        INCIDENT,
                        at("16:00"),
                        FindingId.number(1),
                        FindingKind.ROOT_CAUSE,
                        text("ben's change"),
                        Optional.empty(),
                        List.of(1L)),
                new FindingRevised(
                        INCIDENT,
                        at("16:30"),
                        FindingId.number(1),
                        FindingKind.CONTRIBUTING_FACTOR,
                        text("no check of pool size"),
                        Optional.empty(),
                        List.of(1L),
                        text("blameless")));

        assertThat(view.findings()).singleElement().satisfies(f -> {
            assertThat(f.kind()).isEqualTo(FindingKind.CONTRIBUTING_FACTOR);
            assertThat(f.text()).isEqualTo(text("no check of pool size"));
            assertThat(f.sources()).extracting(Source::entry).containsExactly(2L, 3L);
        });
    }

    @Test
    void a_correction_of_words_and_time_reaches_every_thing() {
        var view = view(
                declared("14:10"),
                symptom(1, "14:15", "latency"),
                proposed(1, "14:20", "the pool"),
                corrected(1, Optional.of(text("nobody can pay")), Optional.of(at("14:09"))),
                corrected(2, Optional.of(text("timeouts")), Optional.empty()),
                corrected(3, Optional.empty(), Optional.of(at("14:25"))));

        assertThat(view.summary()).contains(text("nobody can pay"));
        assertThat(view.declared().occurredAt()).isEqualTo(at("14:09"));
        assertThat(view.symptoms().getFirst().text()).isEqualTo(text("timeouts"));
        var hypothesis = view.hypotheses().getFirst();
        assertThat(hypothesis.statement()).isEqualTo(text("the pool"));
        assertThat(hypothesis.sources().getFirst().occurredAt()).isEqualTo(at("14:25"));
        assertThat(hypothesis.sources().getFirst().corrected()).isTrue();
    }

    @Test
    void a_reopened_incident_keeps_what_closed_it() {
        var view = view(
                declared("14:10"), recoveryVerified("15:00", Optional.empty()), closed("16:00"), reopened("17:00"));

        assertThat(view.phase()).isEqualTo(Phase.INVESTIGATING);
        assertThat(view.closings()).hasSize(1);
        assertThat(view.reopenings().getFirst().because()).isEqualTo(text("it is back"));
    }

    @Test
    void the_order_in_which_things_happened_changes_only_where_they_are_shown() {
        var early = view(declared("14:10"), change(1, "13:00", Optional.empty()), chosen(1, "14:30"));
        var late = view(declared("14:10"), change(1, "15:00", Optional.empty()), chosen(1, "14:30"));

        assertThat(early.phase()).isEqualTo(late.phase());
        assertThat(early.timeline().entries()).isNotEqualTo(late.timeline().entries());
    }

    @Test
    void a_replay_gives_what_the_events_give_one_by_one() {
        var fold = new IncidentFold();
        var events = RandomHistory.of(11, 120);
        var view = fold.empty();
        for (int i = 0; i < events.size(); i++) {
            view = fold.apply(view, events.get(i));
            assertThat(view).isEqualTo(fold.replay(events.subList(0, i + 1)));
        }
    }

    @Test
    void a_runbook_shows_of_each_step_what_was_told_last() {
        var view = view(
                declared("14:10"),
                followed(1, "14:20"),
                stepDone(1, "14:21", "the lag is 4 s"),
                stepSkipped(2, "14:22", "no batch runs"),
                stepDone(1, "14:40", "the lag is gone"));

        assertThat(view.runbooks()).singleElement().satisfies(runbook -> {
            assertThat(runbook.revision()).isEqualTo(1);
            assertThat(runbook.steps())
                    .extracting(step -> step.told().map(told -> told.source().entry()))
                    .containsExactly(Optional.of(5L), Optional.of(4L), Optional.empty());
            assertThat(runbook.steps().getFirst().told().flatMap(told -> told.outcome()))
                    .contains(text("the lag is gone"));
            assertThat(runbook.steps().get(1).told().flatMap(told -> told.skippedBecause()))
                    .contains(text("no batch runs"));
            assertThat(runbook.next().map(step -> step.number())).contains(3);
        });
    }

    @Test
    void a_step_is_told_of_the_revision_that_is_followed_last() {
        var view = view(
                declared("14:10"),
                followed(1, "14:20"),
                stepDone(1, "14:21", "slow"),
                followed(2, "14:30"),
                stepDone(1, "14:31", "fast"));

        assertThat(view.runbooks())
                .extracting(runbook -> runbook.steps().getFirst().told().flatMap(told -> told.outcome()))
                .containsExactly(Optional.of(text("slow")), Optional.of(text("fast")));
    }

    private static RunbookFollowed followed(int revision, String time) {
        return new RunbookFollowed(
                INCIDENT,
                at(time),
                LAG,
                revision,
                new Title("Replication lags"),
                List.of(text("Look"), text("Stop the batch"), text("Look again")));
    }

    private static RunbookStepCompleted stepDone(int step, String time, String outcome) {
        return new RunbookStepCompleted(
                INCIDENT, at(time), LAG, step, text("Look"), Optional.of(text(outcome)), Optional.empty());
    }

    private static RunbookStepCompleted stepSkipped(int step, String time, String because) {
        return new RunbookStepCompleted(
                INCIDENT, at(time), LAG, step, text("Look"), Optional.empty(), Optional.of(text(because)));
    }
}
