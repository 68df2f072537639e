package org.incidenttimeline.api.live;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.springframework.stereotype.Component;

/** Reads the log together with what must be known of each event's incident before the event may be told. */
@Component
public class LiveEvents {
    private static final int CARDS_KEPT = 2_000;
    private static final Duration PATIENCE_WITH_VIEW = Duration.ofMillis(500);

    private final EventLog log;
    private final StatusBoardReader boards;
    private final CloudEvents cloudEvents;
    private final Map<IncidentId, StatusCard> cards = Collections.synchronizedMap(new Newest());

    /** The cards of the incidents asked for last. */
    private static final class Newest extends LinkedHashMap<IncidentId, StatusCard> {
        private static final long serialVersionUID = 1L;

        Newest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<IncidentId, StatusCard> eldest) {
            return size() > CARDS_KEPT;
        }
    }

    LiveEvents(EventLog log, StatusBoardReader boards, CloudEvents cloudEvents) {
        this.log = log;
        this.boards = boards;
        this.cloudEvents = cloudEvents;
    }

    /** The position of the newest event that is durable. */
    public long head() {
        return log.head();
    }

    /** The events behind a position, at most so many. */
    public List<LiveEvent> after(long position, int max) {
        var stored = log.readAfter(position, max);
        if (!stored.isEmpty()) {
            letTheViewCatchUp(stored.getLast().position());
        }
        return stored.stream().map(this::told).toList();
    }

    /** The event at a position, with its incident as it stands now. */
    public Optional<LiveEvent> at(long position) {
        return log.readAfter(position - 1, 1).stream()
                .filter(event -> event.position() == position)
                .map(this::told)
                .findFirst();
    }

    /** A card of a view that lags is folded from the log, which costs more than a moment's patience. */
    private void letTheViewCatchUp(long position) {
        try {
            Waiting.until(OptionalLong.of(position), PATIENCE_WITH_VIEW, boards::position);
        } catch (ProblemException _) {
            // It is being rebuilt or stands still; the log itself knows.
        }
    }

    private LiveEvent told(StoredEvent event) {
        Optional<StatusCard> card = LiveEvent.isOfIncident(event)
                ? Optional.of(card(new IncidentId(event.streamId()), event.sequence() + 1))
                : Optional.empty();
        return new LiveEvent(event, card, cloudEvents.of(event, card.map(StatusCard::mode)));
    }

    private StatusCard card(IncidentId incident, long version) {
        var kept = cards.get(incident);
        if (kept != null && kept.version() >= version) {
            return kept;
        }
        var read = boards.card(incident, version)
                .orElseThrow(
                        () -> new IllegalStateException("the log has an event of " + incident + ", but no incident"));
        cards.merge(incident, read, (a, b) -> a.version() > b.version() ? a : b);
        return read;
    }
}
