package org.incidenttimeline.projections.timeline;

import java.util.List;
import java.util.TreeMap;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.Fold;

/** The timeline of one incident. */
public final class TimelineFold implements Fold<Timeline> {
    @Override
    public Timeline empty() {
        return Timeline.EMPTY;
    }

    @Override
    public Timeline apply(Timeline view, RecordedEvent event) {
        return after(view, List.of(event));
    }

    /** Sorts once at the end, so that a long history costs no more per event than a short one. */
    @Override
    public Timeline replay(List<RecordedEvent> events) {
        return after(empty(), events);
    }

    private static Timeline after(Timeline view, List<RecordedEvent> events) {
        var entries = new TreeMap<Long, TimelineEntry>();
        view.entries().forEach(e -> entries.put(e.number(), e));
        long version = view.version();
        for (RecordedEvent event : events) {
            var change = TimelineChange.of(event);
            if (change instanceof TimelineChange.Added added) {
                entries.put(added.entry(), added.added());
            } else {
                entries.computeIfPresent(change.entry(), (_, entry) -> change.to(entry));
            }
            version = event.version();
        }
        return new Timeline(version, List.copyOf(entries.values()));
    }
}
