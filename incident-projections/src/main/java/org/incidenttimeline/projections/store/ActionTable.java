package org.incidenttimeline.projections.store;

import java.time.LocalDate;
import java.util.List;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.actions.ActionItem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The actions of all incidents, one row for each. */
public final class ActionTable implements LiveView {
    public static final String NAME = "action-view";

    /** Actions without a date come last. */
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final ViewProgress incidents;
    private final RowCipher cipher;
    private final ViewJson json;
    private final ActionFold fold = new ActionFold();

    public ActionTable(JdbcClient jdbc, RowCipher cipher) {
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

    /** What stands for an owner in its column. */
    byte[] owner(Person owner) {
        return cipher.name(owner.value());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        progress.reached(event.position());
        if (ActionFold.concerns(event.event())) {
            var before = actionsOf(event.event().incidentId());
            fold.apply(before, event).stream()
                    .filter(item -> !before.contains(item))
                    .forEach(item -> write(item, event));
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

    /** As far as this table and the index of incidents have come: who may see an action is asked of the index. */
    long visiblePosition() {
        return Math.min(progress.position(), incidents.position());
    }

    @Override
    public List<String> tables() {
        return List.of("action_item");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.forget(incident, tables());
    }

    @Override
    public void clear() {
        progress.clear(tables());
    }

    private void write(ActionItem item, RecordedEvent event) {
        int updated = bind(item, event, """
                        update views.action_item
                        set version = :version, status = :status, due = :due, owner = :owner, body = :body
                        where incident_id = :incident and action_id = :action and version < :version
                        """).update();
        if (updated == 0) {
            bind(item, event, """
                            insert into views.action_item
                              (incident_id, action_id, version, place, status, due, owner, body)
                            values (:incident, :action, :version, :place, :status, :due, :owner, :body)
                            on conflict do nothing
                            """).update();
        }
    }

    private JdbcClient.StatementSpec bind(ActionItem item, RecordedEvent event, String sql) {
        return jdbc.sql(sql)
                .param("incident", item.incidentId().value())
                .param("action", item.actionId().value())
                .param("version", event.version())
                .param("place", event.position())
                .param("status", item.status().name())
                .param("due", due(item))
                .param("owner", item.owner().map(this::owner).orElse(null))
                .param("body", json.write(item));
    }

    /** The day by which an action is listed. */
    static LocalDate due(ActionItem item) {
        return item.due().orElse(NEVER);
    }

    List<ActionItem> actionsOf(IncidentId incident) {
        return jdbc.sql("select body from views.action_item where incident_id = :incident order by place")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getBytes("body"), ActionItem.class))
                .list();
    }

    /** The soonest due first, so many of those that meet the condition on the alias {@code a}. */
    List<ActionReader.Listed> soonest(Where where, int most) {
        return jdbc.sql("select a.due, a.place, a.body from views.action_item a" + where.sql()
                        + " order by a.due, a.place limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) -> new ActionReader.Listed(
                        json.read(row.getBytes("body"), ActionItem.class),
                        new ActionReader.Place(row.getObject("due", LocalDate.class), row.getLong("place"))))
                .list();
    }
}
