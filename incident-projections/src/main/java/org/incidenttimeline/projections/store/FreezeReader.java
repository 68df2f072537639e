package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.freezes.FreezeCheck;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.store.FreezeTable.Forbidding;

/** Answers whether a service may be changed in an environment. */
public final class FreezeReader {
    private final FreezeTable table;
    private final IncidentHistory history;

    public FreezeReader(FreezeTable table, IncidentHistory history) {
        this.table = table;
        this.history = history;
    }

    /**
     * What forbids a change; nothing if it may be made.
     *
     * @param seen the freezes in the way, the newest first, of incidents that the asker sees
     * @param withheld how many more there are, of incidents that the asker does not see
     * @param all whether there are no more than these
     */
    public record Check(List<Freeze> seen, int withheld, boolean all) {
        public boolean frozen() {
            return !seen.isEmpty() || withheld > 0;
        }
    }

    /** A freeze that is on, and the place in the log at which changes were frozen. */
    public record Listed(Freeze freeze, long place) {}

    /**
     * Whether the service is frozen there now for this change: see {@link FreezeCheck}, which this answers by one indexed
     * read. Freezes that the viewer does not see freeze as others do.
     */
    public Check check(
            ServiceName service, Environment environment, Optional<Reference> change, Viewer viewer, int most) {
        var forbidding = table.forbidding(service, environment, change, viewer, most + 1);
        var told = forbidding.stream().limit(most).toList();
        return new Check(
                told.stream().filter(Forbidding::seen).map(Forbidding::freeze).toList(),
                (int) told.stream().filter(f -> !f.seen()).count(),
                forbidding.size() <= most);
    }

    /** So many of the freezes that are on, of incidents of every mode; all, or those that began before a place in the log. */
    public Positioned<List<Listed>> on(Viewer viewer, OptionalLong before, int most) {
        var where = new Where().and("f.is_on").seenBy(viewer, "f.incident_id");
        before.ifPresent(place -> where.and("f.place < :before", "before", place));
        return Positioned.read(this::visiblePosition, () -> table.on(where, most));
    }

    /** All freezes of one incident, oldest first, always from the log. */
    public List<Freeze> of(IncidentId incident) {
        return new FreezeFold().replay(history.of(incident)).all();
    }

    /** The place in the whole log up to which the list is complete. */
    public long visiblePosition() {
        return table.visiblePosition();
    }

    /** The place in the whole log up to which the check knows all. */
    public long position() {
        return table.position();
    }
}
