package org.incidenttimeline.projections.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.projections.listing.IncidentFilter;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.incidenttimeline.projections.listing.ListedIncident;

/** Answers which incidents there are, the one declared last first. */
public final class IncidentIndexReader {
    private final IncidentIndexTable incidents;
    private final SearchTable entries;

    public IncidentIndexReader(IncidentIndexTable incidents, SearchTable entries) {
        this.incidents = incidents;
        this.entries = entries;
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
        behind.ifPresent(place -> where.and(
                        "(i.listed_at < :behind_time or (i.listed_at = :behind_time and i.place < :behind_place))",
                        "behind_time",
                        IncidentIndexTable.utc(place.listedAt()))
                .value("behind_place", place.place()));
        return Positioned.read(() -> position(filter), () -> incidents.newest(where, most));
    }

    private static Where where(IncidentFilter filter) {
        var where = new Where();
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
        filter.lead().ifPresent(lead -> where.and("i.lead = :lead", "lead", Folded.of(lead.value())));
        filter.person().ifPresent(person -> where.and("""
                i.incident_id in (select p.incident_id from views.incident_person p where p.person = :person)
                """, "person", Folded.of(person.value())));
        within(where, "i.declared_at", "declared", filter.declared());
        within(where, "i.started_at", "started", filter.started());
        filter.query().ifPresent(query -> {
            var found = new Where().found(query, "e.place");
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
