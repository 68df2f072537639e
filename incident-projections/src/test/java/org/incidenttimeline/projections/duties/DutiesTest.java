package org.incidenttimeline.projections.duties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.duty.Anchor;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.AwarenessEstablished;
import org.incidenttimeline.core.event.IncidentEvent.IncidentCancelled;
import org.incidenttimeline.core.event.IncidentEvent.IncidentClassified;
import org.incidenttimeline.core.event.IncidentEvent.NotificationSubmitted;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.projections.duties.Duties.Duty;
import org.incidenttimeline.projections.duties.Duties.Standing;
import org.incidenttimeline.projections.duties.Duties.State;
import org.incidenttimeline.projections.export.JsonExport;
import org.incidenttimeline.projections.export.MarkdownWriter;
import org.incidenttimeline.projections.export.PostmortemDocument;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.wording.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reports are due when, by the built-in templates, and what became of each. */
class DutiesTest {
    private static final DutyTemplates NO_CANDIDATES = new DutyTemplates(TemplateFile.builtIn(), List.of());

    @Test
    void an_incident_that_nobody_classified_concerns_the_candidates_alone() {
        var duties = of(TEMPLATES, "2026-03-14T15:00:00Z", declared("14:10"), aware("2026-03-14T14:00:00Z"));

        assertThat(duties.regimes()).hasSize(1);
        assertThat(duties.regimes().getFirst().standing()).isEqualTo(Standing.AWAITING_CLASSIFICATION);
        var warning = duty(duties, "NIS2", "early-warning");
        assertThat(warning.state()).isEqualTo(State.RUNNING);
        assertThat(warning.dueAt()).contains(Instant.parse("2026-03-15T14:00:00Z"));
        assertThat(duty(duties, "NIS2", "final-report").state()).isEqualTo(State.NOT_STARTED);
        assertThat(of(NO_CANDIDATES, "2026-03-14T15:00:00Z", declared("14:10")).regimes())
                .isEmpty();
    }

