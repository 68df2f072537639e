package org.incidenttimeline.projections.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Progress;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.timeline.Source;

/**
 * An incident as lists show it. Lists are ordered by {@code listedAt} and {@code place}, which never change, so that who
 * goes through a list page by page meets every incident once.
 *
 * @param version the version of the last event that it knows
 * @param place the place of its declaration in the whole log
 * @param named everyone who declared it or was ever given a role in it; these see it where it is restricted
 * @param listedAt when it was declared, as was said then
 * @param declared the declaration, with its time as corrected last
 * @param changedAt when the log accepted its last event
 */
public record ListedIncident(
        IncidentId incidentId,
        long version,
        long place,
        Title title,
        Severity severity,
        Progress progress,
        Mode mode,
        Visibility visibility,
        List<ServiceName> services,
        Person lead,
        Set<Person> named,
        Instant listedAt,
        Source declared,
        Optional<OccurredAt> startedAt,
        Instant changedAt) {
    public ListedIncident {
        services = List.copyOf(services);
        named = Set.copyOf(named);
    }

    public Phase phase() {
        return progress.phase();
    }
}
