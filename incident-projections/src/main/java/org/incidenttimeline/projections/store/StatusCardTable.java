package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The status cards, one row for each incident. */
public final class StatusCardTable implements LiveView {
    public static final String NAME = "status-board-view";

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final ViewProgress incidents;
    private final RowCipher cipher;
    private final ViewJson json;
    private final StatusCardFold fold = new StatusCardFold();

    public StatusCardTable(JdbcClient jdbc, RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new ViewJson(cipher);
        this.progress = new ViewProgress(jdbc, NAME);
        this.incidents = new ViewProgress(jdbc, IncidentIndexTable.NAME);
    }

    /** A condition on the rows of this table. */
    Where where() {
        return new Where(cipher);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        progress.reached(event.position());
        var stored = cardOf(event.event().incidentId());
        long known = stored.map(StatusCard::version).orElse(0L);
        if (event.version() > known + 1) {
            throw new IllegalStateException("version " + event.version() + " of incident "
                    + event.event().incidentId() + " came after version " + known);
        }
        if (event.version() == known + 1) {
            fold.apply(stored, event).ifPresent(this::write);
        }
    }

    @Override
    public void pass(long position) {
        progress.reached(position);
    }

    @Override
    public long position() {
        return progress.position();
    }

    @Override
    public List<String> tables() {
        return List.of("status_card");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.forget(incident, tables());
    }

    @Override
    public void clear() {
        progress.clear(tables());
    }

    private void write(StatusCard card) {
        int updated = bind(card, """
                        update views.status_card
                        set version = :version, is_open = :open, visibility = :visibility, body = :body
                        where incident_id = :incident and version < :version
                        """).update();
        if (updated == 0) {
            bind(card, """
                            insert into views.status_card (incident_id, version, is_open, visibility, body)
                            values (:incident, :version, :open, :visibility, :body)
                            on conflict do nothing
                            """).update();
        }
    }

    private JdbcClient.StatementSpec bind(StatusCard card, String sql) {
        return jdbc.sql(sql)
                .param("incident", card.incidentId().value())
                .param("version", card.version())
                .param("open", card.phase().isOpen())
                .param("visibility", card.visibility().name())
                .param("body", json.write(card));
    }

    Optional<StatusCard> cardOf(IncidentId incident) {
        return jdbc.sql("select body from views.status_card where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getBytes("body"), StatusCard.class))
                .optional();
    }

    /** The open ones that meet the condition on the alias {@code c}. */
    List<StatusCard> open(Where where) {
        return jdbc.sql("select c.body from views.status_card c"
                        + where.and("c.is_open").sql())
                .params(where.values())
                .query((row, _) -> json.read(row.getBytes("body"), StatusCard.class))
                .list();
    }

    /** As far as this table and the index of incidents have come: who may see a card is asked of the index. */
    long visiblePosition() {
        return Math.min(progress.position(), incidents.position());
    }
}
