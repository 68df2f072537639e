package org.incidenttimeline.projections.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.StatusMeaning;
import org.incidenttimeline.projections.milestones.Measurement.Value.Measured;
import org.incidenttimeline.projections.milestones.Measurement.Value.NotRecorded;
import org.incidenttimeline.projections.timeline.TimelineFold;
import org.junit.jupiter.api.Test;

class MilestonesTest {
    private static Milestones of(IncidentEvent... events) {
        return of(history(events));
    }

    private static Milestones of(List<RecordedEvent> events) {
        return Milestones.of(new TimelineFold().replay(events));
    }

    private static Measurement.Value value(Milestones milestones, String name) {
        return milestones.measurements().stream()
                .filter(v -> v.measurement().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_a_declaration_says_is_milestones() {
        var milestones = of(declared("14:10"));

        assertThat(milestones.get(Milestone.Name.STARTED).orElseThrow().at()).isEqualTo(about("13:58"));
        assertThat(milestones.get(Milestone.Name.DETECTED).orElseThrow().at()).isEqualTo(at("14:05"));
        assertThat(milestones.get(Milestone.Name.DECLARED).orElseThrow().at()).isEqualTo(at("14:10"));
        assertThat(milestones
                        .get(Milestone.Name.DECLARED)
                        .orElseThrow()
                        .source()
                        .by()
                        .name())
                .isEqualTo(ANA);
        assertThat(milestones.get(Milestone.Name.RESOLVED)).isEmpty();
    }

    @Test
    void a_declaration_by_a_tool_is_acknowledged_by_the_first_person() {
        var events = new ArrayList<>(history(declared("14:10"), note("14:13", "I am on it")));
        events.set(0, byTool(events.getFirst()));

        assertThat(of(events).get(Milestone.Name.ACKNOWLEDGED).orElseThrow().at())
                .isEqualTo(at("14:13"));
        assertThat(of(declared("14:10"))
                        .get(Milestone.Name.ACKNOWLEDGED)
                        .orElseThrow()
                        .at())
                .isEqualTo(at("14:10"));
    }

    @Test
    void the_earliest_impact_window_says_when_it_started() {
        var milestones = of(
                declared("14:10"),
                impactAssessed(1, "14:20", "13:50", Optional.empty()),
                impactAssessed(2, "14:25", "13:55", Optional.empty()));

        assertThat(milestones.get(Milestone.Name.STARTED).orElseThrow().at()).isEqualTo(at("13:50"));
        assertThat(milestones.get(Milestone.Name.STARTED).orElseThrow().source().entry())
                .isEqualTo(2);
    }

    @Test
    void a_window_assessed_again_no_longer_says_what_it_said() {
        var milestones = of(
                declared("14:10"),
                impactAssessed(1, "14:20", "13:50", Optional.empty()),
                impactAssessed(1, "14:30", "14:01", Optional.empty()));

        assertThat(milestones.get(Milestone.Name.STARTED).orElseThrow().at()).isEqualTo(at("14:01"));
    }

    @Test
    void the_last_effective_mitigation_counts() {
        var milestones = of(
                declared("14:10"),
                mitigationBegun(1, "14:20", Optional.empty()),
                mitigated(1, "14:25", MitigationOutcome.EFFECTIVE),
                mitigationBegun(2, "14:30", Optional.empty()),
                mitigated(2, "14:40", MitigationOutcome.EFFECTIVE),
                mitigationBegun(3, "14:45", Optional.empty()),
                mitigated(3, "14:50", MitigationOutcome.PARTIAL));

        assertThat(milestones.get(Milestone.Name.MITIGATED).orElseThrow().at()).isEqualTo(at("14:40"));
    }

    @Test
    void a_recovery_may_have_come_before_it_was_verified() {
        var milestones = of(declared("14:10"), recoveryVerified("15:00", Optional.of(at("14:50"))));

        assertThat(milestones.get(Milestone.Name.RECOVERED).orElseThrow().at()).isEqualTo(at("14:50"));
        assertThat(milestones.get(Milestone.Name.RESOLVED).orElseThrow().at()).isEqualTo(at("15:00"));
    }

    @Test
    void a_reopened_incident_is_not_over() {
        var milestones = of(
                declared("14:10"),
                mitigationBegun(1, "14:20", Optional.empty()),
                mitigated(1, "14:40", MitigationOutcome.EFFECTIVE),
                recoveryVerified("15:00", Optional.empty()),
                closed("16:00"),
                reopened("17:00"));

        assertThat(milestones.recorded())
                .containsOnlyKeys(
                        Milestone.Name.STARTED,
                        Milestone.Name.DETECTED,
                        Milestone.Name.ACKNOWLEDGED,
                        Milestone.Name.DECLARED);
    }

    @Test
    void a_corrected_time_moves_the_milestone() {
        var milestones = of(
                declared("14:10"),
                recoveryVerified("15:00", Optional.empty()),
                corrected(2, Optional.empty(), Optional.of(at("15:10"))));

        assertThat(milestones.get(Milestone.Name.RESOLVED).orElseThrow().at()).isEqualTo(at("15:10"));
        assertThat(milestones
                        .get(Milestone.Name.RESOLVED)
                        .orElseThrow()
                        .source()
                        .corrected())
                .isTrue();
    }

    @Test
    void the_first_update_is_the_one_published_first() {
        var milestones = of(
                declared("14:10"),
                update(1, "14:40", "", Audience.SUPPORT),
                update(2, "14:20", "", Audience.LEADERSHIP));

        assertThat(milestones.get(Milestone.Name.FIRST_UPDATE).orElseThrow().at())
                .isEqualTo(at("14:20"));
    }

    @Test
    void a_measurement_with_an_anchor_that_is_not_exact_is_approximate() {
        assertThat(value(of(declared("14:10")), "time to detect")).isInstanceOfSatisfying(Measured.class, m -> {
            assertThat(m.length()).isEqualTo(Duration.ofMinutes(7));
            assertThat(m.approximate()).isTrue();
            assertThat(m.remark()).isEmpty();
        });
        assertThat(value(of(declared("14:10")), "time to declare"))
                .isInstanceOfSatisfying(
                        Measured.class, m -> assertThat(m.approximate()).isFalse());
    }

    @Test
    void a_measurement_without_an_anchor_is_not_recorded_and_never_zero() {
        assertThat(value(of(declared("14:10")), "time to recover"))
                .isInstanceOfSatisfying(
                        NotRecorded.class, m -> assertThat(m.missing()).containsExactly(Milestone.Name.RECOVERED));
        assertThat(value(of(), "time to detect"))
                .isInstanceOfSatisfying(
                        NotRecorded.class,
                        m -> assertThat(m.missing()).containsExactly(Milestone.Name.STARTED, Milestone.Name.DETECTED));
    }

    @Test
    void an_anchor_of_unknown_time_is_not_recorded() {
        var milestones = of(declared("14:10"), recoveryVerified("15:00", Optional.of(unknown())));

        assertThat(value(milestones, "time to recover")).isInstanceOf(NotRecorded.class);
    }

    @Test
    void nothing_is_measured_from_a_place_among_other_events() {
        var placed = new OccurredAt(
                at("15:00").at(), Precision.ORDER_ONLY, Optional.empty(), Optional.empty(), Optional.empty());

        var milestones = of(declared("14:10"), recoveryVerified("15:00", Optional.of(placed)));

        assertThat(value(milestones, "time to recover"))
                .isInstanceOfSatisfying(
                        NotRecorded.class, n -> assertThat(n.missing()).containsExactly(Milestone.Name.RECOVERED));
    }

    @Test
    void where_nobody_verified_a_recovery_the_source_says_when_it_was_resolved() {
        var resolved = entryImported(1, at("15:00"), StatusMeaning.RESOLVED);
        var back = entryImported(2, at("15:20"), StatusMeaning.INVESTIGATING);
        var resolvedAgain = entryImported(3, at("16:00"), StatusMeaning.RESOLVED);

        var milestones = of(declared("14:10"), resolvedAgain, resolved, back);
        assertThat(milestones.get(Milestone.Name.RESOLVED).orElseThrow().at()).isEqualTo(at("16:00"));
        assertThat(milestones.get(Milestone.Name.RECOVERED)).as("nobody saw it").isEmpty();

        assertThat(of(declared("14:10"), back, resolved).get(Milestone.Name.RESOLVED))
                .as("the source took it back")
                .isEmpty();
        assertThat(of(declared("14:10"), resolvedAgain, recoveryVerified("15:50", Optional.empty()))
                        .get(Milestone.Name.RESOLVED)
                        .orElseThrow()
                        .at())
                .as("who verified it knows better")
                .isEqualTo(at("15:50"));
    }

    @Test
    void who_enters_an_old_record_did_not_take_the_incident_up() {
        var milestones = of(
                declared("14:10"),
                imported(Optional.empty()),
                entryImported(1, at("14:20"), StatusMeaning.INVESTIGATING));

        assertThat(milestones.get(Milestone.Name.ACKNOWLEDGED)).isEmpty();
    }

    @Test
    void a_negative_measurement_says_what_it_means() {
        var milestones = of(declared("14:10"), impactAssessed(1, "14:20", "14:30", Optional.empty()));

        assertThat(value(milestones, "time to detect")).isInstanceOfSatisfying(Measured.class, m -> {
            assertThat(m.length()).isEqualTo(Duration.ofMinutes(-25));
            assertThat(m.remark()).contains("detected before impact");
        });
    }
}
