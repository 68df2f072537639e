package org.incidenttimeline.projections.freezes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.FreezeExceptionId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.timeline.Source;

/**
 * A freeze of changes. It ends when it is lifted and not before: past its expected end it is overdue to be lifted, and
 * still on.
 *
 * @param mode the mode of its incident; only a LIVE one stops deployments
 * @param visibility who may see its incident, and so why it is on
 */
public record Freeze(
        IncidentId incidentId,
        Mode mode,
        Visibility visibility,
        FreezeId freezeId,
        Scope scope,
        Text reason,
        Optional<Instant> expectedEnd,
        Source frozen,
        List<Exempted> exceptions,
        Optional<Lift> lifted) {
    /** One change that may pass. */
    public record Exempted(
            FreezeExceptionId exceptionId, Reference change, Person approvedBy, Text because, Source source) {}

    /** The end of a freeze. */
    public record Lift(Text because, Source source) {}

    public Freeze {
        exceptions = List.copyOf(exceptions);
    }

    public boolean isOn() {
        return lifted.isEmpty();
    }

    /** Whether it should have ended by now, and has not been lifted. */
    public boolean isOverdueToBeLifted(Instant now) {
        return isOn() && expectedEnd.filter(now::isAfter).isPresent();
    }

    /** Whether an exception names this change. */
    public boolean lets(Reference change) {
        return exceptions.stream().anyMatch(e -> e.change().equals(change));
    }
}
