package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.projections.duties.Duties;
import org.incidenttimeline.projections.export.Document;
import org.incidenttimeline.projections.export.JsonExport;
import org.incidenttimeline.projections.export.MarkdownWriter;
import org.incidenttimeline.projections.export.PostmortemDocument;
import org.incidenttimeline.projections.export.TimelineDocument;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.rhythm.Rhythm;
import org.incidenttimeline.projections.search.Query;
import org.incidenttimeline.projections.store.SearchReader;
import org.incidenttimeline.projections.store.TimelineReader;
import org.incidenttimeline.projections.timeline.Correction;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.timeline.TimelineFold;
import org.incidenttimeline.projections.wording.People;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** One incident, as it stands and as it went. */
@RestController
@RequestMapping("/api/v1/incidents/{incident}")
class IncidentController {
    private static final String MARKDOWN = "text/markdown";

    /** What tells the tag of a Markdown document from that of the JSON at its address. */
    private static final String FORM = "md";

    private final IncidentHistory history;
    private final TimelineReader timelines;
    private final EntityTags tags;
    private final Cursors cursors;
    private final Past past;
    private final DutyTemplates templates;
    private final Clock clock;

    IncidentController(
            IncidentHistory history,
            TimelineReader timelines,
            EntityTags tags,
            Cursors cursors,
            Past past,
            DutyTemplates templates,
            Clock clock) {
        this.history = history;
        this.timelines = timelines;
        this.tags = tags;
        this.cursors = cursors;
        this.past = past;
        this.templates = templates;
        this.clock = clock;
    }

    /** How a document calls people. */
    enum Naming {
        NAMES,
        ROLES
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getIncident")
    ResponseEntity<IncidentResponse> incident(@PathVariable IncidentId incident, Freshness freshness, Moment moment) {
        return answer(incident, freshness, moment, (view, now) -> IncidentResponse.of(view, templates, now));
    }

