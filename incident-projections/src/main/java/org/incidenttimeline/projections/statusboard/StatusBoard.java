package org.incidenttimeline.projections.statusboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.incidenttimeline.core.event.Visibility;

/**
 * The open incidents, the worst and then the oldest first.
 *
 * @param position the place in the whole log up to which the board is complete
 * @param now the moment at which it was asked for, by which updates are overdue
 */
public record StatusBoard(long position, Instant now, List<StatusCard> cards) {
    private static final Comparator<StatusCard> WORST_FIRST = Comparator.comparing(StatusCard::severity)
            .thenComparing(card -> card.declared().sortedBy())
            .thenComparing(card -> card.incidentId().value());

    public StatusBoard {
        cards = cards.stream()
                .filter(card -> card.phase().isOpen())
                .sorted(WORST_FIRST)
                .toList();
    }

    /** The board for everyone: without the incidents that only those named may see. */
    public StatusBoard withoutRestricted() {
        return new StatusBoard(
                position,
                now,
                cards.stream().filter(c -> c.visibility() == Visibility.OPEN).toList());
    }

    /** The board with only the incidents wanted. */
    public StatusBoard only(Predicate<StatusCard> wanted) {
        return new StatusBoard(position, now, cards.stream().filter(wanted).toList());
    }

    /** The incidents of which an audience waits for an update. */
    public List<StatusCard> overdue() {
        return cards.stream().filter(c -> c.isOverdue(now)).toList();
    }
}
