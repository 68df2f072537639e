package org.incidenttimeline.projections.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent.EntryPinned;
import org.incidenttimeline.core.event.IncidentEvent.EntryUnpinned;
import org.incidenttimeline.core.event.IncidentEvent.NoteAdded;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.timeline.TimelineEntry.Flag;
import org.junit.jupiter.api.Test;

class TimelineFoldTest {
    private final TimelineFold fold = new TimelineFold();

    @Test
    void a_late_entry_sorts_where_it_happened() {
        var timeline = fold.replay(
                history(declared("14:10"), note("14:30", "the second"), change(1, "13:40", Optional.empty())));

        assertThat(timeline.entries()).extracting(TimelineEntry::number).containsExactly(3L, 1L, 2L);
        assertThat(timeline.version()).isEqualTo(3);
    }

    @Test
    void of_two_entries_of_one_time_the_one_recorded_first_comes_first() {
        var timeline = fold.replay(history(declared("14:10"), note("14:30", "a"), note("14:30", "b")));

        assertThat(timeline.entries()).extracting(TimelineEntry::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void an_entry_of_unknown_time_stands_where_it_was_recorded() {
        var timeline = fold.replay(
                history(declared("14:10"), new NoteAdded(INCIDENT, unknown(), text("when?")), note("23:00", "late")));

        assertThat(timeline.entries()).extracting(TimelineEntry::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_correction_changes_what_the_entry_says_and_keeps_what_it_said() {
        var timeline = fold.replay(history(
                declared("14:10"),
                note("14:30", "db1 is down"),
                corrected(2, Optional.of(text("db2 is down")), Optional.of(at("14:00")))));

        assertThat(timeline.entries()).extracting(TimelineEntry::number).containsExactly(2L, 1L);
        var entry = timeline.entry(2).orElseThrow();
        assertThat(entry.text()).contains(text("db2 is down"));
        assertThat(entry.occurredAt()).isEqualTo(at("14:00"));
        assertThat(entry.event()).isEqualTo(note("14:30", "db1 is down"));
        assertThat(entry.corrections()).singleElement().satisfies(c -> {
            assertThat(c.version()).isEqualTo(3);
            assertThat(c.because()).isEqualTo(text("misheard"));
            assertThat(c.by().name()).isEqualTo(ANA);
        });
        assertThat(timeline.version()).isEqualTo(3);
    }

    @Test
    void a_second_correction_of_the_time_leaves_the_corrected_words() {
        var timeline = fold.replay(history(
                declared("14:10"),
                note("14:30", "db1 is down"),
                corrected(2, Optional.of(text("db2 is down")), Optional.empty()),
                corrected(2, Optional.empty(), Optional.of(at("14:20")))));

        var entry = timeline.entry(2).orElseThrow();
        assertThat(entry.text()).contains(text("db2 is down"));
        assertThat(entry.occurredAt()).isEqualTo(at("14:20"));
        assertThat(entry.corrections()).hasSize(2);
    }

    @Test
    void a_correction_of_nothing_changes_nothing() {
        var before = fold.replay(history(declared("14:10")));
        var after = fold.replay(history(declared("14:10"), corrected(7, Optional.of(text("x")), Optional.empty())));

        assertThat(after.entries()).isEqualTo(before.entries());
    }

    @Test
    void a_pin_stays_until_it_is_taken_off() {
        var pinned = fold.replay(history(declared("14:10"), new EntryPinned(INCIDENT, at("14:20"), 1)));
        var unpinned = fold.replay(history(
                declared("14:10"),
                new EntryPinned(INCIDENT, at("14:20"), 1),
                new EntryUnpinned(INCIDENT, at("14:21"), 1)));

        assertThat(pinned.only(TimelineEntry::pinned).entries()).hasSize(1);
        assertThat(unpinned.only(TimelineEntry::pinned).entries()).isEmpty();
    }

    @Test
    void what_must_not_be_overlooked_is_flagged() {
        var timeline = fold.replay(history(
                declared("14:10"),
                change(1, "14:30", Optional.of(FreezeId.number(1))),
                mitigationBegun(1, "14:40", Optional.of(text("no time")))));

        assertThat(timeline.entries())
                .extracting(TimelineEntry::flags)
                .containsExactly(Set.of(), Set.of(Flag.INSIDE_FREEZE), Set.of(Flag.RULE_OVERRIDDEN));
    }

    @Test
    void entries_are_found_by_kind_and_by_actor() {
        var events = new ArrayList<>(history(declared("14:10"), note("14:20", "a"), note("14:30", "b")));
        events.set(1, byTool(events.get(1)));
        var timeline = fold.replay(events);

        assertThat(timeline.only(Timeline.ofKind("note-added")).entries()).hasSize(2);
        assertThat(timeline.only(Timeline.by(Actor.Kind.TOOL)).entries()).hasSize(1);
        assertThat(timeline.only(Timeline.by("ANA")).entries()).hasSize(2);
    }

    @Test
    void a_gap_lies_between_known_times_only() {
        var timeline = fold.replay(history(
                declared("14:10"), new NoteAdded(INCIDENT, unknown(), text("when?")), note("14:50", "at last")));

        assertThat(timeline.gapsLongerThan(Duration.ofMinutes(30)))
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.length()).isEqualTo(Duration.ofMinutes(40));
                    assertThat(gap.before().number()).isEqualTo(3);
                });
        assertThat(timeline.gapsLongerThan(Duration.ofMinutes(40))).isEmpty();
    }

    @Test
    void a_stay_in_a_phase_lasts_until_the_next_phase() {
        var stays = fold.replay(history(
                        declared("14:10"),
                        symptom(1, "14:15", "latency"),
                        mitigationBegun(1, "14:30", Optional.empty()),
                        mitigated(1, "14:45", MitigationOutcome.EFFECTIVE)))
                .stays();

        assertThat(stays)
                .extracting(Timeline.Stay::phase)
                .containsExactly(Phase.DECLARED, Phase.INVESTIGATING, Phase.MITIGATING, Phase.VERIFYING);
        assertThat(stays)
                .extracting(Timeline.Stay::length)
                .containsExactly(
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofMinutes(15)),
                        Optional.of(Duration.ofMinutes(15)),
                        Optional.empty());
    }

    @Test
    void a_replay_gives_what_the_events_give_one_by_one() {
        var events = RandomHistory.of(7, 150);
        var timeline = fold.empty();
        for (int i = 0; i < events.size(); i++) {
            timeline = fold.apply(timeline, events.get(i));
            assertThat(timeline).isEqualTo(fold.replay(events.subList(0, i + 1)));
        }
    }

    @Test
    void the_order_in_which_entries_are_handed_over_does_not_matter() {
        var timeline = fold.replay(RandomHistory.of(7, 100));
        var shuffled = new ArrayList<>(timeline.entries());
        Collections.reverse(shuffled);

        assertThat(new Timeline(timeline.version(), shuffled)).isEqualTo(timeline);
        assertThat(List.copyOf(timeline.asRecorded()))
                .isSortedAccordingTo((a, b) -> Long.compare(a.number(), b.number()));
    }
}
