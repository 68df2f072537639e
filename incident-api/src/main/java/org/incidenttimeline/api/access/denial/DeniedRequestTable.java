package org.incidenttimeline.api.access.denial;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.access.denial.DeniedRequest.Source;
import org.incidenttimeline.api.access.denial.DeniedRequest.Target;
import org.incidenttimeline.core.event.Person;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The refused requests, one row for each. Whoever writes holds the transaction. */
@Component
class DeniedRequestTable {
    private final JdbcClient jdbc;

    DeniedRequestTable(@Qualifier("applicationSchema") Flyway migrated, JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A refused request and its number, which grows. */
    record Numbered(long number, DeniedRequest request) {}

    void add(DeniedRequest denied) {
        jdbc.sql("""
                insert into app.denied_request
                    (at, authenticated, credential, actor, address, method, path, code, left_out)
                values (:at, :authenticated, :credential, :actor, :address, :method, :path, :code, :leftOut)
                """)
                .param("at", utc(denied.at()))
                .param("authenticated", denied.source().authenticated())
                .param("credential", denied.source().credential().orElse(null))
                .param("actor", denied.source().actor().map(Person::value).orElse(null))
                .param("address", denied.source().address())
                .param("method", denied.request().map(Target::method).orElse(null))
                .param("path", denied.request().map(Target::path).orElse(null))
                .param("code", denied.code())
                .param("leftOut", denied.leftOut())
                .update();
    }

    /** The newest first, those before a number. */
    List<Numbered> before(long number, int most) {
        return jdbc.sql("""
                        select id, at, authenticated, credential, actor, address, method, path, code, left_out
                        from app.denied_request
                        where id < :number
                        order by id desc
                        limit :most
                        """)
                .param("number", number)
                .param("most", most)
                .query(DeniedRequestTable::numbered)
                .list();
    }

    /** Forgets what is older, and of either kind all but the newest. */
    void forget(Instant olderThan, long most) {
        jdbc.sql("delete from app.denied_request where at < :cutoff")
                .param("cutoff", utc(olderThan))
                .update();
        for (boolean authenticated : new boolean[] {true, false}) {
            jdbc.sql("""
                    delete from app.denied_request
                    where authenticated = :authenticated
                        and id <= (select id from app.denied_request where authenticated = :authenticated
                                   order by id desc offset :most rows fetch next 1 rows only)
                    """)
                    .param("authenticated", authenticated)
                    .param("most", most)
                    .update();
        }
    }

    private static Numbered numbered(ResultSet row, int index) throws SQLException {
        var source = new Source(
                row.getBoolean("authenticated"),
                Optional.ofNullable(row.getString("credential")),
                Optional.ofNullable(row.getString("actor")).map(Person::new),
                row.getString("address"));
        String path = row.getString("path");
        var denied = new DeniedRequest(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                source,
                Optional.ofNullable(row.getString("method")).map(method -> new Target(method, path)),
                row.getString("code"),
                row.getLong("left_out"));
        return new Numbered(row.getLong("id"), denied);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
