package org.incidenttimeline.projections.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.listing.IncidentFilter;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.incidenttimeline.projections.listing.ListedIncident;
import org.incidenttimeline.projections.listing.ListedIncidentFold;
import org.incidenttimeline.projections.past.Known;
import org.incidenttimeline.projections.timeline.TimelineFold;

/** Answers which incidents there are, the one declared last first. */
public final class IncidentIndexReader {
    private final IncidentIndexTable incidents;
    private final SearchTable entries;
    private final IncidentHistory history;

    public IncidentIndexReader(IncidentIndexTable incidents, SearchTable entries, IncidentHistory history) {
        this.incidents = incidents;
        this.entries = entries;
        this.history = history;
    }

    /** Where in the list an incident stands; none ever moves. */
    public record Place(Instant listedAt, long place) {
        public static Place of(ListedIncident incident) {
            return new Place(incident.listedAt(), incident.place());
        }
    }

    /** So many of the incidents wanted, from the beginning of the list or from behind a place in it. */
    public Positioned<List<ListedIncident>> list(
            IncidentFilter filter, Viewer viewer, Optional<Place> behind, int most) {
        var where = where(filter).seenBy(viewer, "i.incident_id");
        behind.ifPresent(place -> behind(where, place));
        return Positioned.read(() -> position(filter), () -> incidents.newest(where, most));
    }

    /**
     * A part of a list about the past.
     *
     * @param next where the list goes on; empty at its end
     */
    public record Part(List<ListedIncident> incidents, Optional<Place> next) {}

    /**
     * The same list about the past, seen with the eyes of today. It may hold fewer than there could be and yet go on:
     * where few of the incidents are wanted, a part ends when so many were looked at.
     */
    public Part listThen(
            Known known, IncidentFilter filter, Viewer viewer, Optional<Place> behind, int most, int lookedAt) {
        var where = where(constant(filter))
                .seenBy(viewer, "i.incident_id")
                .and("i.place <= :known", "known", known.position());
        behind.ifPresent(place -> behind(where, place));
        var candidates = incidents.newestIndexed(where, lookedAt + 1);
        var found = new ArrayList<ListedIncident>();
        for (int i = 0; i < Math.min(candidates.size(), lookedAt); i++) {
            then(candidates.get(i), known, filter).ifPresent(found::add);
            if (found.size() == most || i + 1 == lookedAt) {
                boolean more = i + 1 < candidates.size();
                return new Part(
                        found, more ? Optional.of(Place.of(candidates.get(i).incident())) : Optional.empty());
            }
        }
        return new Part(found, Optional.empty());
    }

    private Optional<ListedIncident> then(IncidentIndexTable.Indexed indexed, Known known, IncidentFilter filter) {
        var now = indexed.incident();
        if (indexed.changedPlace() <= known.settled() && filter.query().isEmpty()) {
            return Optional.of(now).filter(filter::wants);
        }
        var events = known.of(history.of(now.incidentId()));
        return new ListedIncidentFold()
                .replay(events)
                .filter(filter::wants)
                .filter(_ -> filter.query()
                        .filter(query -> new TimelineFold()
                                .replay(events).entries().stream().noneMatch(entry -> SearchReader.finds(query, entry)))
                        .isEmpty());
    }

    /** What no event changes of an incident: by this the index finds it, whatever moment is asked about. */
    private static IncidentFilter constant(IncidentFilter filter) {
        return new IncidentFilter(
                Set.of(),
                Set.of(),
                filter.modes(),
                filter.services(),
                Optional.empty(),
                Optional.empty(),
                Period.ALWAYS,
                filter.started(),
                Optional.empty());
    }

    private static void behind(Where where, Place place) {
        where.and(
                        "(i.listed_at < :behind_time or (i.listed_at = :behind_time and i.place < :behind_place))",
                        "behind_time",
                        IncidentIndexTable.utc(place.listedAt()))
                .value("behind_place", place.place());
    }

    private Where where(IncidentFilter filter) {
        var where = incidents.where();
        if (!filter.phases().isEmpty()) {
            where.and("i.phase in (:phases)", "phases", names(filter.phases()));
        }
        if (!filter.severities().isEmpty()) {
            where.and("i.severity in (:severities)", "severities", names(filter.severities()));
        }
        if (!filter.modes().isEmpty()) {
            where.and("i.mode in (:modes)", "modes", names(filter.modes()));
        }
        if (!filter.services().isEmpty()) {
            where.and(
                    """
                    i.incident_id in (select s.incident_id from views.incident_service s
                                      where s.service in (:services))
                    """,
                    "services",
                    filter.services().stream()
                            .map(ServiceName::value)
                            .map(Folded::of)
                            .toList());
        }
        filter.lead().ifPresent(lead -> where.and("i.lead = :lead", "lead", incidents.person(lead)));
        filter.person().ifPresent(person -> where.and("""
                i.incident_id in (select p.incident_id from views.incident_person p where p.person = :person)
                """, "person", incidents.person(person)));
        within(where, "i.declared_at", "declared", filter.declared());
        within(where, "i.started_at", "started", filter.started());
        filter.query().ifPresent(query -> {
            var found = entries.found(query, "e.place");
            where.and("i.incident_id in (select e.incident_id from views.search_entry e" + found.sql() + ")");
            found.values().forEach(where::value);
        });
        return where;
    }

    private static void within(Where where, String column, String name, Period period) {
        period.from()
                .ifPresent(from ->
                        where.and(column + " >= :" + name + "_from", name + "_from", IncidentIndexTable.utc(from)));
        period.to()
                .ifPresent(to -> where.and(column + " < :" + name + "_to", name + "_to", IncidentIndexTable.utc(to)));
    }

    private static List<String> names(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).sorted().toList();
    }

    /** The place in the whole log up to which the list is complete. */
    public long position(IncidentFilter filter) {
        return filter.query().isPresent() ? Math.min(incidents.position(), entries.position()) : incidents.position();
    }
}
