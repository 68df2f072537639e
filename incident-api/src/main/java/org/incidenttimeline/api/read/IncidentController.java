package org.incidenttimeline.api.read;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.projections.export.Document;
import org.incidenttimeline.projections.export.JsonExport;
import org.incidenttimeline.projections.export.MarkdownWriter;
import org.incidenttimeline.projections.export.PostmortemDocument;
import org.incidenttimeline.projections.export.TimelineDocument;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.rhythm.Rhythm;
import org.incidenttimeline.projections.store.TimelineReader;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;
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

/** One incident, as it stands and as it went. */
@RestController
@RequestMapping("/api/v1/incidents/{incident}")
class IncidentController {
    private static final String MARKDOWN = "text/markdown";

    private final IncidentHistory history;
    private final TimelineReader timelines;
    private final Clock clock;

    IncidentController(IncidentHistory history, TimelineReader timelines, Clock clock) {
        this.history = history;
        this.timelines = timelines;
        this.clock = clock;
    }

    /** How a document calls people. */
    enum Naming {
        NAMES,
        ROLES
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<IncidentResponse> incident(@PathVariable IncidentId incident, Freshness freshness) {
        var view = view(incident, freshness);
        return at(view.version()).body(IncidentResponse.of(view, clock.instant()));
    }

    @GetMapping(path = "/rhythm", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RhythmResponse> rhythm(@PathVariable IncidentId incident, Freshness freshness) {
        var view = view(incident, freshness);
        return at(view.version()).body(RhythmResponse.of(view, Rhythm.of(view, clock.instant())));
    }

    /** The entries wanted; each filter that is absent wants all. */
    record Filter(
            Optional<List<String>> kind,
            Optional<String> actor,
            Optional<Actor.Kind> actorKind,
            Optional<Boolean> pinned) {
        Timeline of(Timeline timeline) {
            Predicate<TimelineEntry> wanted = _ -> true;
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
            return timeline.only(wanted);
        }
    }

    @GetMapping(path = "/timeline", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> timeline(
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam Optional<List<String>> kind,
            @RequestParam Optional<String> actor,
            @RequestParam Optional<Actor.Kind> actorKind,
            @RequestParam Optional<Boolean> pinned,
            @RequestParam(defaultValue = "NAMES") Naming people) {
        var whole = whole(incident, freshness);
        var timeline = new Filter(kind, actor, actorKind, pinned).of(whole);
        return at(whole.version())
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonExport.of(timeline, people(people, whole)));
    }

    @GetMapping(path = "/timeline", produces = MARKDOWN)
    ResponseEntity<byte[]> timelineDocument(
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam Optional<List<String>> kind,
            @RequestParam Optional<String> actor,
            @RequestParam Optional<Actor.Kind> actorKind,
            @RequestParam Optional<Boolean> pinned,
            @RequestParam(defaultValue = "NAMES") Naming people) {
        var whole = whole(incident, freshness);
        var timeline = new Filter(kind, actor, actorKind, pinned).of(whole);
        return markdown(
                incident,
                "timeline",
                whole.version(),
                TimelineDocument.of(timeline, whole.mode(), people(people, whole)));
    }

    @GetMapping(path = "/postmortem", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> postmortem(
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam(defaultValue = "ROLES") Naming people) {
        var draft = PostmortemDraft.of(view(incident, freshness));
        var whole = draft.incident().timeline();
        return at(draft.incident().version())
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonExport.of(draft, people(people, whole)));
    }

    @GetMapping(path = "/postmortem", produces = MARKDOWN)
    ResponseEntity<byte[]> postmortemDocument(
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam(defaultValue = "ROLES") Naming people) {
        var draft = PostmortemDraft.of(view(incident, freshness));
        var whole = draft.incident().timeline();
        return markdown(
                incident,
                "postmortem",
                draft.incident().version(),
                PostmortemDocument.of(draft, people(people, whole)));
    }

    private IncidentView view(IncidentId incident, Freshness freshness) {
        require(incident, freshness);
        return new IncidentFold()
                .replay(history.of(incident))
                .orElseThrow(() -> Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + "."));
    }

    private Timeline whole(IncidentId incident, Freshness freshness) {
        require(incident, freshness);
        var timeline = timelines.of(incident, freshness.minVersion().orElse(0));
        if (timeline.version() == 0) {
            throw Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + ".");
        }
        return timeline;
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

    private static ResponseEntity<byte[]> markdown(IncidentId incident, String kind, long version, Document document) {
        var file = ContentDisposition.inline()
                .filename(incident + "-" + kind + ".md")
                .build();
        return at(version)
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentType(new MediaType("text", "markdown", StandardCharsets.UTF_8))
                .body(MarkdownWriter.write(document, MarkdownWriter.Citations.LINKED)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity.BodyBuilder at(long version) {
        return ResponseEntity.ok().eTag("\"" + version + "\"");
    }
}
