package org.incidenttimeline.projections.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.listing.ListedIncidentFold;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.rhythm.Rhythm;
import org.incidenttimeline.projections.statusboard.StatusCardFold;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.timeline.TimelineFold;
import org.junit.jupiter.api.Test;

class KnownTest {
    @Test
    void what_was_recorded_later_was_not_known() {
        var history = history(declared("14:10"), note("14:30", "a"), note("14:00", "b"));

        assertThat(Known.upTo(history.get(1).position()).of(history)).isEqualTo(history.subList(0, 2));
        assertThat(Known.upTo(0).of(history)).isEmpty();
    }

    @Test
    void what_happened_by_then_goes_by_the_last_claim_that_was_known() {
        var history = history(
                declared("14:10"),
                note("14:30", "a"),
                corrected(2, Optional.empty(), Optional.of(at("14:50"))),
                note("14:35", "b"));
        var between = moment("14:40");

        assertThat(versions(known(history, 2, between))).containsExactly(1L, 2L);
        assertThat(versions(known(history, 4, between))).containsExactly(1L, 4L);
        assertThat(versions(known(history, 4, moment("14:51")))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(versions(known(history, 4, moment("14:10")))).isEmpty();
    }

    /** Whatever is left out, the views go on; and the timeline shows exactly the entries of before. */
    @Test
    void every_view_of_a_history_with_gaps_is_there() {
        for (long seed = 1; seed <= 60; seed++) {
            var history = RandomHistory.of(seed, 80);
            var random = new SplittableRandom(seed);
            int last = random.nextInt(1, history.size() + 1);
            var moment = moment("%02d:%02d".formatted(random.nextInt(10, 24), random.nextInt(60)));
            var events = known(history, last, moment);
            var whole = new TimelineFold().replay(history.subList(0, last));

            assertThat(new TimelineFold().replay(events).entries())
                    .as("seed " + seed)
                    .isEqualTo(whole.entries().stream()
                            .filter(e -> e.sortedBy().isBefore(moment))
                            .toList());
            new FreezeFold().replay(events);
            new ActionFold().replay(events);
            var view = new IncidentFold().replay(events);
            boolean declared =
                    whole.entry(1).map(TimelineEntry::sortedBy).orElseThrow().isBefore(moment);
            assertThat(view.isPresent()).isEqualTo(declared);
            assertThat(new StatusCardFold().replay(events).isPresent()).isEqualTo(declared);
            assertThat(new ListedIncidentFold().replay(events).isPresent()).isEqualTo(declared);
            view.ifPresent(v -> draw(v, moment));
        }
    }

    private static void draw(IncidentView view, Instant moment) {
        assertThat(Rhythm.of(view, moment).beats()).isNotEmpty();
        assertThat(PostmortemDraft.of(view).incident()).isEqualTo(view);
    }

    private static List<RecordedEvent> known(List<RecordedEvent> history, int last, Instant before) {
        long position = history.get(last - 1).position();
        return new Known(position, position, Optional.of(before)).of(history);
    }

    private static Instant moment(String time) {
        return at(time).at().orElseThrow();
    }

    private static List<Long> versions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::version).toList();
    }
}
