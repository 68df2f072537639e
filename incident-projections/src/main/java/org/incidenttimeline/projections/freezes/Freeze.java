package org.incidenttimeline.projections.freezes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.ChangesFrozen;
import org.incidenttimeline.core.event.IncidentEvent.FreezeExceptionGranted;
import org.incidenttimeline.core.event.IncidentEvent.FreezeLifted;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.FreezeExceptionId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/**
 * A freeze of changes. It ends when it is lifted and not before: past its expected end it is overdue to be lifted, and
 * still on.
 *
 * @param mode the mode of its incident; only a LIVE one stops deployments
 */
public record Freeze(
        IncidentId incidentId,
        Mode mode,
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

    /** The freeze that an event is about, if it is about one. */
    public static Optional<FreezeId> concernedBy(IncidentEvent event) {
        return event instanceof FreezeExceptionGranted e
                ? Optional.of(e.freezeId())
                : event.item().filter(FreezeId.class::isInstance).map(FreezeId.class::cast);
    }

    /** The freezes that these entries tell of, oldest first; entries about anything else are passed over. */
    public static List<Freeze> of(Mode mode, List<TimelineEntry> asRecorded) {
        var freezes = new LinkedHashMap<FreezeId, Freeze>();
        for (TimelineEntry entry : asRecorded) {
            concernedBy(entry.event()).ifPresent(id -> {
                if (entry.event() instanceof ChangesFrozen frozen) {
                    freezes.put(id, frozen(mode, frozen, entry));
                } else {
                    freezes.computeIfPresent(id, (_, freeze) -> freeze.after(entry));
                }
            });
        }
        return List.copyOf(freezes.values());
    }

    private static Freeze frozen(Mode mode, ChangesFrozen e, TimelineEntry entry) {
        return new Freeze(
                e.incidentId(),
                mode,
                e.freezeId(),
                e.scope(),
                entry.text().orElse(e.reason()),
                e.expectedEnd(),
                entry.source(),
                List.of(),
                Optional.empty());
    }

    private Freeze after(TimelineEntry entry) {
        return switch (entry.event()) {
            case FreezeExceptionGranted e -> {
                var all = new ArrayList<>(exceptions);
                all.add(new Exempted(
                        e.exceptionId(),
                        e.change(),
                        e.approvedBy(),
                        entry.text().orElse(e.because()),
                        entry.source()));
                yield new Freeze(incidentId, mode, freezeId, scope, reason, expectedEnd, frozen, all, lifted);
            }
            case FreezeLifted e -> {
                var lift = new Lift(entry.text().orElse(e.because()), entry.source());
                yield new Freeze(
                        incidentId, mode, freezeId, scope, reason, expectedEnd, frozen, exceptions, Optional.of(lift));
            }
            // Every event that concerns a freeze is above; this one began it or is about something else.
            case IncidentEvent _ -> this;
        };
    }
}
