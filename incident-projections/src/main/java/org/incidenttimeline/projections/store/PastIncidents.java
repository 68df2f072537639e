package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.past.Known;

/**
 * The incidents that an answer about the past must go through. Of an incident that ended before and was not touched since
 * the index says all; the events of the others are read from the log.
 */
final class PastIncidents {
    private final IncidentIndexTable index;
    private final IncidentHistory history;

    PastIncidents(IncidentIndexTable index, IncidentHistory history) {
        this.index = index;
        this.history = history;
    }

    /** An incident that was declared by then, and whether whoever asks sees it. */
    record Candidate(IncidentId incident, boolean seen) {}

    /** What counts of an incident's events. */
    record Told(Candidate candidate, List<RecordedEvent> events) {}

    /**
     * The incidents declared by then that meet the condition on the alias {@code i}.
     *
     * @throws TooMuchToReplay if they are more than so many
     */
    List<Told> told(Known known, Viewer viewer, Where where, int most) {
        where.and("i.place <= :known", "known", known.position());
        String seen = where.seen(viewer, "i.incident_id");
        var found = index.candidates(seen, where, most + 1);
        if (found.size() > most) {
            throw new TooMuchToReplay(most);
        }
        return found.stream()
                .map(candidate -> new Told(candidate, known.of(history.of(candidate.incident()))))
                .toList();
    }

    /** The condition that something was changed where an answer about the past would not know it. */
    static String changedSince(Known known, Where where) {
        where.value("settled", known.settled());
        return "i.changed_place > :settled";
    }

    /** Where in the log each of these events stands, by its version. */
    static Map<Long, Long> places(List<RecordedEvent> events) {
        return events.stream().collect(Collectors.toMap(RecordedEvent::version, RecordedEvent::position));
    }
}