    @GetMapping(path = "/rhythm", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getRhythm")
    ResponseEntity<RhythmResponse> rhythm(@PathVariable IncidentId incident, Freshness freshness, Moment moment) {
        return answer(
                incident,
                freshness,
                moment,
                (view, now) -> RhythmResponse.of(view, Rhythm.of(view, now), Duties.of(view, templates, now)));
    }

    /** Which reports regimes ask for, by when, and what became of each. */
    @GetMapping(path = "/duties", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getDuties")
    ResponseEntity<DutiesResponse> duties(@PathVariable IncidentId incident, Freshness freshness, Moment moment) {
        return answer(
                incident,
                freshness,
                moment,
                (view, now) -> DutiesResponse.of(view, Duties.of(view, templates, now), now));
    }

    private <T> ResponseEntity<T> answer(
            IncidentId incident, Freshness freshness, Moment moment, BiFunction<IncidentView, Instant, T> answer) {
        require(incident, freshness);
        if (moment.isNow()) {
            return asOfNow(view(incident, history.of(incident)), answer);
        }
        var told = past.of(incident, moment);
        var then = answer.apply(view(incident, told.events()), told.now());
        return EntityTags.ok(tags.ofContent(then)).body(then);
    }

    /** What depends on the clock too: on what is overdue by now. */
    private <T> ResponseEntity<T> asOfNow(IncidentView view, BiFunction<IncidentView, Instant, T> answer) {
        var now = answer.apply(view, clock.instant());
        return EntityTags.ok(tags.of(view.version(), answer.apply(view, lastRecorded(view)), now))
                .body(now);
    }

    private static Instant lastRecorded(IncidentView view) {
        return view.timeline().entries().stream()
                .flatMap(e -> Stream.concat(
                        Stream.of(e.recordedAt()), e.corrections().stream().map(Correction::recordedAt)))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The entries wanted; each filter that is absent wants all. */
    record Filter(
            Optional<List<String>> kind,
            Optional<String> actor,
            Optional<Actor.Kind> actorKind,
            Optional<Boolean> pinned,
            Period happened,
            Optional<Query> query) {
        Timeline of(Timeline timeline) {
            Predicate<TimelineEntry> wanted = e -> happened.includes(e.sortedBy());
            if (kind.isPresent()) {
                wanted = wanted.and(e -> kind.get().contains(e.kind()));
            }
            if (actor.isPresent()) {
                wanted = wanted.and(Timeline.by(actor.get()));
            }
            if (actorKind.isPresent()) {
                wanted = wanted.and(Timeline.by(actorKind.get()));
            }
            if (pinned.isPresent()) {
                wanted = wanted.and(e -> e.pinned() == pinned.get());
            }
            if (query.isPresent()) {
                wanted = wanted.and(e -> SearchReader.finds(query.get(), e));
            }
            return timeline.only(wanted);
        }
    }

    /**
     * The timeline, whole or in parts. All parts show it at the version of the first, so that entries that are added or
     * corrected meanwhile move nothing.
     */
    @GetMapping(path = "/timeline", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getTimeline")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = JsonExport.TimelinePartJson.class)))
    ResponseEntity<byte[]> timeline(
            @PathVariable IncidentId incident,
            Freshness freshness,
            Moment moment,
            Page page,
            WebRequest request,
            @RequestParam Optional<List<String>> kind,
            @RequestParam Optional<String> actor,
            @RequestParam Optional<Actor.Kind> actorKind,
            @RequestParam Optional<Boolean> pinned,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to,
            @RequestParam Optional<Query> q,
            @RequestParam(defaultValue = "NAMES") Naming people) {
        var filter = new Filter(kind, actor, actorKind, pinned, new Period(from, to), q);
        var begun = cursors.numbers(page, 2);
        require(incident, freshness);
        String known = EntityTags.of(begun.map(b -> b[0]).orElseGet(() -> history.versionOf(incident)));
        if (moment.isNow() && request.checkNotModified(known)) {
            return EntityTags.notModified(known);
        }
        var whole = begun.map(b -> at(incident, moment, b[0])).orElseGet(() -> whole(incident, moment, freshness));
        var entries = filter.of(whole).entries();
        int start = begun.map(b -> Math.toIntExact(b[1])).orElse(0);
        boolean inParts = begun.isPresent() || request.getParameter("limit") != null;
        int end = inParts ? Math.min(entries.size(), start + page.limit()) : entries.size();
        var next =
                end < entries.size() ? Optional.of(cursors.at(page, whole.version(), end)) : Optional.<String>empty();
        byte[] body = JsonExport.of(
                new Timeline(whole.version(), entries.subList(start, end)), incident, next, people(people, whole));
        return EntityTags.ok(tag(moment, EntityTags.of(whole.version()), body))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    @GetMapping(path = "/timeline", produces = MARKDOWN)
    @Tagged
    @Operation(operationId = "getTimeline")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/markdown", schema = @Schema(type = "string")))
    ResponseEntity<byte[]> timelineDocument(
            @PathVariable IncidentId incident,
            Freshness freshness,
            Moment moment,
            WebRequest request,
            @RequestParam Optional<List<String>> kind,
            @RequestParam Optional<String> actor,
            @RequestParam Optional<Actor.Kind> actorKind,
            @RequestParam Optional<Boolean> pinned,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to,
            @RequestParam Optional<Query> q,
            @RequestParam(defaultValue = "NAMES") Naming people) {
        var filter = new Filter(kind, actor, actorKind, pinned, new Period(from, to), q);
        return document(incident, "timeline", freshness, moment, request, () -> {
            var whole = whole(incident, moment, freshness);
            return new Dated(
                    whole.version(), TimelineDocument.of(filter.of(whole), whole.mode(), people(people, whole)));
        });
    }

    @GetMapping(path = "/postmortem", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getPostmortem")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = JsonExport.PostmortemJson.class)))
    ResponseEntity<byte[]> postmortem(
            @PathVariable IncidentId incident,
            Freshness freshness,
            Moment moment,
            WebRequest request,
            @RequestParam(defaultValue = "ROLES") Naming people) {
        require(incident, freshness);
        String known = EntityTags.of(history.versionOf(incident));
        if (moment.isNow() && request.checkNotModified(known)) {
            return EntityTags.notModified(known);
        }
        var draft = PostmortemDraft.of(view(incident, told(incident, moment)));
        byte[] body = JsonExport.of(draft, people(people, draft.incident().timeline()));
        return EntityTags.ok(tag(moment, EntityTags.of(draft.incident().version()), body))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    @GetMapping(path = "/postmortem", produces = MARKDOWN)
    @Tagged
    @Operation(operationId = "getPostmortem")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/markdown", schema = @Schema(type = "string")))
    ResponseEntity<byte[]> postmortemDocument(
            @PathVariable IncidentId incident,
            Freshness freshness,
            Moment moment,
            WebRequest request,
            @RequestParam(defaultValue = "ROLES") Naming people) {
        return document(incident, "postmortem", freshness, moment, request, () -> {
            var draft = PostmortemDraft.of(view(incident, told(incident, moment)));
            var whole = draft.incident().timeline();
            return new Dated(draft.incident().version(), PostmortemDocument.of(draft, people(people, whole)));
        });
    }

    private static IncidentView view(IncidentId incident, List<RecordedEvent> events) {
        return new IncidentFold()
                .replay(events)
                .orElseThrow(() -> Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + "."));
    }

    private List<RecordedEvent> told(IncidentId incident, Moment moment) {
        return moment.isNow() ? history.of(incident) : past.of(incident, moment).events();
    }

    private Timeline whole(IncidentId incident, Moment moment, Freshness freshness) {
        var timeline = moment.isNow()
                ? timelines.of(incident, freshness.minVersion().orElse(0))
                : new TimelineFold().replay(told(incident, moment));
        if (timeline.version() == 0) {
            throw Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + ".");
        }
        return timeline;
    }

    /** The timeline at the version of the part before. */
    private Timeline at(IncidentId incident, Moment moment, long version) {
        return moment.isNow()
                ? timelines.at(incident, version)
                : new TimelineFold()
                        .replay(told(incident, moment).stream()
                                .filter(event -> event.version() <= version)
                                .toList());
    }

    /** An answer about the past is told by what it says; its version would say nothing of the moments it is about. */
    private static String tag(Moment moment, String ofNow, byte[] body) {
        return moment.isNow() ? ofNow : EntityTags.ofContent(body);
    }

    /** Waits until the log itself has what the answer must know; what reads the log or folds it then has it too. */
    private void require(IncidentId incident, Freshness freshness) {
        Waiting.until(freshness.minVersion(), freshness.patience(), () -> history.versionOf(incident));
    }

    private static People people(Naming naming, Timeline timeline) {
        return switch (naming) {
            case NAMES -> People.named();
            case ROLES -> People.inRoles(timeline);
        };
    }

    /** A document, and the version of the incident that it shows. */
    private record Dated(long version, Document document) {}

    private ResponseEntity<byte[]> document(
            IncidentId incident,
            String kind,
            Freshness freshness,
            Moment moment,
            WebRequest request,
            Supplier<Dated> made) {
        require(incident, freshness);
        String known = EntityTags.of(history.versionOf(incident), FORM);
        if (moment.isNow() && request.checkNotModified(known)) {
            return EntityTags.notModified(known);
        }
        var dated = made.get();
        var file = ContentDisposition.inline()
                .filename(incident + "-" + kind + ".md")
                .build();
        byte[] body = MarkdownWriter.write(dated.document(), MarkdownWriter.Citations.LINKED)
                .getBytes(StandardCharsets.UTF_8);
        return EntityTags.ok(tag(moment, EntityTags.of(dated.version(), FORM), body))
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentType(new MediaType("text", "markdown", StandardCharsets.UTF_8))
                .body(body);
    }
}
