package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.listing.IncidentFilter;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.incidenttimeline.projections.listing.ListedIncident;
import org.incidenttimeline.projections.search.Query;
import org.incidenttimeline.projections.store.IncidentIndexReader;
import org.incidenttimeline.projections.store.IncidentIndexReader.Place;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Which incidents there are, open and ended. */
@RestController
class IncidentListController {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_OF_A_MICRO = 1_000;

    private final IncidentIndexReader incidents;
    private final IncidentAccess access;
    private final Past past;
    private final Cursors cursors;
    private final EntityTags tags;

    IncidentListController(
            IncidentIndexReader incidents, IncidentAccess access, Past past, Cursors cursors, EntityTags tags) {
        this.incidents = incidents;
        this.access = access;
        this.past = past;
        this.cursors = cursors;
        this.tags = tags;
    }

    /** The incidents wanted, the one declared last first; a filter that is absent wants all. */
    @GetMapping(path = "/api/v1/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "listIncidents")
    ResponseEntity<IncidentsResponse> incidents(
            Principal principal,
            Freshness freshness,
            Moment moment,
            Page page,
            WebRequest request,
            @RequestParam Optional<Set<Phase>> phase,
            @RequestParam Optional<Boolean> open,
            @RequestParam Optional<Set<Severity>> severity,
            @RequestParam Optional<Set<Mode>> mode,
            @RequestParam Optional<Set<ServiceName>> service,
            @RequestParam Optional<Person> lead,
            @RequestParam Optional<Person> person,
            @RequestParam Optional<Instant> declaredFrom,
            @RequestParam Optional<Instant> declaredTo,
            @RequestParam Optional<Instant> startedFrom,
            @RequestParam Optional<Instant> startedTo,
            @RequestParam Optional<Query> q) {
        var filter = new IncidentFilter(
                phases(phase.orElse(Set.of()), open),
                severity.orElse(Set.of()),
                mode.orElse(Set.of()),
                service.orElse(Set.of()),
                lead,
                person,
                new Period(declaredFrom, declaredTo),
                new Period(startedFrom, startedTo),
                q);
        var behind = cursors.numbers(page, 2).map(IncidentListController::place);
        var viewer = access.viewer(principal);
        Waiting.until(freshness.minPosition(), freshness.patience(), () -> incidents.position(filter));
        if (!moment.isNow()) {
            var asked = past.across(moment, freshness, () -> incidents.position(filter));
            var then = incidents.listThen(asked.known(), filter, viewer, behind, page.limit(), Limits.REPLAYED);
            var body = new IncidentsResponse(
                    asked.known().position(),
                    then.incidents().stream().map(ListedResponse::of).toList(),
                    then.next().map(place -> cursors.at(page, numbers(place))));
            return EntityTags.ok(tags.ofContent(body)).body(body);
        }
        return Lists.answer(
                request,
                Lists.question(page, viewer),
                incidents.position(filter),
                () -> incidents.list(filter, viewer, behind, page.limit() + 1),
                read -> {
                    var part = Lists.part(read.value(), page, last -> cursors.at(page, numbers(Place.of(last))));
                    return new IncidentsResponse(
                            read.position(),
                            part.items().stream().map(ListedResponse::of).toList(),
                            part.next());
                });
    }

    private static Set<Phase> phases(Collection<Phase> phases, Optional<Boolean> open) {
        if (open.isEmpty()) {
            return Set.copyOf(phases);
        }
        var wanted = EnumSet.allOf(Phase.class).stream()
                .filter(p -> p.isOpen() == open.get())
                .filter(p -> phases.isEmpty() || phases.contains(p))
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameter open must agree with at least one phase of the parameter phase.");
        }
        return wanted;
    }

    private static long[] numbers(Place place) {
        var time = place.listedAt();
        return new long[] {
            Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / NANOS_OF_A_MICRO),
            place.place()
        };
    }

    private static Place place(long[] numbers) {
        return new Place(
                Instant.ofEpochSecond(
                        Math.floorDiv(numbers[0], MICROS), Math.floorMod(numbers[0], MICROS) * NANOS_OF_A_MICRO),
                numbers[1]);
    }

    /**
     * A part of the list.
     *
     * @param position the place in the log up to which it is complete
     * @param next the cursor of the part behind it; null for the last
     */
    record IncidentsResponse(long position, List<ListedResponse> incidents, Optional<String> next) {}

    /**
     * One incident of the list.
     *
     * @param declaredAt when it was declared, as corrected last
     * @param startedAt when it began, as the declaration said
     * @param changedAt when its last event was recorded
     */
    record ListedResponse(
            IncidentId incidentId,
            long version,
            Title title,
            Phase phase,
            boolean open,
            Severity severity,
            Mode mode,
            Visibility visibility,
            List<ServiceName> services,
            Person lead,
            TimeResponse declaredAt,
            Optional<TimeResponse> startedAt,
            Instant changedAt) {
        static ListedResponse of(ListedIncident incident) {
            return new ListedResponse(
                    incident.incidentId(),
                    incident.version(),
                    incident.title(),
                    incident.phase(),
                    incident.phase().isOpen(),
                    incident.severity(),
                    incident.mode(),
                    incident.visibility(),
                    incident.services(),
                    incident.lead(),
                    TimeResponse.of(incident.declared().occurredAt()),
                    incident.startedAt().map(TimeResponse::of),
                    incident.changedAt());
        }
    }
}
