package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
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

    /** Whether the service is frozen there now for this change; restricted incidents freeze as others do. */
    public FreezeCheck check(ServiceName service, Environment environment, Optional<Reference> change) {
        return FreezeCheck.of(table.covering(service), service, environment, change);
    }

    /** Every freeze that is on, of incidents of every mode. */
    public List<Freeze> on() {
        return table.on();
    }

    /** All freezes of one incident, oldest first, always from the log. */
    public List<Freeze> of(IncidentId incident) {
        return new FreezeFold().replay(history.of(incident)).all();
    }

    /** The place in the whole log up to which the table is complete. */
    public long position() {
        return table.position();
    }
}
