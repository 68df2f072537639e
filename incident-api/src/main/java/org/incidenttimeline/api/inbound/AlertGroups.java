package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.core.event.IncidentId;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which incident a group of alerts was told to last. It is a pointer and no more: whether that incident is open, and what
 * it has heard, the log says.
 */
@Component
class AlertGroups {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    AlertGroups(@Qualifier("applicationSchema") Flyway migrated, JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    Optional<IncidentId> incidentOf(Source source, String groupKey) {
        return jdbc.sql("select incident_id from app.alert_group where source_id = :source and group_key = :group")
                .param("source", source.sourceId().value())
                .param("group", Digests.of(groupKey))
                .query((row, _) -> new IncidentId(row.getString("incident_id")))
                .optional();
    }

    void note(Source source, String groupKey, IncidentId incident, Instant now) {
        transactions.executeWithoutResult(_ -> {
            int updated = bind(source, groupKey, incident, now, """
                    update app.alert_group set incident_id = :incident, told_at = :now
                    where source_id = :source and group_key = :group
                    """).update();
            if (updated == 0) {
                bind(source, groupKey, incident, now, """
                        insert into app.alert_group (source_id, group_key, incident_id, told_at)
                        values (:source, :group, :incident, :now)
                        on conflict do nothing
                        """).update();
            }
        });
    }

    void forget(Instant toldBefore) {
        transactions.executeWithoutResult(_ -> jdbc.sql("delete from app.alert_group where told_at < :before")
                .param("before", toldBefore.atOffset(ZoneOffset.UTC))
                .update());
    }

    private JdbcClient.StatementSpec bind(
            Source source, String groupKey, IncidentId incident, Instant now, String sql) {
        return jdbc.sql(sql)
                .param("source", source.sourceId().value())
                .param("group", Digests.of(groupKey))
                .param("incident", incident.value())
                .param("now", now.atOffset(ZoneOffset.UTC));
    }
}
