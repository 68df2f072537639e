package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.incidenttimeline.core.seal.RowCipher;
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
    private final RowCipher cipher;
    private final ViewJson json;
    private final FreezeFold fold = new FreezeFold();

    public FreezeTable(JdbcClient jdbc, RowCipher cipher) {
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
        if (FreezeFold.concerns(event.event())) {
            var before = freezesOf(event.event().incidentId());
            var after = fold.apply(before, event);
            if (event.event() instanceof IncidentDeclared) {
                after.incident().ifPresent(traits -> declared(event.event().incidentId(), traits));
            }
            after.all().stream().filter(f -> !before.all().contains(f)).forEach(f -> write(f, event));
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
        return List.of("freeze_exempted", "freeze_scope", "freeze", "freeze_incident");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.hold();
        for (String table : List.of("freeze_exempted", "freeze_scope")) {
            jdbc.sql("delete from views." + table
                            + " where place in (select place from views.freeze where incident_id = :incident)")
                    .param("incident", incident.value())
                    .update();
        }
        progress.forget(incident, List.of("freeze", "freeze_incident"));
    }

    @Override
    public void clear() {
        progress.clear(tables());
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
            cover(freeze, event.position());
        }
        if (updated > 0) {
            freeze.exceptions().forEach(exempted -> exempt(freeze, exempted.change()));
        }
        if (updated > 0 && !freeze.isOn()) {
            jdbc.sql("""
                            delete from views.freeze_scope where place in (
                              select f.place from views.freeze f
                              where f.incident_id = :incident and f.freeze_id = :freeze)
                            """)
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
    private void cover(Freeze freeze, long place) {
        for (ServiceName service : freeze.scope().services()) {
            String rows =
                    freeze.scope().environments().stream().map(_ -> "(?, ?, ?)").collect(Collectors.joining(", "));
            jdbc.sql("insert into views.freeze_scope (service, environment, place) values " + rows
                            + " on conflict do nothing")
                    .params(freeze.scope().environments().stream()
                            .flatMap(environment -> Stream.<Object>of(
                                    Folded.of(service.value()), Folded.of(environment.value()), place))
                            .toList())
                    .update();
        }
    }

    private void exempt(Freeze freeze, Reference change) {
        jdbc.sql("""
                        insert into views.freeze_exempted (place, change_name)
                        select f.place, cast(:change as bytea) from views.freeze f
                        where f.incident_id = :incident and f.freeze_id = :freeze
                        on conflict do nothing
                        """)
                .param("incident", freeze.incidentId().value())
                .param("freeze", freeze.freezeId().value())
                .param("change", cipher.name(change.value()))
                .update();
    }

    Freezes freezesOf(IncidentId incident) {
        var traits = jdbc.sql("select body from views.freeze_incident where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getBytes("body"), Freezes.Traits.class))
                .optional();
        return new Freezes(
                traits,
                jdbc.sql("select body from views.freeze where incident_id = :incident order by place")
                        .param("incident", incident.value())
                        .query((row, _) -> json.read(row.getBytes("body"), Freeze.class))
                        .list());
    }

    /**
     * The freezes of live incidents that are on and forbid the change there, the newest first and so many at the most. One
     * statement, by the key of what freezes cover.
     */
    List<FreezeReader.Told> forbidding(
            ServiceName service, Environment environment, Optional<Reference> change, Viewer viewer, int most) {
        var where = where();
        return told(jdbc.sql("""
                        select f.place, f.body, case when %s then true else false end as seen
                        from (
                          select distinct s.place from views.freeze_scope s
                          where s.service in (:service, '*') and s.environment in (:environment, '*')
                          and not exists (
                            select 1 from views.freeze_exempted x
                            where x.place = s.place and x.change_name = :change)
                          order by s.place desc
                          limit :most) newest
                        join views.freeze f on f.place = newest.place
                        order by f.place desc
                        """.formatted(where.seen(viewer, "f.incident_id")))
                .params(where.values())
                .param("service", Folded.of(service.value()))
                .param("environment", Folded.of(environment.value()))
                .param("change", cipher.name(change.map(Reference::value).orElse("")))
                .param("most", most));
    }

    /**
     * So many of the freezes that are on, the newest first, all of them or those before a place: of incidents that the
     * viewer sees, and of others where they stop what the viewer has to do with.
     */
    List<FreezeReader.Told> on(Viewer viewer, OptionalLong before, int most) {
        var where = where();
        String seen = where.seen(viewer, "f.incident_id");
        String concerns = viewer.services().isEmpty() ? "" : " and s.service in (:viewer_services, '*')";
        where.and("f.is_on")
                .and("(" + seen + " or exists (select 1 from views.freeze_scope s where s.place = f.place" + concerns
                        + "))");
        before.ifPresent(place -> where.and("f.place < :before", "before", place));
        return told(jdbc.sql("select f.place, f.body, case when " + seen + " then true else false end as seen"
                        + " from views.freeze f" + where.sql() + " order by f.place desc limit :most")
                .params(where.values())
                .param("most", most));
    }

    private List<FreezeReader.Told> told(JdbcClient.StatementSpec query) {
        return query.query((row, _) -> new FreezeReader.Told(
                        json.read(row.getBytes("body"), Freeze.class), row.getBoolean("seen"), row.getLong("place")))
                .list();
    }

    /** As far as this table and the index of incidents have come: who may see a freeze is asked of the index. */
    long visiblePosition() {
        return Math.min(progress.position(), incidents.position());
    }
}
