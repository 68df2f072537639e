package org.incidenttimeline.projections.store;

import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineFold;

/** Answers what happened in an incident. */
public final class TimelineReader {
    private final TimelineTable table;
    private final IncidentHistory history;

    public TimelineReader(TimelineTable table, IncidentHistory history) {
        this.table = table;
        this.history = history;
    }

    /**
     * The timeline at this version or a later one, folded from the log where the table is behind. Of an incident that
     * does not exist it is empty; where the log itself ends before the version wanted, it ends there too.
     */
    public Timeline of(IncidentId incident, long atLeastVersion) {
        var stored = table.timelineOf(incident);
        return stored.version() > 0 && stored.version() >= atLeastVersion
                ? stored
                : new TimelineFold().replay(history.of(incident));
    }

    /** The timeline as it was at a version that the incident has reached. */
    public Timeline at(IncidentId incident, long version) {
        var stored = table.timelineOf(incident);
        return stored.version() == version
                ? stored
                : new TimelineFold()
                        .replay(history.of(incident).stream()
                                .filter(event -> event.version() <= version)
                                .toList());
    }

    /** The place in the whole log up to which the table is complete. */
    public long position() {
        return table.position();
    }
}
