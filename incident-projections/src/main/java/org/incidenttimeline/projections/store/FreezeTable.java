package org.incidenttimeline.projections.store;

import java.util.Comparator;
import java.util.List;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.freezes.Freezes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The freezes, one row for each, and what those cover that stop deployments now. */
public final class FreezeTable implements LiveView {
    public static final String NAME = "freeze-view";

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final ViewJson json = new ViewJson();
    private final FreezeFold fold = new FreezeFold();

    public FreezeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.progress = new ViewProgress(jdbc, NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        if (FreezeFold.concerns(event.event())) {
            var before = freezesOf(event.event().incidentId());
            var after = fold.apply(before, event);
            if (event.event() instanceof IncidentDeclared) {
                after.incident().ifPresent(traits -> declared(event.event().incidentId(), traits));
            }
            after.all().stream().filter(f -> !before.all().contains(f)).forEach(f -> write(f, event.version()));
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

    @Override
    public void clear() {
        jdbc.sql("delete from views.freeze_scope").update();
        jdbc.sql("delete from views.freeze").update();
        jdbc.sql("delete from views.freeze_incident").update();
        progress.clear();
    }

    private void declared(IncidentId incident, Freezes.Traits traits) {
        jdbc.sql("""
                        insert into views.freeze_incident (incident_id, body) values (:incident, :body)
                        on conflict do nothing
                        """)
                .param("incident", incident.value())
                .param("body", json.write(traits))
                .update();
    }

    private void write(Freeze freeze, long version) {
        int updated = bind(freeze, version, """
                        update views.freeze set version = :version, is_on = :on, body = :body
                        where incident_id = :incident and freeze_id = :freeze and version < :version
                        """).update();
        int inserted = updated > 0 ? 0 : bind(freeze, version, """
                                insert into views.freeze (incident_id, freeze_id, version, is_on, body)
                                values (:incident, :freeze, :version, :on, :body)
                                on conflict do nothing
                                """).update();
        if (inserted > 0 && freeze.mode() == Mode.LIVE) {
            cover(freeze);
        }
        if (updated > 0 && !freeze.isOn()) {
            jdbc.sql("delete from views.freeze_scope where incident_id = :incident and freeze_id = :freeze")
                    .param("incident", freeze.incidentId().value())
                    .param("freeze", freeze.freezeId().value())
                    .update();
        }
    }

    private JdbcClient.StatementSpec bind(Freeze freeze, long version, String sql) {
        return jdbc.sql(sql)
                .param("incident", freeze.incidentId().value())
                .param("freeze", freeze.freezeId().value())
                .param("version", version)
                .param("on", freeze.isOn())
                .param("body", json.write(freeze));
    }

    /** By service only, at most {@value Scope#MAX_NAMES} rows; with environments they would multiply. */
    private void cover(Freeze freeze) {
        for (ServiceName service : freeze.scope().services()) {
            jdbc.sql("""
                            insert into views.freeze_scope (service, incident_id, freeze_id)
                            values (:service, :incident, :freeze)
                            on conflict do nothing
                            """)
                    .param("service", folded(service.value()))
                    .param("incident", freeze.incidentId().value())
                    .param("freeze", freeze.freezeId().value())
                    .update();
        }
    }

    Freezes freezesOf(IncidentId incident) {
        var traits = jdbc.sql("select body from views.freeze_incident where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getString("body"), Freezes.Traits.class))
                .optional();
        return new Freezes(
                traits,
                read(jdbc.sql("select body from views.freeze where incident_id = :incident")
                        .param("incident", incident.value())));
    }

    /** The freezes of live incidents that are on and cover a service in some environment. */
    List<Freeze> covering(ServiceName service) {
        return read(jdbc.sql("""
                        select f.body from views.freeze f
                        join (
                          select distinct incident_id, freeze_id from views.freeze_scope
                          where service in (:service, '*')) s
                          on s.incident_id = f.incident_id and s.freeze_id = f.freeze_id
                        where f.is_on
                        """).param("service", folded(service.value())));
    }

    List<Freeze> on() {
        return read(jdbc.sql("select body from views.freeze where is_on"));
    }

    private List<Freeze> read(JdbcClient.StatementSpec query) {
        return query.query((row, _) -> json.read(row.getString("body"), Freeze.class)).list().stream()
                .sorted(Comparator.comparing(Freeze::incidentId, Comparator.comparing(IncidentId::value))
                        .thenComparingLong(f -> f.frozen().entry()))
                .toList();
    }

    /** One case for all names that {@link String#equalsIgnoreCase} holds equal. */
    private static String folded(String name) {
        var folded = new StringBuilder(name.length());
        name.chars().forEach(c -> folded.append(Character.toLowerCase(Character.toUpperCase((char) c))));
        return folded.toString();
    }
}
