package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.projections.statusboard.StatusBoard;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The open incidents. */
@RestController
@RequestMapping("/api/v1/status-board")
class StatusBoardController {
    private final StatusBoardReader boards;
    private final IncidentAccess access;
    private final Past past;
    private final EntityTags tags;
    private final Clock clock;

    StatusBoardController(StatusBoardReader boards, IncidentAccess access, Past past, EntityTags tags, Clock clock) {
        this.boards = boards;
        this.access = access;
        this.past = past;
        this.tags = tags;
        this.clock = clock;
    }

    /** The open incidents, the worst first. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getStatusBoard")
    ResponseEntity<BoardResponse> board(
            Principal principal,
            Freshness freshness,
            Moment moment,
            @RequestParam Optional<Set<Severity>> severity,
            @RequestParam Optional<Set<ServiceName>> service) {
        var severities = severity.orElse(Set.of());
        var services = service.orElse(Set.of());
        Waiting.until(freshness.minPosition(), freshness.patience(), boards::position);
        var viewer = access.viewer(principal);
        var board = moment.isNow()
                ? boards.board(clock.instant(), viewer, severities, services).value()
                : boardThen(past.across(moment, freshness, boards::position), viewer, severities, services);
        // What is overdue changes with the clock, so the tag goes by what the answer says.
        var body = BoardResponse.of(board);
        return EntityTags.ok(tags.ofContent(body)).body(body);
    }

    private StatusBoard boardThen(
            Past.Across asked, Viewer viewer, Set<Severity> severities, Set<ServiceName> services) {
        return boards.boardThen(asked.known(), asked.now(), viewer, severities, services, Limits.REPLAYED);
    }

    /**
     * The board up to a position of the log.
     *
     * @param holdsUntil when it will read otherwise if nothing is recorded until then, since an update is overdue; null if
     *     nothing is due
     */
    record BoardResponse(long position, Optional<Instant> holdsUntil, List<CardResponse> incidents) {
        static BoardResponse of(StatusBoard board) {
            return new BoardResponse(
                    board.position(),
                    board.cards().stream()
                            .flatMap(card -> card.due().values().stream())
                            .map(StatusCard.Due::at)
                            .filter(at -> !at.isBefore(board.now()))
                            .min(Comparator.naturalOrder()),
                    board.cards().stream()
                            .map(card -> CardResponse.of(card, board.now()))
                            .toList());
        }
    }

    /** One open incident. */
    record CardResponse(
            IncidentId incidentId,
            long version,
            Title title,
            Phase phase,
            Severity severity,
            Mode mode,
            List<ServiceName> services,
            Person lead,
            TimeResponse declaredAt,
            Optional<ImpactNowResponse> impact,
            boolean frozen,
            Optional<Text> primaryHypothesis,
            Map<MitigationId, Text> mitigations,
            Optional<LastUpdateResponse> lastUpdate,
            Map<Audience, NextUpdateResponse> nextUpdates,
            boolean updateOverdue) {
        static CardResponse of(StatusCard card, Instant now) {
            var mitigations = new TreeMap<MitigationId, Text>(Comparator.comparing(MitigationId::value));
            card.mitigations().forEach((id, said) -> mitigations.put(id, said.text()));
            var next = new TreeMap<Audience, NextUpdateResponse>();
            card.due().forEach((audience, due) -> next.put(audience, NextUpdateResponse.of(due, now)));
            return new CardResponse(
                    card.incidentId(),
                    card.version(),
                    card.title(),
                    card.phase(),
                    card.severity(),
                    card.mode(),
                    card.services(),
                    card.lead(),
                    TimeResponse.of(card.declared().occurredAt()),
                    card.impact().map(ImpactNowResponse::of),
                    card.frozen(),
                    card.primaryHypothesis().map(StatusCard.Said::text),
                    mitigations,
                    card.lastUpdate().map(LastUpdateResponse::of),
                    next,
                    card.isOverdue(now));
        }
    }

    /** What is suffered, as assessed last. */
    record ImpactNowResponse(
            Text broken,
            Optional<Text> stillWorks,
            Optional<Text> affected,
            Spread spread,
            Optional<TimeResponse> until) {
        static ImpactNowResponse of(StatusCard.ImpactNow now) {
            var impact = now.impact();
            return new ImpactNowResponse(
                    impact.broken(),
                    impact.stillWorks(),
                    impact.affected(),
                    impact.spread(),
                    now.until().map(TimeResponse::of));
        }
    }

    /** The update that was published last. */
    record LastUpdateResponse(List<Audience> audiences, Text whatHappened, TimeResponse publishedAt) {
        static LastUpdateResponse of(StatusCard.LastUpdate update) {
            return new LastUpdateResponse(
                    update.audiences(),
                    update.whatHappened(),
                    TimeResponse.of(update.source().occurredAt()));
        }
    }

    /** When an audience is to hear next. */
    record NextUpdateResponse(Instant dueAt, boolean overdue) {
        static NextUpdateResponse of(StatusCard.Due due, Instant now) {
            return new NextUpdateResponse(due.at(), due.missed() || due.at().isBefore(now));
        }
    }
}
