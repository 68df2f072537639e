package org.incidenttimeline.projections.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.listing.ListedIncident;
import org.incidenttimeline.projections.listing.ListedIncidentFold;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The incidents, one row for each, with their services and the people named in them. */
public final class IncidentIndexTable implements LiveView {
    public static final String NAME = "incident-index-view";

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final RowCipher cipher;
    private final ViewJson json;
    private final ListedIncidentFold fold = new ListedIncidentFold();

    public IncidentIndexTable(JdbcClient jdbc, RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new ViewJson(cipher);
        this.progress = new ViewProgress(jdbc, NAME);
    }

    /** A condition on the rows of this table. */
    Where where() {
        return new Where(cipher);
    }

    /** What stands for a person in its columns. */
    byte[] person(Person person) {
        return cipher.name(Folded.of(person.value()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        progress.reached(event.position());
        var stored = listed(event.event().incidentId());
        long known = stored.map(ListedIncident::version).orElse(0L);
        if (event.version() > known + 1) {
            throw new IllegalStateException("version " + event.version() + " of incident "
                    + event.event().incidentId() + " came after version " + known);
        }
        if (event.version() == known + 1) {
            fold.apply(stored, event).ifPresent(listed -> write(stored, listed, event.position()));
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
        return List.of("incident_person", "incident_service", "incident_index");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.forget(incident, tables());
    }

    @Override
    public void clear() {
        progress.clear(tables());
    }

    private void write(Optional<ListedIncident> before, ListedIncident listed, long changed) {
        int updated = bind(listed, changed, """
                        update views.incident_index
                        set version = :version, declared_at = :declared, phase = :phase, severity = :severity,
                            lead = :lead, changed_place = :changed, body = :body
                        where incident_id = :incident and version < :version
                        """).update();
        if (updated == 0) {
            bind(listed, changed, """
                            insert into views.incident_index
                              (incident_id, version, place, listed_at, declared_at, started_at,
                               phase, severity, mode, visibility, lead, changed_place, body)
                            values (:incident, :version, :place, :listed, :declared, :started,
                                    :phase, :severity, :mode, :visibility, :lead, :changed, :body)
                            on conflict do nothing
                            """).update();
            listed.services().forEach(service -> serves(listed.incidentId(), service));
        }
        listed.named().stream()
                .filter(person -> before.filter(b -> b.named().contains(person)).isEmpty())
                .forEach(person -> names(listed.incidentId(), person));
    }

    private JdbcClient.StatementSpec bind(ListedIncident listed, long changed, String sql) {
        return jdbc.sql(sql)
                .param("incident", listed.incidentId().value())
                .param("version", listed.version())
                .param("place", listed.place())
                .param("listed", utc(listed.listedAt()))
                .param("declared", utc(listed.declared().sortedBy()))
                .param(
                        "started",
                        listed.startedAt()
                                .flatMap(OccurredAt::at)
                                .map(IncidentIndexTable::utc)
                                .orElse(null))
                .param("phase", listed.phase().name())
                .param("severity", listed.severity().name())
                .param("mode", listed.mode().name())
                .param("visibility", listed.visibility().name())
                .param("lead", person(listed.lead()))
                .param("changed", changed)
                .param("body", json.write(listed));
    }

    private void serves(IncidentId incident, ServiceName service) {
        jdbc.sql("""
                        insert into views.incident_service (service, incident_id) values (:service, :incident)
                        on conflict do nothing
                        """)
                .param("service", Folded.of(service.value()))
                .param("incident", incident.value())
                .update();
    }

    private void names(IncidentId incident, Person person) {
        jdbc.sql("""
                        insert into views.incident_person (person, incident_id) values (:person, :incident)
                        on conflict do nothing
                        """)
                .param("person", person(person))
                .param("incident", incident.value())
                .update();
    }

    Optional<ListedIncident> listed(IncidentId incident) {
        return jdbc.sql("select body from views.incident_index where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getBytes("body"), ListedIncident.class))
                .optional();
    }

    /** The newest first, so many of those that meet the condition on the alias {@code i}. */
    List<ListedIncident> newest(Where where, int most) {
        return jdbc.sql("select i.body from views.incident_index i" + where.sql()
                        + " order by i.listed_at desc, i.place desc limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) -> json.read(row.getBytes("body"), ListedIncident.class))
                .list();
    }

    /** An incident as the index knows it, and the place in the log of its last event. */
    record Indexed(ListedIncident incident, long changedPlace) {}

    /** The same with the place of each incident's last event. */
    List<Indexed> newestIndexed(Where where, int most) {
        return jdbc.sql("select i.body, i.changed_place from views.incident_index i" + where.sql()
                        + " order by i.listed_at desc, i.place desc limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) -> new Indexed(
                        json.read(row.getBytes("body"), ListedIncident.class), row.getLong("changed_place")))
                .list();
    }

    /** The incidents that meet the condition on the alias {@code i}, and whether they meet the other one. */
    List<PastIncidents.Candidate> candidates(String seen, Where where, int most) {
        return jdbc.sql("select i.incident_id, case when " + seen + " then true else false end as seen"
                        + " from views.incident_index i" + where.sql() + " order by i.place limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) -> new PastIncidents.Candidate(
                        new IncidentId(row.getString("incident_id")), row.getBoolean("seen")))
                .list();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
