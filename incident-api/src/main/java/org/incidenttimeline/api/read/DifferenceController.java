package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.past.Difference;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.projections.duties.Duties;
import org.incidenttimeline.projections.export.JsonExport;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.rhythm.Rhythm;
import org.incidenttimeline.projections.wording.People;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What changed in an incident from one version to another. */
@RestController
class DifferenceController {
    private final Past past;
    private final DutyTemplates templates;
    private final IncidentHistory history;
    private final JsonMapper json;
    private final EntityTags tags;

    DifferenceController(
            Past past, DutyTemplates templates, IncidentHistory history, JsonMapper json, EntityTags tags) {
        this.past = past;
        this.templates = templates;
        this.history = history;
        this.json = json;
        this.tags = tags;
    }

    /** Which answer is compared. */
    enum View {
        INCIDENT,
        RHYTHM,
        TIMELINE,
        POSTMORTEM
    }

    /** The difference between two versions of one view of the incident, and the events that made it. */
    @GetMapping(path = "/api/v1/incidents/{incident}/difference", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getDifference")
    @MayAnswer(ProblemCode.VERSION_NOT_REACHED)
    ResponseEntity<DifferenceResponse> difference(
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam long from,
            @RequestParam long to,
            @RequestParam(defaultValue = "INCIDENT") View view) {
        if (from < 1 || from > to) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameters from and to must be versions of the incident, from 1 on and in their order.");
        }
        Waiting.until(freshness.minVersion(), freshness.patience(), () -> history.versionOf(incident));
        var before = past.of(incident, version(from));
        var after = past.of(incident, version(to));
        var body = new DifferenceResponse(
                incident,
                view,
                from,
                to,
                Difference.between(answer(view, before), answer(view, after)).stream()
                        .map(DifferentResponse::of)
                        .toList(),
                after.events().stream().skip(from).map(EventBetweenResponse::of).toList());
        return EntityTags.ok(tags.ofContent(body)).body(body);
    }

    private static Moment version(long version) {
        return new Moment(Optional.empty(), OptionalLong.of(version), Optional.empty());
    }

    private JsonNode answer(View view, Past.Told told) {
        var incident = new IncidentFold()
                .replay(told.events())
                .orElseThrow(() -> Refusal.INCIDENT_NOT_DECLARED.because("There is no such incident."));
        return switch (view) {
            case INCIDENT -> json.valueToTree(IncidentResponse.of(incident, templates, told.now()));
            case RHYTHM ->
                json.valueToTree(RhythmResponse.of(
                        incident, Rhythm.of(incident, told.now()), Duties.of(incident, templates, told.now())));
            case TIMELINE -> json.readTree(timeline(incident));
            case POSTMORTEM -> json.readTree(JsonExport.of(PostmortemDraft.of(incident), People.named()));
        };
    }

    private static byte[] timeline(IncidentView incident) {
        return JsonExport.of(incident.timeline(), incident.incidentId(), Optional.empty(), People.named());
    }

    /**
     * What changed.
     *
     * @param changes the places at which the two versions of the view differ
     * @param events the events behind the first version, up to the second one
     */
    record DifferenceResponse(
            IncidentId incidentId,
            View view,
            long from,
            long to,
            List<DifferentResponse> changes,
            List<EventBetweenResponse> events) {}

    /**
     * One place that differs.
     *
     * @param path where, like a JSON Pointer; elements of lists go by their number, identifier or name
     * @param before what stood there, any JSON; null where it was added
     * @param after what stands there, any JSON; null where it was removed
     */
    record DifferentResponse(String path, Difference.Kind kind, Optional<JsonNode> before, Optional<JsonNode> after) {
        static DifferentResponse of(Difference.Change change) {
            return new DifferentResponse(change.path(), change.kind(), change.before(), change.after());
        }
    }

    /** An event that lies between the two versions. */
    record EventBetweenResponse(
            long version,
            long position,
            String kind,
            TimeResponse occurredAt,
            Instant recordedAt,
            Person by,
            Actor.Kind byKind,
            Optional<Person> onBehalfOf) {
        static EventBetweenResponse of(RecordedEvent event) {
            var provenance = event.provenance();
            return new EventBetweenResponse(
                    event.version(),
                    event.position(),
                    EventCatalogue.kindOf(event.event()),
                    TimeResponse.of(event.event().occurredAt()),
                    event.recordedAt(),
                    provenance.actor().name(),
                    provenance.actor().kind(),
                    provenance.onBehalfOf());
        }
    }
}
