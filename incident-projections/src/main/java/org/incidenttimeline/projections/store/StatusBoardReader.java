package org.incidenttimeline.projections.store;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.statusboard.StatusBoard;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;

/** Answers which incidents are open, and how one stands. */
public final class StatusBoardReader {
    private final StatusCardTable table;
    private final IncidentHistory history;

    public StatusBoardReader(StatusCardTable table, IncidentHistory history) {
        this.table = table;
        this.history = history;
    }

    /** The card at this version or a later one, folded from the log where the table is behind. */
    public Optional<StatusCard> card(IncidentId incident, long atLeastVersion) {
        return table.cardOf(incident)
                .filter(card -> card.version() >= atLeastVersion)
                .or(() -> new StatusCardFold().replay(history.of(incident)));
    }

    /** The open incidents that everyone may see. */
    public StatusBoard board(Instant now) {
        return boardWithRestricted(now).withoutRestricted();
    }

    /** All open incidents, for those who may see the restricted ones. */
    public StatusBoard boardWithRestricted(Instant now) {
        // The position first: what is applied in between may be on the board, but never claimed and missing.
        long position = table.position();
        return new StatusBoard(position, now, table.open());
    }

    /** The place in the whole log up to which the board is complete. */
    public long position() {
        return table.position();
    }
}
