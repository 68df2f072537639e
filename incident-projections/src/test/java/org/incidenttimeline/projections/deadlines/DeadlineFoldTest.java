package org.incidenttimeline.projections.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.ActionBecameOverdue;
import org.incidenttimeline.core.event.IncidentEvent.ActionDropped;
import org.incidenttimeline.core.event.IncidentEvent.ActionRescheduled;
import org.incidenttimeline.core.event.IncidentEvent.AwarenessEstablished;
import org.incidenttimeline.core.event.IncidentEvent.CommunicationPlanned;
import org.incidenttimeline.core.event.IncidentEvent.IncidentClassified;
import org.incidenttimeline.core.event.IncidentEvent.NotificationMissed;
import org.incidenttimeline.core.event.IncidentEvent.NotificationSubmitted;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.deadlines.Deadline.ActionDue;
import org.incidenttimeline.projections.deadlines.Deadline.NotificationDue;
import org.incidenttimeline.projections.deadlines.Deadline.UpdateDue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events are recorded from 15:01 on, one a minute. */
class DeadlineFoldTest {
    private static final UpdateDue AT_16 = new UpdateDue(Audience.CUSTOMERS, instant("16:00"));
    private static final Instant EVER = Instant.parse("2030-01-01T00:00:00Z");

    private static final RegimeName NIS2 = new RegimeName("NIS2");
    private static final StageName EARLY_WARNING = new StageName("early-warning");

    private final DeadlineFold fold = new DeadlineFold(TEMPLATES);

    @Test
    void a_promise_is_watched_from_its_moment_on() {
        var deadlines = of(declared("14:10"), update(1, "15:00", "16:00", Audience.CUSTOMERS));

        assertThat(deadlines.soonest()).contains(instant("16:00"));
        assertThat(deadlines.dueBy(instant("16:00").minusMillis(1))).isEmpty();
        assertThat(deadlines.dueBy(instant("16:00"))).containsExactly(AT_16);
    }

    @Test
    void an_update_that_came_or_a_recorded_miss_ends_the_watch() {
        assertThat(of(
                                declared("14:10"),
                                update(1, "15:00", "16:00", Audience.CUSTOMERS),
                                update(2, "15:30", "", Audience.CUSTOMERS))
                        .soonest())
                .isEmpty();
        assertThat(of(
                                declared("14:10"),
                                update(1, "15:00", "16:00", Audience.CUSTOMERS),
                                missed("16:00", Audience.CUSTOMERS, "16:00"))
                        .soonest())
                .isEmpty();
    }

    @Test
    void the_plan_of_communication_promises_the_first_update_and_no_other() {
        assertThat(of(declared("14:10"), plan("15:30")).dueBy(EVER)).containsExactly(AT_16);
        assertThat(of(declared("14:10"), update(1, "15:00", "15:45", Audience.CUSTOMERS), plan("15:30"))
                        .dueBy(EVER))
                .containsExactly(new UpdateDue(Audience.CUSTOMERS, instant("15:45")));
    }

    @Test
    void what_had_passed_when_it_was_recorded_is_not_watched() {
        assertThat(of(declared("14:10"), update(1, "14:00", "14:30", Audience.CUSTOMERS))
                        .soonest())
                .isEmpty();
        assertThat(of(declared("14:10"), action(1, "15:00", "2026-03-13")).soonest())
                .isEmpty();
        assertThat(of(declared("14:10"), action(1, "15:00", "2026-03-14")).dueBy(EVER))
                .containsExactly(new ActionDue(ActionId.number(1), LocalDate.parse("2026-03-14")));
    }

    @Test
    void promises_end_with_the_incident_and_actions_do_not() {
        var deadlines = of(
                declared("14:10"),
                update(1, "15:00", "16:00", Audience.CUSTOMERS),
                action(1, "15:00", "2026-04-01"),
                closed("15:10"),
                reopened("15:20"));

        assertThat(deadlines.dueBy(EVER))
                .containsExactly(new ActionDue(ActionId.number(1), LocalDate.parse("2026-04-01")));
    }

