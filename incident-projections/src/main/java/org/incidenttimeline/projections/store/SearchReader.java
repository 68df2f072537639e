package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.OptionalLong;
import org.incidenttimeline.projections.listing.ListedIncident;
import org.incidenttimeline.projections.search.Excerpt;
import org.incidenttimeline.projections.search.Query;
import org.incidenttimeline.projections.search.Terms;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/** Answers in which timeline entries something was said, the one recorded last first. */
public final class SearchReader {
    private final SearchTable entries;
    private final IncidentIndexTable incidents;

    public SearchReader(SearchTable entries, IncidentIndexTable incidents) {
        this.entries = entries;
        this.incidents = incidents;
    }

    /** An entry in which something was found. */
    public record Hit(TimelineEntry entry, ListedIncident incident, Excerpt excerpt) {
        /** The place of the entry in the whole log, by which hits are ordered. */
        public long place() {
            return entry.recorded().position();
        }
    }

    /** So many of the hits, all of them or only those recorded before a place in the log. */
    public Positioned<List<Hit>> find(Query query, Viewer viewer, OptionalLong before, int most) {
        var where = entries.found(query, "e.place").seenBy(viewer, "e.incident_id");
        before.ifPresent(place -> where.and("e.place < :before", "before", place));
        return Positioned.read(
                this::position,
                () -> entries.newest(where, most).stream()
                        .map(found -> new Hit(
                                found.entry(), found.incident(), Excerpt.of(SearchTable.words(found.entry()), query)))
                        .toList());
    }

    /** Whether an entry is found, by the same words. */
    public static boolean finds(Query query, TimelineEntry entry) {
        return query.finds(Terms.of(SearchTable.words(entry)));
    }

    /** The place in the whole log up to which the hits are complete. */
    public long position() {
        return Math.min(entries.position(), incidents.position());
    }
}
