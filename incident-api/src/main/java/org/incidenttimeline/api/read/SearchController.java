package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.projections.search.Excerpt;
import org.incidenttimeline.projections.search.Query;
import org.incidenttimeline.projections.store.SearchReader;
import org.incidenttimeline.projections.store.SearchReader.Hit;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Where something was said, across the timelines of all incidents. */
@RestController
class SearchController {
    private final SearchReader search;
    private final IncidentAccess access;
    private final Cursors cursors;

    SearchController(SearchReader search, IncidentAccess access, Cursors cursors) {
        this.search = search;
        this.access = access;
        this.cursors = cursors;
    }

    /** The timeline entries that say every word, the one recorded last first. */
    @GetMapping(path = "/api/v1/search", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "search")
    ResponseEntity<SearchResponse> search(
            Principal principal, Freshness freshness, Page page, WebRequest request, @RequestParam Query q) {
        var before = cursors.numbers(page, 1)
                .map(numbers -> OptionalLong.of(numbers[0]))
                .orElse(OptionalLong.empty());
        var viewer = access.viewer(principal);
        Waiting.until(freshness.minPosition(), freshness.patience(), search::position);
        return Lists.answer(
                request,
                Lists.question(page, viewer),
                search.position(),
                () -> search.find(q, viewer, before, page.limit() + 1),
                read -> {
                    var part = Lists.part(read.value(), page, last -> cursors.at(page, last.place()));
                    return new SearchResponse(
                            read.position(),
                            part.items().stream().map(HitResponse::of).toList(),
                            part.next());
                });
    }

    /**
     * A part of the hits.
     *
     * @param position the place in the log up to which they are complete
     * @param next the cursor of the part behind it; null for the last
     */
    record SearchResponse(long position, List<HitResponse> hits, Optional<String> next) {}

    /**
     * A timeline entry that was found.
     *
     * @param title the title of its incident
     * @param entry the number of the entry
     * @param kind what happened
     */
    record HitResponse(
            IncidentId incidentId,
            Title title,
            Phase phase,
            Severity severity,
            long entry,
            String kind,
            TimeResponse occurredAt,
            Instant recordedAt,
            ExcerptResponse excerpt) {
        static HitResponse of(Hit hit) {
            return new HitResponse(
                    hit.incident().incidentId(),
                    hit.incident().title(),
                    hit.incident().phase(),
                    hit.incident().severity(),
                    hit.entry().number(),
                    hit.entry().kind(),
                    TimeResponse.of(hit.entry().occurredAt()),
                    hit.entry().recordedAt(),
                    new ExcerptResponse(
                            hit.excerpt().text(),
                            hit.excerpt().matches().stream()
                                    .map(MatchResponse::of)
                                    .toList()));
        }
    }

    /** The words around the first match, as the timeline shows them; an ellipsis stands where they are cut. */
    record ExcerptResponse(String text, List<MatchResponse> matches) {}

    /** A match, from {@code start} up to {@code end}, exclusive, in UTF-16 units of the excerpt's text. */
    record MatchResponse(int start, int end) {
        static MatchResponse of(Excerpt.Match match) {
            return new MatchResponse(match.start(), match.end());
        }
    }
}
