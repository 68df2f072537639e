package org.incidenttimeline.projections.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.past.Known;
import org.incidenttimeline.projections.statusboard.StatusBoard;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;

/** Answers which incidents are open, and how one stands. */
public final class StatusBoardReader {
    private final StatusCardTable table;
    private final IncidentHistory history;
    private final PastIncidents past;

    public StatusBoardReader(StatusCardTable table, IncidentIndexTable index, IncidentHistory history) {
        this.table = table;
        this.history = history;
        this.past = new PastIncidents(index, history);
    }

    /** The card at this version or a later one, folded from the log where the table is behind. */
    public Optional<StatusCard> card(IncidentId incident, long atLeastVersion) {
        return table.cardOf(incident)
                .filter(card -> card.version() >= atLeastVersion)
                .or(() -> new StatusCardFold().replay(history.of(incident)));
    }

    /** The open incidents that the viewer sees, of these severities and of any of these services; of all where empty. */
    public Positioned<StatusBoard> board(
            Instant now, Viewer viewer, Collection<Severity> severities, Collection<ServiceName> services) {
        var read = Positioned.read(this::position, () -> table.open(where(viewer, severities, services)));
        return new Positioned<>(read.position(), read.exact(), new StatusBoard(read.position(), now, read.value()));
    }

    /**
     * The same board about the past, seen with the eyes of today.
     *
     * @throws TooMuchToReplay if more than so many incidents were open then or have changed since
     */
    public StatusBoard boardThen(
            Known known,
            Instant now,
            Viewer viewer,
            Collection<Severity> severities,
            Collection<ServiceName> services,
            int most) {
        var where = table.where().seenBy(viewer, "i.incident_id");
        if (!services.isEmpty()) {
            where.and(
                    "i.incident_id in (select s.incident_id from views.incident_service s where s.service in (:services))",
                    "services",
                    services.stream().map(s -> Folded.of(s.value())).toList());
        }
        where.and(
                "(i.phase in (:open) or " + PastIncidents.changedSince(known, where) + ")",
                "open",
                Stream.of(Phase.values()).filter(Phase::isOpen).map(Phase::name).toList());
        var cards = past.told(known, viewer, where, most).stream()
                .flatMap(told -> new StatusCardFold().replay(told.events()).stream())
                .filter(card -> severities.isEmpty() || severities.contains(card.severity()))
                .toList();
        return new StatusBoard(known.position(), now, cards);
    }

    private Where where(Viewer viewer, Collection<Severity> severities, Collection<ServiceName> services) {
        var where = table.where().seenBy(viewer, "c.incident_id");
        if (!severities.isEmpty()) {
            where.and("""
                    c.incident_id in (select i.incident_id from views.incident_index i
                                      where i.severity in (:severities))
                    """, "severities", severities.stream().map(Severity::name).toList());
        }
        if (!services.isEmpty()) {
            where.and(
                    """
                    c.incident_id in (select s.incident_id from views.incident_service s
                                      where s.service in (:services))
                    """,
                    "services",
                    services.stream().map(s -> Folded.of(s.value())).toList());
        }
        return where;
    }

    /** The place in the whole log up to which the board is complete. */
    public long position() {
        return table.visiblePosition();
    }
}
