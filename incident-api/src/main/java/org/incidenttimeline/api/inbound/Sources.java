package org.incidenttimeline.api.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.access.SecretBox;
import org.incidenttimeline.core.event.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The sources that were set up. Their secrets are sealed, and leave only to be compared. */
@Component
class Sources {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final SecretBox secretBox;
    private final JsonMapper json;

    Sources(
            @Qualifier("applicationSchema") Flyway migrated,
            JdbcClient jdbc,
            TransactionOperations transactions,
            SecretBox secretBox,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.secretBox = secretBox;
        this.json = json;
    }

    /** A source, and the secrets that prove it now, the newest first. */
    record Proving(Source source, List<String> secrets) {}

    /** Whether the source was added; it was not where one of this name is there. */
    boolean add(Source source, Secret secret) {
        return changed(jdbc.sql("""
                        insert into app.source (
                          source_id, kind, name, enabled, secret, secret_set_at, settings, created_at)
                        values (:source, :kind, :name, :enabled, :secret, :secretSetAt, :settings, :createdAt)
                        on conflict do nothing
                        """)
                .param("source", source.sourceId().value())
                .param("kind", source.kind().name())
                .param("name", source.name().value())
                .param("enabled", source.enabled())
                .param("secret", sealed(source.sourceId(), secret))
                .param("secretSetAt", time(source.secretSetAt()))
                .param("settings", json.writeValueAsString(source.settings()))
                .param("createdAt", time(source.createdAt())));
    }

    /** Whether there was such a source to change. */
    boolean change(SourceId source, Person name, boolean enabled, SourceSettings settings) {
        return changed(jdbc.sql("""
                        update app.source set name = :name, enabled = :enabled, settings = :settings
                        where source_id = :source
                        """)
                .param("source", source.value())
                .param("name", name.value())
                .param("enabled", enabled)
                .param("settings", json.writeValueAsString(settings)));
    }

    /** Gives the source a new secret; the one before it stays good until then. */
    boolean rotate(SourceId source, Secret secret, Instant now, Instant previousUntil) {
        return changed(jdbc.sql("""
                        update app.source
                        set previous_secret = case when :kept then secret end,
                            previous_secret_until = case when :kept then :until end,
                            secret = :secret, secret_set_at = :now
                        where source_id = :source
                        """)
                .param("source", source.value())
                .param("secret", sealed(source, secret))
                .param("now", time(now))
                .param("kept", previousUntil.isAfter(now))
                .param("until", time(previousUntil)));
    }

    /** Whether there was such a source. What it told of stays where it is recorded. */
    boolean remove(SourceId source) {
        return changed(
                jdbc.sql("delete from app.source where source_id = :source").param("source", source.value()));
    }

    List<Source> all() {
        return jdbc.sql("select * from app.source order by created_at, source_id")
                .query((row, _) -> source(row))
                .list();
    }

    Optional<Source> find(SourceId source) {
        return jdbc.sql("select * from app.source where source_id = :source")
                .param("source", source.value())
                .query((row, _) -> source(row))
                .optional();
    }

    /** The source if it is enabled, with what proves it now. */
    Optional<Proving> proving(SourceId source, Instant now) {
        return jdbc.sql("select * from app.source where source_id = :source and enabled")
                .param("source", source.value())
                .query((row, _) -> new Proving(
                        source(row),
                        Stream.of(
                                        Optional.of(row.getString("secret")),
                                        Optional.ofNullable(row.getString("previous_secret"))
                                                .filter(_ -> isGood(row, now)))
                                .flatMap(Optional::stream)
                                .map(stored -> secretBox.open(purpose(source), stored))
                                .toList()))
                .optional();
    }

    private static boolean isGood(ResultSet row, Instant now) {
        try {
            return optionalTime(row, "previous_secret_until")
                    .filter(now::isBefore)
                    .isPresent();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Source source(ResultSet row) throws SQLException {
        return new Source(
                new SourceId(row.getString("source_id")),
                SourceKind.valueOf(row.getString("kind")),
                new Person(row.getString("name")),
                row.getBoolean("enabled"),
                json.readValue(row.getString("settings"), SourceSettings.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("secret_set_at", OffsetDateTime.class).toInstant(),
                optionalTime(row, "previous_secret_until"));
    }

    private String sealed(SourceId source, Secret secret) {
        return secretBox.seal(purpose(source), secret.value());
    }

    private static String purpose(SourceId source) {
        return "source:" + source;
    }

    private boolean changed(JdbcClient.StatementSpec statement) {
        return Boolean.TRUE.equals(transactions.execute(_ -> statement.update() > 0));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> optionalTime(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
