package org.incidenttimeline.projections.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.deadlines.Deadline;
import org.incidenttimeline.projections.deadlines.DeadlineFold;
import org.incidenttimeline.projections.deadlines.Deadlines;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deadlines of all incidents, a row for each incident that ever had one, found by the soonest. */
public final class DeadlineTable implements LiveView {
    public static final String NAME = "deadline-view";

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final ViewJson json;
    private final DeadlineFold fold;

    /** A deadline and whose it is. */
    public record Due(IncidentId incidentId, Deadline deadline) {}

    public DeadlineTable(JdbcClient jdbc, RowCipher cipher, DutyTemplates templates) {
        this.jdbc = jdbc;
        this.json = new ViewJson(cipher);
        this.progress = new ViewProgress(jdbc, NAME);
        this.fold = new DeadlineFold(templates);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        progress.reached(event.position());
        if (DeadlineFold.concerns(event.event())) {
            var before = deadlinesOf(event.event().incidentId());
            var after = fold.apply(before, event);
            if (!after.equals(before)) {
                write(event.event().incidentId(), event.version(), after);
            }
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
        return List.of("deadline");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.forget(incident, tables());
    }

    @Override
    public void clear() {
        progress.clear(tables());
    }

    /** Every deadline that was due by then, the oldest of each incident first. */
    public List<Due> dueBy(Instant moment) {
        return jdbc
                .sql("select incident_id, body from views.deadline where due_at <= :moment order by due_at")
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> due(
                        new IncidentId(row.getString("incident_id")),
                        json.read(row.getBytes("body"), Deadlines.class),
                        moment))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Due> due(IncidentId incident, Deadlines deadlines, Instant moment) {
        return deadlines.dueBy(moment).stream()
                .map(deadline -> new Due(incident, deadline))
                .toList();
    }

    Deadlines deadlinesOf(IncidentId incident) {
        return jdbc.sql("select body from views.deadline where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getBytes("body"), Deadlines.class))
                .optional()
                .orElseGet(fold::empty);
    }

    private void write(IncidentId incident, long version, Deadlines deadlines) {
        int updated = bind(incident, version, deadlines, """
                        update views.deadline set version = :version, due_at = :due, body = :body
                        where incident_id = :incident and version < :version
                        """).update();
        if (updated == 0) {
            bind(incident, version, deadlines, """
                            insert into views.deadline (incident_id, version, due_at, body)
                            values (:incident, :version, :due, :body)
                            on conflict do nothing
                            """).update();
        }
    }

    private JdbcClient.StatementSpec bind(IncidentId incident, long version, Deadlines deadlines, String sql) {
        return jdbc.sql(sql)
                .param("incident", incident.value())
                .param("version", version)
                .param(
                        "due",
                        deadlines
                                .soonest()
                                .map(at -> at.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .param("body", json.write(deadlines));
    }
}
