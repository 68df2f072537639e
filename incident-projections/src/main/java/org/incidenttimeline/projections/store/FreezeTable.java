package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Reference;
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
    private final ViewProgress incidents;
    private final ViewJson json = new ViewJson();
    private final FreezeFold fold = new FreezeFold();

    public FreezeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.progress = new ViewProgress(jdbc, NAME);
        this.incidents = new ViewProgress(jdbc, IncidentIndexTable.NAME);
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
            after.all().stream().filter(f -> !before.all().contains(f)).forEach(f -> write(f, event));
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
        jdbc.sql("delete from views.freeze_exempted").update();
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

    private void write(Freeze freeze, RecordedEvent event) {
        int updated = bind(freeze, event, """
                        update views.freeze set version = :version, is_on = :on, body = :body
                        where incident_id = :incident and freeze_id = :freeze and version < :version
                        """).update();
        int inserted = updated > 0 ? 0 : bind(freeze, event, """
                                insert into views.freeze (incident_id, freeze_id, version, place, is_on, body)
                                values (:incident, :freeze, :version, :place, :on, :body)
                                on conflict do nothing
                                """).update();
        if (inserted > 0 && freeze.mode() == Mode.LIVE) {
            cover(freeze);
        }
        if (updated > 0) {
            freeze.exceptions().forEach(exempted -> exempt(freeze, exempted.change()));
        }
        if (updated > 0 && !freeze.isOn()) {
            jdbc.sql("delete from views.freeze_scope where incident_id = :incident and freeze_id = :freeze")
                    .param("incident", freeze.incidentId().value())
                    .param("freeze", freeze.freezeId().value())
                    .update();
        }
    }

    private JdbcClient.StatementSpec bind(Freeze freeze, RecordedEvent event, String sql) {
        return jdbc.sql(sql)
                .param("incident", freeze.incidentId().value())
                .param("freeze", freeze.freezeId().value())
                .param("version", event.version())
                .param("place", event.position())
                .param("on", freeze.isOn())
                .param("body", json.write(freeze));
    }

    /** Every service in every environment, at most {@value Scope#MAX_NAMES} times {@value Scope#MAX_NAMES} rows. */
    private void cover(Freeze freeze) {
        for (ServiceName service : freeze.scope().services()) {
            String rows = freeze.scope().environments().stream()
                    .map(_ -> "(?, ?, ?, ?)")
                    .collect(Collectors.joining(", "));
            jdbc.sql("insert into views.freeze_scope (service, environment, incident_id, freeze_id) values " + rows
                            + " on conflict do nothing")
                    .params(freeze.scope().environments().stream()
                            .flatMap(environment -> Stream.of(
                                    Folded.of(service.value()),
                                    Folded.of(environment.value()),
                                    freeze.incidentId().value(),
                                    freeze.freezeId().value()))
                            .toList())
                    .update();
        }
    }

    private void exempt(Freeze freeze, Reference change) {
        jdbc.sql("""
                        insert into views.freeze_exempted (incident_id, freeze_id, change_name)
                        values (:incident, :freeze, :change)
                        on conflict do nothing
                        """)
                .param("incident", freeze.incidentId().value())
                .param("freeze", freeze.freezeId().value())
                .param("change", change.value())
                .update();
    }

    Freezes freezesOf(IncidentId incident) {
        var traits = jdbc.sql("select body from views.freeze_incident where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getString("body"), Freezes.Traits.class))
                .optional();
        return new Freezes(
                traits,
                jdbc.sql("select body from views.freeze where incident_id = :incident order by place")
                        .param("incident", incident.value())
                        .query((row, _) -> json.read(row.getString("body"), Freeze.class))
                        .list());
    }

    /**
     * The freezes of live incidents that are on and forbid the change there, the newest first and so many at the most;
     * and of each, whether the viewer sees its incident. One statement, by the key of what freezes cover.
     */
    List<Forbidding> forbidding(
            ServiceName service, Environment environment, Optional<Reference> change, Viewer viewer, int most) {
        var seen = new Where().seenBy(viewer, "f.incident_id");
        return jdbc.sql("""
                        select f.body, case when %s then true else false end as seen
                        from (
                          select f.incident_id, f.place, f.body
                          from (
                            select distinct s.incident_id, s.freeze_id from views.freeze_scope s
                            where s.service in (:service, '*') and s.environment in (:environment, '*')) s
                          join views.freeze f on f.incident_id = s.incident_id and f.freeze_id = s.freeze_id
                          where not exists (
                            select 1 from views.freeze_exempted x
                            where x.incident_id = f.incident_id and x.freeze_id = f.freeze_id
                            and x.change_name = :change)
                          order by f.place desc
                          limit :most) f
                        order by f.place desc
                        """.formatted(seen.condition()))
                .params(seen.values())
                .param("service", Folded.of(service.value()))
                .param("environment", Folded.of(environment.value()))
                .param("change", change.map(Reference::value).orElse(""))
                .param("most", most)
                .query((row, _) ->
                        new Forbidding(json.read(row.getString("body"), Freeze.class), row.getBoolean("seen")))
                .list();
    }

    /** A freeze that forbids a change, and whether its incident is seen by who asks. */
    record Forbidding(Freeze freeze, boolean seen) {}

    /** The newest first, so many of those that are on and meet the condition on the alias {@code f}. */
    List<FreezeReader.Listed> on(Where where, int most) {
        return jdbc.sql("select f.place, f.body from views.freeze f" + where.sql()
                        + " order by f.place desc limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) ->
                        new FreezeReader.Listed(json.read(row.getString("body"), Freeze.class), row.getLong("place")))
                .list();
    }

    /** As far as this table and the index of incidents have come: who may see a freeze is asked of the index. */
    long visiblePosition() {
        return Math.min(progress.position(), incidents.position());
    }
}
