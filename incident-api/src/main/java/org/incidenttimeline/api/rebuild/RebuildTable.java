package org.incidenttimeline.api.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.rebuild.Rebuild.Kind;
import org.incidenttimeline.api.rebuild.Rebuild.Progress;
import org.incidenttimeline.api.rebuild.Rebuild.State;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.store.ViewRebuild.Difference;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rebuilds, one row for each. Whoever writes holds the transaction. */
@Component
class RebuildTable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final RowCipher cipher;

    RebuildTable(@Qualifier("applicationSchema") Flyway migrated, JdbcClient jdbc, RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** Asks for a rebuild; false if one is under way. */
    boolean request(Rebuild rebuild) {
        try {
            jdbc.sql("""
                            insert into app.rebuild
                                (rebuild_id, kind, views, requested_by, requested_at, state, under_way,
                                 started_from, reached, target)
                            values (:id, :kind, :views, :by, :at, 'WAITING', 1, 0, 0, 0)
                            """)
                    .param("id", rebuild.id().toString())
                    .param("kind", rebuild.kind().name())
                    .param("views", String.join(",", rebuild.views()))
                    .param("by", rebuild.requestedBy().value())
                    .param("at", utc(rebuild.requestedAt()))
                    .update();
            return true;
        } catch (DuplicateKeyException _) {
            return false;
        }
    }

    /** Notes that it runs, from this position on. */
    void started(UUID id, Instant now, long position, long target) {
        jdbc.sql("""
                        update app.rebuild
                        set state = 'RUNNING', started_at = :now, started_from = :position, reached = :position,
                            target = :target
                        where rebuild_id = :id
                        """)
                .param("id", id.toString())
                .param("now", utc(now))
                .param("position", position)
                .param("target", target)
                .update();
    }

    void reached(UUID id, long position, long target) {
        jdbc.sql("update app.rebuild set reached = :position, target = :target where rebuild_id = :id")
                .param("id", id.toString())
                .param("position", position)
                .param("target", target)
                .update();
    }

    void finished(UUID id, State state, Instant now, Optional<List<Difference>> differences) {
        jdbc.sql("""
                        update app.rebuild
                        set state = :state, under_way = null, finished_at = :now, differences = :differences
                        where rebuild_id = :id
                        """)
                .param("id", id.toString())
                .param("state", state.name())
                .param("now", utc(now))
                .param(
                        "differences",
                        differences
                                .map(JSON::writeValueAsString)
                                .map(cipher::close)
                                .orElse(null))
                .update();
    }

    Optional<Rebuild> underWay() {
        return jdbc.sql("select * from app.rebuild where under_way = 1")
                .query((row, _) -> rebuild(row))
                .optional();
    }

    Optional<Rebuild> find(UUID id) {
        return jdbc.sql("select * from app.rebuild where rebuild_id = :id")
                .param("id", id.toString())
                .query((row, _) -> rebuild(row))
                .optional();
    }

    /** So many at most, the newest first. */
    List<Rebuild> newest(int most) {
        return jdbc.sql("select * from app.rebuild order by requested_at desc limit :most")
                .param("most", most)
                .query((row, _) -> rebuild(row))
                .list();
    }

    /** When views were last compared, or that was last asked for. */
    Optional<Instant> lastComparison() {
        return jdbc.sql("select max(requested_at) from app.rebuild where kind = 'COMPARE'")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Forgets all but the newest. */
    void forget(int kept) {
        jdbc.sql("""
                        delete from app.rebuild where under_way is null and requested_at < (
                          select min(requested_at) from (
                            select requested_at from app.rebuild order by requested_at desc limit :kept) newest)
                        """).param("kept", kept).update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private Rebuild rebuild(ResultSet row) throws SQLException {
        return new Rebuild(
                UUID.fromString(row.getString("rebuild_id")),
                Kind.valueOf(row.getString("kind")),
                List.of(row.getString("views").split(",")),
                new Person(row.getString("requested_by")),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                State.valueOf(row.getString("state")),
                progress(row),
                Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getBytes("differences"))
                        .map(cipher::open)
                        .map(json -> JSON.readValue(json, new TypeReference<List<Difference>>() {})));
    }

    private static Optional<Progress> progress(ResultSet row) throws SQLException {
        long from = row.getLong("started_from");
        long reached = row.getLong("reached");
        long target = row.getLong("target");
        return Optional.ofNullable(row.getObject("started_at", OffsetDateTime.class))
                .map(at -> new Progress(at.toInstant(), from, reached, target));
    }
}
