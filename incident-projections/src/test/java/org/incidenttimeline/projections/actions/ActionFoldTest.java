package org.incidenttimeline.projections.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.time.LocalDate;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent.ActionCompleted;
import org.incidenttimeline.core.event.IncidentEvent.ActionDropped;
import org.incidenttimeline.core.event.IncidentEvent.ActionReassigned;
import org.incidenttimeline.core.event.IncidentEvent.ActionRescheduled;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.projections.actions.ActionItem.Status;
import org.incidenttimeline.projections.timeline.Source;
import org.junit.jupiter.api.Test;

class ActionFoldTest {
    private final ActionFold fold = new ActionFold();

    @Test
    void an_action_changes_hands_and_date_until_it_is_done() {
        var items = fold.replay(history(
                declared("14:10"),
                action(1, "15:00", "2026-04-01"),
                new ActionReassigned(
                        INCIDENT, at("15:01"), ActionId.number(1), Optional.of(BEN), ANA, text("ben is away")),
                new ActionRescheduled(
                        INCIDENT,
                        at("15:02"),
                        ActionId.number(1),
                        Optional.of(LocalDate.parse("2026-04-01")),
                        LocalDate.parse("2026-04-15"),
                        text("later")),
                closed("16:00"),
                new ActionCompleted(
                        INCIDENT,
                        at("17:00"),
                        ActionId.number(1),
                        Optional.of(text("alert is on")),
                        Optional.empty())));

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.owner()).contains(ANA);
            assertThat(item.due()).contains(LocalDate.parse("2026-04-15"));
            assertThat(item.status()).isEqualTo(Status.DONE);
            assertThat(item.outcome()).contains(text("alert is on"));
            assertThat(item.sources()).extracting(Source::entry).containsExactly(2L, 3L, 4L, 6L);
        });
    }

    @Test
    void only_an_open_action_is_overdue_and_not_on_the_day_itself() {
        var open = fold.replay(history(declared("14:10"), action(1, "15:00", "2026-04-01")))
                .getFirst();
        var dropped = fold.replay(history(
                        declared("14:10"),
                        action(1, "15:00", "2026-04-01"),
                        new ActionDropped(INCIDENT, at("15:01"), ActionId.number(1), text("no longer needed"))))
                .getFirst();

        assertThat(open.isOverdue(LocalDate.parse("2026-04-01"))).isFalse();
        assertThat(open.isOverdue(LocalDate.parse("2026-04-02"))).isTrue();
        assertThat(dropped.isOverdue(LocalDate.parse("2026-04-02"))).isFalse();
        assertThat(dropped.outcome()).contains(text("no longer needed"));
    }

    @Test
    void a_correction_reaches_the_words_and_the_time() {
        var item = fold.replay(history(
                        declared("14:10"),
                        action(1, "15:00", "2026-04-01"),
                        corrected(2, Optional.of(text("alert on pool size")), Optional.of(at("15:05")))))
                .getFirst();

        assertThat(item.text()).isEqualTo(text("alert on pool size"));
        assertThat(item.sources().getFirst().occurredAt()).isEqualTo(at("15:05"));
    }
}
