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

/** Answers whether a service may be changed in an environment. */
public final class FreezeReader {
    private final FreezeTable table;
    private final IncidentHistory history;

    public FreezeReader(FreezeTable table, IncidentHistory history) {
        this.table = table;
        this.history = history;
    }

    /**
     * A freeze that is on.
     *
     * @param seen whether whoever asks sees its incident; otherwise nothing of that may be told
     * @param place the position in the log at which changes were frozen
     */
    public record Told(Freeze freeze, boolean seen, long place) {}

    /**
     * What forbids a change; nothing if it may be made.
     *
     * @param forbidding the freezes in the way, the newest first
     * @param all whether there are no more than these
     */
    public record Check(List<Told> forbidding, boolean all) {
        public boolean frozen() {
            return !forbidding.isEmpty();
        }
    }

    /**
     * Whether the service is frozen there now for this change: see {@link FreezeCheck}, which this answers by one indexed
     * read. Freezes of incidents that the viewer does not see freeze as others do.
     */
    public Check check(
            ServiceName service, Environment environment, Optional<Reference> change, Viewer viewer, int most) {
        var forbidding = table.forbidding(service, environment, change, viewer, most + 1);
        return new Check(forbidding.stream().limit(most).toList(), forbidding.size() <= most);
    }

    /** So many of the freezes that are on, of incidents of every mode; all, or those that began before a place in the log. */
    public Positioned<List<Told>> on(Viewer viewer, OptionalLong before, int most) {
        return Positioned.read(this::visiblePosition, () -> table.on(viewer, before, most));
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