    @Test
    void an_action_is_late_when_its_day_is_over_in_utc() {
        assertThat(of(declared("14:10"), action(1, "15:00", "2026-04-01")).soonest())
                .contains(Instant.parse("2026-04-02T00:00:00Z"));
    }

    @Test
    void an_action_moved_to_another_day_is_watched_anew_until_it_ends() {
        var overdue = new ActionBecameOverdue(INCIDENT, at("15:00"), ActionId.number(1), LocalDate.parse("2026-04-01"));
        var moved = new ActionRescheduled(
                INCIDENT,
                at("15:00"),
                ActionId.number(1),
                Optional.empty(),
                LocalDate.parse("2026-05-01"),
                text("later"));
        var dropped = new ActionDropped(INCIDENT, at("15:00"), ActionId.number(1), text("no"));
        var assigned = action(1, "15:00", "2026-04-01");

        assertThat(of(declared("14:10"), assigned, overdue).soonest()).isEmpty();
        assertThat(of(declared("14:10"), assigned, overdue, moved).soonest())
                .contains(Instant.parse("2026-05-02T00:00:00Z"));
        assertThat(of(declared("14:10"), assigned, moved, dropped).soonest()).isEmpty();
    }

    @Test
    void a_report_is_watched_until_it_was_made_or_is_recorded_as_missed() {
        var due = Instant.parse("2026-03-15T15:00:00Z");
        var aware = new AwarenessEstablished(INCIDENT, at("15:00"), ANA, text("a call"));
        var classified = new IncidentClassified(
                INCIDENT,
                at("15:00"),
                NIS2,
                Reportability.REPORTABLE,
                new ClassificationName("significant"),
                text("two countries"));
        var made = new NotificationSubmitted(
                INCIDENT,
                at("15:00"),
                NIS2,
                EARLY_WARNING,
                new Title("CSIRT"),
                Optional.empty(),
                Optional.of(due),
                false,
                Optional.empty());
        var missed = new NotificationMissed(INCIDENT, at("15:00"), NIS2, EARLY_WARNING, due);
        var warning = new NotificationDue(NIS2, EARLY_WARNING, due);

        assertThat(of(declared("14:10"), aware).dueBy(EVER)).isEmpty();
        assertThat(of(declared("14:10"), aware, classified).dueBy(EVER))
                .contains(warning)
                .hasSize(2);
        assertThat(of(declared("14:10"), aware, classified, made).dueBy(EVER))
                .doesNotContain(warning)
                .hasSize(1);
        assertThat(of(declared("14:10"), aware, classified, missed).dueBy(EVER)).doesNotContain(warning);
        assertThat(of(declared("14:10", Mode.BACKFILLED, Visibility.OPEN), aware, classified)
                        .dueBy(EVER))
                .isEmpty();
    }

    @Test
    void of_an_incident_entered_afterwards_only_the_actions_are_watched() {
        var deadlines = of(
                declared("14:10", Mode.BACKFILLED, Visibility.OPEN),
                update(1, "15:00", "16:00", Audience.CUSTOMERS),
                action(1, "15:00", "2026-04-01"));

        assertThat(deadlines.dueBy(EVER)).hasSize(1).first().isInstanceOf(ActionDue.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void an_event_that_does_not_concern_deadlines_changes_none(long seed) {
        var deadlines = fold.empty();
        for (var event : RandomHistory.of(seed, 300)) {
            var next = fold.apply(deadlines, event);
            if (!DeadlineFold.concerns(event.event())) {
                assertThat(next).isEqualTo(deadlines);
            }
            deadlines = next;
        }
    }

    private Deadlines of(IncidentEvent... events) {
        return fold.replay(history(events));
    }

    private static CommunicationPlanned plan(String time) {
        return new CommunicationPlanned(
                INCIDENT, at(time), Audience.CUSTOMERS, ANA, new Reference("#status"), Duration.ofMinutes(30));
    }
}
