package org.incidenttimeline.api.exercise;

import java.time.Instant;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.Text;

/**
 * A fact of a script, as the facilitator wrote it.
 *
 * @param dueAt when it is delivered, unless the facilitator delivers it earlier
 */
public record Inject(
        IncidentId incidentId, InjectId injectId, Instant dueAt, InjectKind kind, Text what, Status status) {
    /** What became of it. */
    public enum Status {
        PLANNED,
        DELIVERED,
        WITHHELD
    }
}
