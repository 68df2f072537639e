package org.incidenttimeline.api.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.seal.RowCipher;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The deployments of the last days, for the incidents that are still to come. */
@Component
class Deployments {
    private final JdbcClient jdbc;
    private final RowCipher cipher;
    private final TransactionOperations transactions;

    Deployments(
            @Qualifier("applicationSchema") Flyway migrated,
            JdbcClient jdbc,
            TransactionOperations transactions,
            RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.transactions = transactions;
    }

    /**
     * A deployment as it is kept.
     *
     * @param changed whether what was told just now changed it
     * @param recorded whether the incidents that were open know of it
     */
    record Kept(Deployment deployment, boolean changed, boolean recorded) {}

    /** Keeps what was told of a deployment, unless something later was told of it before. */
    Kept keep(Deployment told) {
        boolean changed = Boolean.TRUE.equals(transactions.execute(_ -> {
            int inserted = bind(told, """
                    insert into app.deployment (
                      deployment_id, source_id, external_id, kind, service, service_folded, environment, state, what,
                      made_by, reference, occurred_at, received_at, recorded)
                    values (
                      :deployment, :source, :external, :kind, :service, :folded, :environment, :state, :what,
                      :by, :reference, :occurredAt, :receivedAt, false)
                    on conflict do nothing
                    """).update();
            return inserted > 0 || bind(told, """
                    update app.deployment
                    set kind = :kind, service = :service, service_folded = :folded, environment = :environment,
                        state = :state, what = :what, made_by = :by, reference = :reference,
                        occurred_at = :occurredAt, received_at = :receivedAt, recorded = false
                    where source_id = :source and external_id = :external and state <> :state
                      and (occurred_at < :occurredAt
                           or (occurred_at = :occurredAt and state in ('QUEUED', 'RUNNING')))
                    """).update() > 0;
        }));
        return jdbc.sql("select * from app.deployment where source_id = :source and external_id = :external")
                .param("source", told.sourceId().value())
                .param("external", told.externalId())
                .query((row, _) -> new Kept(deployment(row), changed, row.getBoolean("recorded")))
                .single();
    }

    /** Notes that all incidents that were open know how the deployment stands, unless it came to stand otherwise. */
    void recorded(Deployment deployment) {
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                        update app.deployment set recorded = true
                        where deployment_id = :deployment and state = :state
                        """)
                .param("deployment", deployment.deploymentId())
                .param("state", deployment.state().name())
                .update());
    }

    /** The newest deployments of these services, or where none is named, of all, from one moment until before another. */
    List<Deployment> of(Collection<ServiceName> services, Instant from, Instant until) {
        var query = services.isEmpty()
                ? jdbc.sql("""
                        select * from app.deployment
                        where occurred_at >= :from and occurred_at < :until
                        order by occurred_at desc, deployment_id fetch first :most rows only
                        """)
                : jdbc.sql("""
                        select * from app.deployment
                        where service_folded in (:services) and occurred_at >= :from and occurred_at < :until
                        order by occurred_at desc, deployment_id fetch first :most rows only
                        """)
                        .param(
                                "services",
                                services.stream().map(Deployments::folded).toList());
        return query.param("from", time(from))
                .param("until", time(until))
                .param("most", Limits.DEPLOYMENTS)
                .query((row, _) -> deployment(row))
                .list();
    }

    /** The deployments that ended and are not known to all incidents that were open: those on which a node gave up. */
    List<Deployment> unrecorded(Instant receivedBefore) {
        return jdbc.sql("""
                        select * from app.deployment
                        where not recorded and state not in ('QUEUED', 'RUNNING') and received_at < :before
                        order by received_at fetch first :most rows only
                        """)
                .param("before", time(receivedBefore))
                .param("most", Limits.DEPLOYMENTS)
                .query((row, _) -> deployment(row))
                .list();
    }

    void forget(Instant receivedBefore) {
        transactions.executeWithoutResult(_ -> jdbc.sql("delete from app.deployment where received_at < :before")
                .param("before", time(receivedBefore))
                .update());
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Deployment told) {
        return statement
                .param("deployment", told.deploymentId())
                .param("source", told.sourceId().value())
                .param("external", told.externalId())
                .param("kind", told.kind().name())
                .param("service", told.service().value())
                .param("folded", folded(told.service()))
                .param("environment", told.environment().map(Environment::value).orElse(null))
                .param("state", told.state().name())
                .param("what", cipher.close(told.what().value()))
                .param("by", told.by().map(Person::value).orElse(null))
                .param(
                        "reference",
                        told.reference()
                                .map(Reference::value)
                                .map(cipher::close)
                                .orElse(null))
                .param("occurredAt", time(told.occurredAt()))
                .param("receivedAt", time(told.receivedAt()));
    }

    private JdbcClient.StatementSpec bind(Deployment told, String sql) {
        return bind(jdbc.sql(sql), told);
    }

    private Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                row.getString("deployment_id"),
                new SourceId(row.getString("source_id")),
                row.getString("external_id"),
                ChangeKind.valueOf(row.getString("kind")),
                new ServiceName(row.getString("service")),
                Optional.ofNullable(row.getString("environment")).map(Environment::new),
                Deployment.State.valueOf(row.getString("state")),
                new Text(cipher.open(row.getBytes("what"))),
                Optional.ofNullable(row.getString("made_by")).map(Person::new),
                Optional.ofNullable(row.getBytes("reference")).map(cipher::open).map(Reference::new),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** One case for all names that {@link ServiceName#covers} holds equal. */
    private static String folded(ServiceName service) {
        var folded = new StringBuilder();
        service.value().chars().forEach(c -> folded.append(Character.toLowerCase(Character.toUpperCase((char) c))));
        return folded.toString();
    }
}
