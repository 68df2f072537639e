package org.incidenttimeline.api.exercise;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.seal.RowCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The scripts in their table. */
public final class StoredScripts implements Scripts {
    private static final String COLUMNS = "select incident_id, inject_id, due_at, kind, what, status ";
    private static final String IN_ORDER = " order by due_at, length(inject_id), inject_id";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RowCipher cipher;

    public StoredScripts(JdbcClient jdbc, TransactionTemplate transaction, RowCipher cipher) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.cipher = cipher;
    }

    @Override
    public void keep(List<Inject> script) {
        var ids = script.stream().map(inject -> inject.injectId().value()).toList();
        var known = script.stream()
                .map(Inject::incidentId)
                .findFirst()
                .map(this::of)
                .orElse(List.of());
        boolean kept =
                known.stream().anyMatch(inject -> ids.contains(inject.injectId().value()));
        if (kept) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            // Of two scripts kept at the same time, the one with the higher numbers was planned later.
            known.forEach(earlier -> became(earlier, script.getFirst()));
            script.forEach(this::insert);
        });
    }

    private void became(Inject known, Inject first) {
        if (number(known.injectId()) < number(first.injectId())) {
            update(known.incidentId(), known.injectId(), Inject.Status.WITHHELD);
        }
    }

    private static int number(InjectId id) {
        return Integer.parseInt(id.value().substring(id.value().lastIndexOf('-') + 1));
    }

    private void insert(Inject inject) {
        jdbc.sql("""
                insert into app.exercise_inject (incident_id, inject_id, due_at, kind, what, status)
                values (:incident, :inject, :due, :kind, :what, :status)
                on conflict do nothing
                """)
                .param("incident", inject.incidentId().value())
                .param("inject", inject.injectId().value())
                .param("due", inject.dueAt().atOffset(ZoneOffset.UTC))
                .param("kind", inject.kind().name())
                .param("what", cipher.close(inject.what().value()))
                .param("status", inject.status().name())
                .update();
    }

    @Override
    public List<Inject> of(IncidentId incident) {
        return jdbc.sql(COLUMNS + "from app.exercise_inject where incident_id = :incident" + IN_ORDER)
                .param("incident", incident.value())
                .query((row, _) -> inject(row))
                .list();
    }

    @Override
    public Optional<Inject> find(IncidentId incident, InjectId inject) {
        return jdbc.sql(COLUMNS + "from app.exercise_inject where incident_id = :incident and inject_id = :inject")
                .param("incident", incident.value())
                .param("inject", inject.value())
                .query((row, _) -> inject(row))
                .optional();
    }

    @Override
    public List<Inject> dueBy(Instant moment) {
        return jdbc.sql(COLUMNS + "from app.exercise_inject where status = 'PLANNED' and due_at <= :moment" + IN_ORDER)
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> inject(row))
                .list();
    }

    @Override
    public void became(IncidentId incident, InjectId inject, Inject.Status status) {
        transaction.executeWithoutResult(_ -> update(incident, inject, status));
    }

    @Override
    public void withhold(IncidentId incident) {
        transaction.executeWithoutResult(
                _ -> jdbc.sql("""
                        update app.exercise_inject set status = 'WITHHELD'
                        where incident_id = :incident and status = 'PLANNED'
                        """).param("incident", incident.value()).update());
    }

    /** What was delivered or withheld stays so. */
    private void update(IncidentId incident, InjectId inject, Inject.Status status) {
        jdbc.sql("""
                update app.exercise_inject set status = :status
                where incident_id = :incident and inject_id = :inject and status = 'PLANNED'
                """)
                .param("status", status.name())
                .param("incident", incident.value())
                .param("inject", inject.value())
                .update();
    }

    private Inject inject(ResultSet row) throws SQLException {
        return new Inject(
                new IncidentId(row.getString("incident_id")),
                new InjectId(row.getString("inject_id")),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                InjectKind.valueOf(row.getString("kind")),
                new Text(cipher.open(row.getBytes("what"))),
                Inject.Status.valueOf(row.getString("status")));
    }
}
