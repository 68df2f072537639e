package org.incidenttimeline.api.read;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.projections.statusboard.StatusBoard;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The open incidents, as far as whoever asks may see them. */
@RestController
@RequestMapping("/api/v1/status-board")
class StatusBoardController {
    private final StatusBoardReader boards;
    private final IncidentAccess access;
    private final Clock clock;

    StatusBoardController(StatusBoardReader boards, IncidentAccess access, Clock clock) {
        this.boards = boards;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    BoardResponse board(Principal principal, Freshness freshness) {
        Waiting.until(freshness.minPosition(), freshness.patience(), boards::position);
        return BoardResponse.of(
                boards.boardWithRestricted(clock.instant()).only(card -> access.maySee(principal, card)));
    }

    /** The board up to a position of the log; what is overdue, is so at {@code now}. */
    record BoardResponse(long position, Instant now, List<CardResponse> incidents) {
        static BoardResponse of(StatusBoard board) {
            return new BoardResponse(
                    board.position(),
                    board.now(),
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
            var mitigations = new TreeMap<MitigationId, Text>(java.util.Comparator.comparing(MitigationId::value));
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
