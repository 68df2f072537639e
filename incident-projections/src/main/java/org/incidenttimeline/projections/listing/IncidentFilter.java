package org.incidenttimeline.projections.listing;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.projections.search.Query;

/**
 * Which incidents are wanted; what is empty wants all. Names are compared whatever their case.
 *
 * @param services at least one of these is among the incident's services
 * @param person somebody who declared it or was ever given a role in it
 * @param declared when it was declared, as corrected last
 * @param started when it began, where that is known
 * @param query what one of its entries must say
 */
public record IncidentFilter(
        Set<Phase> phases,
        Set<Severity> severities,
        Set<Mode> modes,
        Set<ServiceName> services,
        Optional<Person> lead,
        Optional<Person> person,
        Period declared,
        Period started,
        Optional<Query> query) {
    /** A stretch of time, {@code from} inclusive and {@code to} exclusive. */
    public record Period(Optional<Instant> from, Optional<Instant> to) {
        public static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());

        public boolean includes(Instant time) {
            return from.filter(time::isBefore).isEmpty()
                    && to.filter(t -> !time.isBefore(t)).isEmpty();
        }
    }

    public static final IncidentFilter ALL = declaredIn(Period.ALWAYS);

    public IncidentFilter {
        phases = Set.copyOf(phases);
        severities = Set.copyOf(severities);
        modes = Set.copyOf(modes);
        services = Set.copyOf(services);
    }

    /** All incidents that were declared in a period. */
    public static IncidentFilter declaredIn(Period declared) {
        return new IncidentFilter(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                declared,
                Period.ALWAYS,
                Optional.empty());
    }

    /** Whether an incident is wanted, apart from what its entries say. */
    public boolean wants(ListedIncident incident) {
        return (phases.isEmpty() || phases.contains(incident.phase()))
                && (severities.isEmpty() || severities.contains(incident.severity()))
                && (modes.isEmpty() || modes.contains(incident.mode()))
                && (services.isEmpty()
                        || incident.services().stream()
                                .anyMatch(s -> services.stream().anyMatch(wanted -> same(wanted.value(), s.value()))))
                && lead.filter(name -> !same(name.value(), incident.lead().value()))
                        .isEmpty()
                && person.filter(name -> incident.named().stream().noneMatch(n -> same(name.value(), n.value())))
                        .isEmpty()
                && declared.includes(incident.declared().sortedBy())
                && (started.equals(Period.ALWAYS)
                        || incident.startedAt()
                                .flatMap(OccurredAt::at)
                                .filter(started::includes)
                                .isPresent());
    }

    private static boolean same(String one, String other) {
        return one.equalsIgnoreCase(other);
    }
}
