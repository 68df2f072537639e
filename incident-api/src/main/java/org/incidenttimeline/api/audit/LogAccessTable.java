package org.incidenttimeline.api.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.audit.LogAccess.Sent;
import org.incidenttimeline.api.audit.LogAccess.What;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The reads of the log, one row for each. Whoever writes holds the transaction. */
@Component
class LogAccessTable {
    private final JdbcClient jdbc;

    LogAccessTable(@Qualifier("applicationSchema") Flyway migrated, JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds one, and says which number it got. */
    long add(LogAccess access) {
        var key = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into app.log_access
                    (begun_at, what, actor, actor_kind, credential, address, path, query, position)
                values (:begun, :what, :actor, :kind, :credential, :address, :path, :query, :position)
                """)
                .param("begun", utc(access.begunAt()))
                .param("what", access.what().name())
                .param("actor", access.actor().name().value())
                .param("kind", access.actor().kind().name())
                .param("credential", access.credential())
                .param("address", access.address())
                .param("path", access.path())
                .param("query", access.query().orElse(null))
                .param("position", access.position())
                .update(key, "access_id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void ended(long number, Sent sent) {
        jdbc.sql("""
                update app.log_access set sent = :sent, last_position = :last, ended_at = :ended
                where access_id = :number
                """)
                .param("sent", sent.count())
                .param("last", sent.lastPosition())
                .param("ended", utc(sent.endedAt()))
                .param("number", number)
                .update();
    }

    /** The newest first, those before a number. */
    List<LogAccess> before(long number, int most) {
        return jdbc.sql("""
                        select access_id, begun_at, what, actor, actor_kind, credential, address, path, query, position,
                               sent, last_position, ended_at
                        from app.log_access
                        where access_id < :number
                        order by access_id desc
                        limit :most
                        """)
                .param("number", number)
                .param("most", most)
                .query(LogAccessTable::access)
                .list();
    }

    private static LogAccess access(ResultSet row, int index) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        Optional<Sent> sent = ended == null
                ? Optional.empty()
                : Optional.of(new Sent(row.getLong("sent"), row.getLong("last_position"), ended.toInstant()));
        return new LogAccess(
                row.getLong("access_id"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                What.valueOf(row.getString("what")),
                new Actor(new Person(row.getString("actor")), Actor.Kind.valueOf(row.getString("actor_kind"))),
                row.getString("credential"),
                row.getString("address"),
                row.getString("path"),
                Optional.ofNullable(row.getString("query")),
                row.getLong("position"),
                sent);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