    @Test
    void what_was_called_off_before_anybody_classified_it_concerns_no_candidate() {
        var cancelled = new IncidentCancelled(INCIDENT, at("14:20"), CancellationReason.FALSE_POSITIVE, text("no"));

        assertThat(of(TEMPLATES, "2026-03-14T15:00:00Z", declared("14:10"), cancelled)
                        .regimes())
                .isEmpty();
        assertThat(of(
                                TEMPLATES,
                                "2026-03-14T15:00:00Z",
                                declared("14:10"),
                                classified("NIS2", "significant", "2026-03-14T14:15:00Z"),
                                cancelled)
                        .regimes())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-15T13:59:59Z, RUNNING, 0",
        "2026-03-15T14:00:00Z, RUNNING, 0",
        "2026-03-15T14:00:01Z, OVERDUE, -1",
        "2026-03-15T12:59:00Z, RUNNING, 61"
    })
    void a_deadline_is_over_after_its_last_moment(Instant now, State state, long minutes) {
        var duties = of(
                NO_CANDIDATES,
                now.toString(),
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("NIS2", "significant", "2026-03-14T15:00:00Z"));

        var warning = duty(duties, "NIS2", "early-warning");
        assertThat(warning.state()).isEqualTo(state);
        assertThat(Duties.minutesLeft(now, warning.dueAt().orElseThrow())).isEqualTo(minutes);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-15T14:00:00Z, SUBMITTED", "2026-03-15T14:00:01Z, SUBMITTED_LATE"})
    void a_report_at_the_last_moment_is_in_time(String time, State state) {
        var duties = of(
                NO_CANDIDATES,
                "2026-03-20T00:00:00Z",
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("NIS2", "significant", "2026-03-14T15:00:00Z"),
                submitted("NIS2", "early-warning", time));

        assertThat(duty(duties, "NIS2", "early-warning").state()).isEqualTo(state);
    }

    @Test
    void the_first_report_counts_and_a_clock_may_run_from_the_latest() {
        var duties = of(
                NO_CANDIDATES,
                "2026-03-20T00:00:00Z",
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("DORA", "major", "2026-03-14T15:00:00Z"),
                submitted("DORA", "initial-notification", "2026-03-14T18:00:00Z"),
                submitted("DORA", "intermediate-report", "2026-03-16T10:00:00Z"),
                submitted("DORA", "intermediate-report", "2026-03-18T10:00:00Z"));

        assertThat(duty(duties, "DORA", "initial-notification").state()).isEqualTo(State.SUBMITTED);
        assertThat(duty(duties, "DORA", "intermediate-report").state()).isEqualTo(State.SUBMITTED);
        assertThat(duty(duties, "DORA", "intermediate-report").repeated()).isEqualTo(1);
        assertThat(duty(duties, "DORA", "final-report").dueAt()).contains(Instant.parse("2026-04-18T10:00:00Z"));
    }

    @Test
    void of_two_clocks_the_one_that_ends_first_counts() {
        var byClassification = of(
                NO_CANDIDATES,
                "2026-03-14T16:00:00Z",
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("DORA", "major", "2026-03-14T15:00:00Z"));
        var byAwareness = of(
                NO_CANDIDATES,
                "2026-03-15T13:00:00Z",
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("DORA", "major", "2026-03-15T13:00:00Z"));

        var early =
                duty(byClassification, "DORA", "initial-notification").clock().orElseThrow();
        assertThat(early.dueAt()).contains(Instant.parse("2026-03-14T19:00:00Z"));
        assertThat(early.anchor()).isEqualTo(Anchor.CLASSIFICATION);
        assertThat(early.since().entry()).isEqualTo(3);
        var late = duty(byAwareness, "DORA", "initial-notification").clock().orElseThrow();
        assertThat(late.dueAt()).contains(Instant.parse("2026-03-15T14:00:00Z"));
        assertThat(late.anchor()).isEqualTo(Anchor.AWARENESS);
        assertThat(late.since().entry()).isEqualTo(2);
    }

    @Test
    void a_month_from_the_end_of_a_month_ends_with_the_next_one_in_utc() {
        var duties = of(
                NO_CANDIDATES,
                "2026-02-10T00:00:00Z",
                declared("14:10"),
                aware("2026-01-28T23:30:00Z"),
                classified("NIS2", "significant", "2026-01-29T00:00:00Z"),
                submitted("NIS2", "incident-notification", "2026-01-31T23:30:00Z"));

        assertThat(duty(duties, "NIS2", "final-report").dueAt()).contains(Instant.parse("2026-02-28T23:30:00Z"));
    }

    @Test
    void a_classification_says_which_reports_are_asked_for_and_the_newest_stands() {
        IncidentEvent[] grave = {
            declared("14:10"), aware("2026-03-14T14:00:00Z"), classified("GDPR", "high-risk", "2026-03-14T15:00:00Z")
        };
        IncidentEvent[] slighter = {grave[0], grave[1], grave[2], classified("GDPR", "risk", "2026-03-14T16:00:00Z")};
        IncidentEvent[] none = {
            grave[0], grave[1], grave[2], classified("GDPR", "risk-unlikely", "2026-03-14T16:00:00Z")
        };
        String now = "2027-01-01T00:00:00Z";

        assertThat(duty(of(NO_CANDIDATES, now, grave), "GDPR", "data-subjects").state())
                .isEqualTo(State.RUNNING);
        assertThat(duty(of(NO_CANDIDATES, now, grave), "GDPR", "data-subjects").dueAt())
                .isEmpty();
        assertThat(duty(of(NO_CANDIDATES, now, slighter), "GDPR", "data-subjects")
                        .state())
                .isEqualTo(State.NOT_REQUIRED);
        assertThat(duty(of(NO_CANDIDATES, now, slighter), "GDPR", "supervisory-authority")
                        .state())
                .isEqualTo(State.OVERDUE);
        assertThat(of(NO_CANDIDATES, now, none).all()).extracting(Duty::state).containsOnly(State.NOT_REQUIRED);
        assertThat(of(NO_CANDIDATES, now, none).open()).isEmpty();
    }

    @Test
    void awareness_established_anew_or_corrected_moves_the_clocks() {
        IncidentEvent[] told = {
            declared("14:10"),
            aware("2026-03-14T14:00:00Z"),
            classified("NIS2", "significant", "2026-03-14T15:00:00Z"),
            submitted("NIS2", "early-warning", "2026-03-15T13:00:00Z"),
        };
        IncidentEvent[] anew = {told[0], told[1], told[2], told[3], aware("2026-03-14T12:00:00Z")};
        var earlier = OccurredAt.at(Instant.parse("2026-03-14T11:00:00Z"));
        IncidentEvent[] corrected = {
            told[0], told[1], told[2], told[3], corrected(2, Optional.empty(), Optional.of(earlier))
        };
        String now = "2026-03-16T00:00:00Z";

        assertThat(duty(of(NO_CANDIDATES, now, told), "NIS2", "early-warning").state())
                .isEqualTo(State.SUBMITTED);
        assertThat(duty(of(NO_CANDIDATES, now, anew), "NIS2", "early-warning").state())
                .isEqualTo(State.SUBMITTED_LATE);
        assertThat(duty(of(NO_CANDIDATES, now, corrected), "NIS2", "early-warning")
                        .dueAt())
                .contains(Instant.parse("2026-03-15T11:00:00Z"));
    }

    @Test
    void the_deadlines_that_run_are_told_the_soonest_first() {
        var duties = of(
                NO_CANDIDATES,
                "2026-03-15T15:00:00Z",
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("NIS2", "significant", "2026-03-14T15:00:00Z"));

        assertThat(duties.open())
                .extracting(
                        open -> open.duty().stage().name() + " " + open.duty().state())
                .containsExactly("early-warning OVERDUE", "incident-notification RUNNING");
    }

    @Test
    void a_postmortem_tells_of_duties_only_where_a_regime_is_involved() {
        var without = draft(declared("14:10"), aware("2026-03-14T14:00:00Z"));
        var with = draft(
                declared("14:10"),
                aware("2026-03-14T14:00:00Z"),
                classified("NIS2", "significant", "2026-03-14T15:00:00Z"),
                submitted("NIS2", "early-warning", "2026-03-15T13:00:00Z"));

        assertThat(markdown(without)).doesNotContain("Reporting duties");
        assertThat(json(without)).doesNotContain("\"duties\"");
        assertThat(markdown(with))
                .contains("## Reporting duties")
                .contains("NIS2")
                .contains("CSIRT");
        assertThat(json(with)).contains("\"duties\":[{");
    }

    private static PostmortemDraft draft(IncidentEvent... events) {
        return PostmortemDraft.of(new IncidentFold().replay(history(events)).orElseThrow());
    }

    private static String json(PostmortemDraft draft) {
        return new String(JsonExport.of(draft, People.named()), StandardCharsets.UTF_8);
    }

    private static String markdown(PostmortemDraft draft) {
        return MarkdownWriter.write(PostmortemDocument.of(draft, People.named()), MarkdownWriter.Citations.LINKED);
    }

    private static Duties of(DutyTemplates templates, String now, IncidentEvent... events) {
        return Duties.of(new IncidentFold().replay(history(events)).orElseThrow(), templates, Instant.parse(now));
    }

    private static Duty duty(Duties duties, String regime, String stage) {
        return duties.regimes().stream()
                .filter(of -> of.regime().name().value().equals(regime))
                .flatMap(of -> of.duties().stream())
                .filter(duty -> duty.stage().name().value().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    private static AwarenessEstablished aware(String time) {
        return new AwarenessEstablished(INCIDENT, OccurredAt.at(Instant.parse(time)), ANA, text("a call"));
    }

    private static IncidentClassified classified(String regime, String word, String time) {
        var name = new RegimeName(regime);
        var decision = NO_CANDIDATES.regime(name).orElseThrow().classifications().stream()
                .filter(c -> c.name().value().equals(word))
                .findFirst()
                .orElseThrow()
                .decision();
        return new IncidentClassified(
                INCIDENT, OccurredAt.at(Instant.parse(time)), name, decision, new ClassificationName(word), text("so"));
    }

    private static NotificationSubmitted submitted(String regime, String stage, String time) {
        return new NotificationSubmitted(
                INCIDENT,
                OccurredAt.at(Instant.parse(time)),
                new RegimeName(regime),
                new StageName(stage),
                new Title("CSIRT"),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
