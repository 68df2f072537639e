package org.incidenttimeline.projections.past;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.timeline.TimelineChange;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.timeline.TimelineFold;

/**
 * What was known at a moment, and how much of it had happened by another.
 *
 * @param position the place in the log of the last event known
 * @param settled a place such that no event up to it is left out, whatever incident it is of; at most the position
 * @param occurredBefore only what happened before this is told of; empty for all that was known
 */
public record Known(long position, long settled, Optional<Instant> occurredBefore) {
    /** All that was recorded up to a place in the log. */
    public static Known upTo(long position) {
        return new Known(position, position, Optional.empty());
    }

    /**
     * The events of one incident that count, in the order of their versions. When something happened is what was claimed
     * last by what is known; of no known time, it happened when it was recorded. A correction or a pin tells nothing of the
     * world by itself: it counts where its entry does.
     */
    public List<RecordedEvent> of(List<RecordedEvent> history) {
        var recorded = history.stream().takeWhile(e -> e.position() <= position).toList();
        return occurredBefore.map(moment -> happenedBefore(moment, recorded)).orElse(recorded);
    }

    private static List<RecordedEvent> happenedBefore(Instant moment, List<RecordedEvent> recorded) {
        var happened = new TimelineFold()
                .replay(recorded).entries().stream()
                        .filter(entry -> entry.sortedBy().isBefore(moment))
                        .map(TimelineEntry::number)
                        .collect(Collectors.toSet());
        return recorded.stream()
                .filter(event -> happened.contains(TimelineChange.of(event).entry()))
                .toList();
    }
}
