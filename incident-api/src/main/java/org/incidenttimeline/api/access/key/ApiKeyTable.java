package org.incidenttimeline.api.access.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.key.ApiKey.Deed;
import org.incidenttimeline.api.access.key.ApiKey.Grant;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The API keys and the hashes of their secrets. Whoever writes holds the transaction. */
@Component
class ApiKeyTable {
    private static final String COLUMNS = """
            id, secret_hash, former_hash, former_until, actor, actor_kind, roles, services, created_by, created_at,
            expires_at, rotated_by, rotated_at, revoked_by, revoked_at, last_used_at
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ApiKeyTable(@Qualifier("applicationSchema") Flyway migrated, JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A key with what its secrets are compared to. */
    record Stored(ApiKey key, String hash, Optional<String> formerHash) {}

    /** Writes a new key, unless there is one with its id; says whether it did. */
    boolean add(String id, String hash, Grant grant, Deed created) {
        return jdbc.sql("""
                        insert into app.api_key
                            (id, secret_hash, actor, actor_kind, roles, services, created_by, created_at, expires_at)
                        values (:id, :hash, :actor, :kind, :roles, :services, :by, :at, :expires)
                        on conflict do nothing
                        """)
                        .param("id", id)
                        .param("hash", hash)
                        .param("actor", grant.actor().name().value())
                        .param("kind", grant.actor().kind().name())
                        .param(
                                "roles",
                                grant.roles().stream().sorted().map(Enum::name).collect(Collectors.joining(",")))
                        .param("services", json.writeValueAsString(grant.services()))
                        .param("by", created.by().value())
                        .param("at", utc(created.at()))
                        .param(
                                "expires",
                                grant.expiresAt().map(ApiKeyTable::utc).orElse(null))
                        .update()
                == 1;
    }

    Optional<Stored> find(String id) {
        return jdbc.sql("select " + COLUMNS + " from app.api_key where id = :id")
                .param("id", id)
                .query(this::stored)
                .optional();
    }

    /** The key, kept as it is until the transaction ends. */
    Optional<Stored> lock(String id) {
        return jdbc.sql("select " + COLUMNS + " from app.api_key where id = :id for update")
                .param("id", id)
                .query(this::stored)
                .optional();
    }

    /** All keys, the newest first. */
    List<ApiKey> all() {
        return jdbc
                .sql("select " + COLUMNS + " from app.api_key order by created_at desc, id")
                .query(this::stored)
                .list()
                .stream()
                .map(Stored::key)
                .toList();
    }

    /** The keys that are neither expired nor revoked, kept as they are until the transaction ends. */
    List<ApiKey> lockGood(Instant now) {
        return jdbc.sql("select " + COLUMNS + """
                         from app.api_key
                        where revoked_at is null and (expires_at is null or expires_at > :now)
                        order by id
                        for update
                        """).param("now", utc(now)).query(this::stored).list().stream()
                .map(Stored::key)
                .toList();
    }

    long count() {
        return jdbc.sql("select count(*) from app.api_key").query(Long.class).single();
    }

    void rotate(String id, String hash, Instant formerUntil, Deed rotated) {
        jdbc.sql("""
                update app.api_key
                set former_hash = secret_hash, former_until = :until, secret_hash = :hash,
                    rotated_by = :by, rotated_at = :at
                where id = :id
                """)
                .param("id", id)
                .param("hash", hash)
                .param("until", utc(formerUntil))
                .param("by", rotated.by().value())
                .param("at", utc(rotated.at()))
                .update();
    }

    void revoke(String id, Deed revoked) {
        jdbc.sql("update app.api_key set revoked_by = :by, revoked_at = :at where id = :id")
                .param("id", id)
                .param("by", revoked.by().value())
                .param("at", utc(revoked.at()))
                .update();
    }

    void used(String id, Instant at) {
        jdbc.sql("""
                update app.api_key set last_used_at = :at
                where id = :id and (last_used_at is null or last_used_at < :at)
                """).param("id", id).param("at", utc(at)).update();
    }

    private Stored stored(ResultSet row, int number) throws SQLException {
        var roles = Arrays.stream(row.getString("roles").split(","))
                .map(AccessRole::valueOf)
                .collect(Collectors.toSet());
        var services = json.readValue(row.getString("services"), ServiceName[].class);
        var grant = new Grant(
                new Actor(new Person(row.getString("actor")), Actor.Kind.valueOf(row.getString("actor_kind"))),
                roles,
                Set.of(services),
                time(row, "expires_at"));
        var created = new Deed(
                new Person(row.getString("created_by")), time(row, "created_at").orElseThrow());
        var key = new ApiKey(
                row.getString("id"),
                grant,
                created,
                deed(row, "rotated"),
                time(row, "former_until"),
                deed(row, "revoked"),
                time(row, "last_used_at"));
        return new Stored(key, row.getString("secret_hash"), Optional.ofNullable(row.getString("former_hash")));
    }

    private static Optional<Deed> deed(ResultSet row, String what) throws SQLException {
        String by = row.getString(what + "_by");
        return by == null
                ? Optional.empty()
                : Optional.of(new Deed(new Person(by), time(row, what + "_at").orElseThrow()));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
