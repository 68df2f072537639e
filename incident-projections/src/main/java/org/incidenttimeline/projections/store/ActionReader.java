package org.incidenttimeline.projections.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.actions.ActionItem;

/** Answers which actions are to be done, across incidents and the soonest due first. */
public final class ActionReader {
    private final ActionTable table;
    private final IncidentHistory history;

    public ActionReader(ActionTable table, IncidentHistory history) {
        this.table = table;
        this.history = history;
    }

    /** Where in a list an action stands. It moves only when it is given another date. */
    public record Place(LocalDate due, long place) {}

    /** An action, and where in a list it stands. */
    public record Listed(ActionItem item, Place place) {}

    /**
     * Which actions are wanted; what is empty wants all.
     *
     * @param status where the work stands
     * @param owner whose they are; names are compared as they are written
     * @param dueBefore the day before which they were due
     */
    public record Filter(Optional<ActionItem.Status> status, Optional<Person> owner, Optional<LocalDate> dueBefore) {
        public static final Filter OPEN =
                new Filter(Optional.of(ActionItem.Status.OPEN), Optional.empty(), Optional.empty());
    }

    /** So many of the actions wanted, from the beginning of the list or from behind a place in it. */
    public Positioned<List<Listed>> list(Filter filter, Viewer viewer, Optional<Place> behind, int most) {
        var where = new Where().seenBy(viewer, "a.incident_id");
        filter.status().ifPresent(status -> where.and("a.status = :status", "status", status.name()));
        filter.owner().ifPresent(owner -> where.and("a.owner = :owner", "owner", owner.value()));
        filter.dueBefore().ifPresent(day -> where.and("a.due < :day", "day", day));
        behind.ifPresent(place -> where.and(
                        "(a.due > :behind_due or (a.due = :behind_due and a.place > :behind_place))",
                        "behind_due",
                        place.due())
                .value("behind_place", place.place()));
        return Positioned.read(this::position, () -> table.soonest(where, most));
    }

    /** The actions of one incident, in the order of their assignment, always from the log. */
    public List<ActionItem> of(IncidentId incident) {
        return new ActionFold().replay(history.of(incident));
    }

    /** The place in the whole log up to which the answers are complete. */
    public long position() {
        return table.visiblePosition();
    }
}
