package org.incidenttimeline.projections.deadlines;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.duty.DutyFacts;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.projections.deadlines.Deadline.ActionDue;
import org.incidenttimeline.projections.deadlines.Deadline.NotificationDue;
import org.incidenttimeline.projections.deadlines.Deadline.UpdateDue;

/**
 * The deadlines of one incident that are still to be watched.
 *
 * @param toldAfterwards whether the incident was entered from an old record, whose promises are told in their own time
 * @param promises the open promise of each audience
 * @param actions when the open actions are due that are not recorded as overdue
 * @param duties what was told of duties to report
 * @param notifications when reports are due that were not made and are not recorded as missed
 */
public record Deadlines(
        boolean toldAfterwards,
        Map<Audience, Promise> promises,
        Map<ActionId, LocalDate> actions,
        DutyFacts duties,
        List<NotificationDue> notifications) {
    /** Of an incident of which nothing is recorded. */
    static final Deadlines NONE = new Deadlines(false, Map.of(), Map.of(), DutyFacts.NONE, List.of());

    /**
     * A promise of the next update.
     *
     * @param watched whether it is to be recorded when nothing comes: it lay ahead when it was made, and is not recorded yet
     */
    public record Promise(Instant dueAt, boolean watched) {}

    public Deadlines {
        promises = Map.copyOf(promises);
        actions = Map.copyOf(actions);
        notifications = List.copyOf(notifications);
    }

    /** The soonest of them, if there is any. */
    public Optional<Instant> soonest() {
        return all().map(Deadline::dueAt).min(Comparator.naturalOrder());
    }

    /** Those that were due by then, the oldest first. */
    public List<Deadline> dueBy(Instant moment) {
        return all().filter(deadline -> !deadline.dueAt().isAfter(moment))
                .sorted(Comparator.comparing(Deadline::dueAt))
                .toList();
    }

    private Stream<Deadline> all() {
        return Stream.of(
                        updates(),
                        actions.entrySet().stream().map(a -> new ActionDue(a.getKey(), a.getValue())),
                        notifications.stream())
                .flatMap(deadlines -> deadlines);
    }

    private Stream<Deadline> updates() {
        return promises.entrySet().stream()
                .filter(p -> p.getValue().watched())
                .map(p -> new UpdateDue(p.getKey(), p.getValue().dueAt()));
    }
}
