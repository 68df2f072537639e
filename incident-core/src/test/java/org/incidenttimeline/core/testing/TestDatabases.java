package org.incidenttimeline.core.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.core.log.Database;
import org.jspecify.annotations.Nullable;

/**
 * Fresh databases, on an H2 file in a temporary directory or on one embedded PostgreSQL per JVM. Both are set as in
 * production: every acknowledged commit is on the disk.
 */
public final class TestDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres postgres;

    private TestDatabases() {}

    /** A database with the schema of the log, and no event in it. */
    public static TestDatabase fresh(Database kind) {
        TestDatabase database = empty(kind);
        migrate(database);
        return database;
    }

    /** A database with nothing in it. */
    public static TestDatabase empty(Database kind) {
        return switch (kind) {
            case H2 -> h2();
            case POSTGRESQL -> postgres();
        };
    }

    /** The recommended URL of an H2 database in that directory. */
    public static String h2Url(Path directory) {
        return "jdbc:h2:file:" + directory.resolve("incidents").toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE"
                + ";LOCK_TIMEOUT=5000;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** Brings the schema of the log to its newest version. */
    public static void migrate(TestDatabase database) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("log")
                .locations(
                        "classpath:db/log",
                        "classpath:db/guard/" + database.kind().name().toLowerCase(Locale.ROOT))
                .load()
                .migrate();
    }

    private static TestDatabase h2() {
        try {
            Path directory = Files.createTempDirectory("incidents");
            return new TestDatabase(Database.H2, h2Url(directory), "sa", directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestDatabase postgres() {
        String name = "test" + COUNT.incrementAndGet();
        EmbeddedPostgres server = server();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement create = connection.createStatement()) {
            create.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create database " + name, e);
        }
        return new TestDatabase(Database.POSTGRESQL, server.getJdbcUrl("postgres", name), "postgres", null);
    }

    private static synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = postgres;
        if (running == null) {
            try {
                // The library's own settings give up durability for speed.
                running = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = running;
        }
        return running;
    }
}
