package org.incidenttimeline.projections.store;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.past.Known;

/** Answers which actions are to be done, across incidents and the soonest due first. */
public final class ActionReader {
    private static final Comparator<Place> COMES_FIRST =
            Comparator.comparing(Place::due).thenComparingLong(Place::place);
    private static final Comparator<Listed> SOONEST_FIRST = Comparator.comparing(Listed::place, COMES_FIRST);

    private final ActionTable table;
    private final IncidentHistory history;
    private final PastIncidents past;

    public ActionReader(ActionTable table, IncidentIndexTable index, IncidentHistory history) {
        this.table = table;
        this.history = history;
        this.past = new PastIncidents(index, history);
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

        boolean wants(ActionItem item) {
            return status.filter(s -> s != item.status()).isEmpty()
                    && owner.filter(o -> !item.owner().equals(Optional.of(o))).isEmpty()
                    && dueBefore
                            .filter(day -> !ActionTable.due(item).isBefore(day))
                            .isEmpty();
        }
    }

    /** So many of the actions wanted, from the beginning of the list or from behind a place in it. */
    public Positioned<List<Listed>> list(Filter filter, Viewer viewer, Optional<Place> behind, int most) {
        var where = table.where().seenBy(viewer, "a.incident_id");
        filter.status().ifPresent(status -> where.and("a.status = :status", "status", status.name()));
        filter.owner().ifPresent(owner -> where.and("a.owner = :owner", "owner", table.owner(owner)));
        filter.dueBefore().ifPresent(day -> where.and("a.due < :day", "day", day));
        behind.ifPresent(place -> where.and(
                        "(a.due > :behind_due or (a.due = :behind_due and a.place > :behind_place))",
                        "behind_due",
                        place.due())
                .value("behind_place", place.place()));
        return Positioned.read(this::position, () -> table.soonest(where, most));
    }

    /**
     * The same list about the past.
     *
     * @param replayed how many incidents it may go through
     * @throws TooMuchToReplay if actions of more incidents were open then, or may have been
     */
    public List<Listed> listThen(
            Known known, Filter filter, Viewer viewer, Optional<Place> behind, int most, int replayed) {
        var where = table.where().seenBy(viewer, "i.incident_id");
        where.and("""
                exists (select 1 from views.action_item a
                        where a.incident_id = i.incident_id and a.place <= :known
                        and (a.status in (:candidates) or %s))
                """.formatted(PastIncidents.changedSince(known, where)))
                .value(
                        "candidates",
                        filter.status()
                                .map(s -> List.of(s.name()))
                                .orElseGet(() -> Stream.of(ActionItem.Status.values())
                                        .map(Enum::name)
                                        .toList()));
        return past.told(known, viewer, where, replayed).stream()
                .flatMap(told -> listed(told.events()))
                .filter(listed -> filter.wants(listed.item()))
                .sorted(SOONEST_FIRST)
                .dropWhile(listed -> behind.filter(place -> COMES_FIRST.compare(listed.place(), place) <= 0)
                        .isPresent())
                .limit(most)
                .toList();
    }

    private static Stream<Listed> listed(List<RecordedEvent> events) {
        var places = PastIncidents.places(events);
        return new ActionFold()
                .replay(events).stream()
                        .map(item -> new Listed(
                                item,
                                new Place(
                                        ActionTable.due(item),
                                        places.getOrDefault(
                                                item.sources().getFirst().entry(), 0L))));
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
