package org.incidenttimeline.projections.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.actions.ActionItem;

/**
 * Answers which actions are to be done, across incidents and the soonest due first. The actions of restricted incidents
 * are left out, as are those of an incident whose status card is not there yet; see {@link #withRestricted()}.
 */
public final class ActionReader {
    private final ActionTable table;
    private final IncidentHistory history;
    private final boolean restricted;

    public ActionReader(ActionTable table, IncidentHistory history) {
        this(table, history, false);
    }

    private ActionReader(ActionTable table, IncidentHistory history, boolean restricted) {
        this.table = table;
        this.history = history;
        this.restricted = restricted;
    }

    /** The same answers for those who may see restricted incidents. */
    public ActionReader withRestricted() {
        return new ActionReader(table, history, true);
    }

    public List<ActionItem> open() {
        return table.where("a.status = 'OPEN'", Map.of(), restricted);
    }

    /** The open actions that were due before this day. */
    public List<ActionItem> overdue(LocalDate today) {
        return table.where("a.status = 'OPEN' and a.due < :today", Map.of("today", today), restricted);
    }

    /** Every action of one owner, done and dropped ones included; names are compared as they are written. */
    public List<ActionItem> ownedBy(Person owner) {
        return table.where("a.owner = :owner", Map.of("owner", owner.value()), restricted);
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
