package org.incidenttimeline.projections.store;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.actions.ActionItem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The actions of all incidents, one row for each. */
public final class ActionTable implements LiveView {
    public static final String NAME = "action-view";

    private static final Comparator<ActionItem> SOONEST_FIRST = Comparator.comparing(
                    (ActionItem item) -> item.due().orElse(LocalDate.MAX))
            .thenComparing(item -> item.incidentId().value())
            .thenComparingLong(item -> item.sources().getFirst().entry());

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final ViewProgress cards;
    private final ViewJson json = new ViewJson();
    private final ActionFold fold = new ActionFold();

    public ActionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.progress = new ViewProgress(jdbc, NAME);
        this.cards = new ViewProgress(jdbc, StatusCardTable.NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        if (ActionFold.concerns(event.event())) {
            var before = actionsOf(event.event().incidentId());
            fold.apply(before, event).stream()
                    .filter(item -> !before.contains(item))
                    .forEach(item -> write(item, event.version()));
        }
        progress.reached(event.position());
    }

    @Override
    public void pass(long position) {
        progress.reached(position);
    }

    @Override
    public long position() {
        return progress.position();
    }

    /** As far as this table and the status cards have come: who may see an action is asked of the incident's card. */
    long visiblePosition() {
        return Math.min(progress.position(), cards.position());
    }

    @Override
    public void clear() {
        jdbc.sql("delete from views.action_item").update();
        progress.clear();
    }

    private void write(ActionItem item, long version) {
        int updated = bind(item, version, """
                        update views.action_item
                        set version = :version, status = :status, due = :due, owner = :owner, body = :body
                        where incident_id = :incident and action_id = :action and version < :version
                        """).update();
        if (updated == 0) {
            bind(item, version, """
                            insert into views.action_item
                              (incident_id, action_id, version, status, due, owner, body)
                            values (:incident, :action, :version, :status, :due, :owner, :body)
                            on conflict do nothing
                            """).update();
        }
    }

    private JdbcClient.StatementSpec bind(ActionItem item, long version, String sql) {
        return jdbc.sql(sql)
                .param("incident", item.incidentId().value())
                .param("action", item.actionId().value())
                .param("version", version)
                .param("status", item.status().name())
                .param("due", item.due().orElse(null))
                .param("owner", item.owner().map(Person::value).orElse(null))
                .param("body", json.write(item));
    }

    List<ActionItem> actionsOf(IncidentId incident) {
        return read(jdbc.sql("select body from views.action_item where incident_id = :incident")
                .param("incident", incident.value()));
    }

    /** Actions of every incident that match the condition, or of those that everyone may see. */
    List<ActionItem> where(String condition, Map<String, ?> values, boolean withRestricted) {
        String visible = withRestricted ? "" : """
                 and exists (select 1 from views.status_card c
                             where c.incident_id = a.incident_id and c.visibility = 'OPEN')
                """;
        return read(jdbc.sql("select a.body from views.action_item a where " + condition + visible)
                .params(values));
    }

    private List<ActionItem> read(JdbcClient.StatementSpec query) {
        return query.query((row, _) -> json.read(row.getString("body"), ActionItem.class)).list().stream()
                .sorted(SOONEST_FIRST)
                .toList();
    }
}
