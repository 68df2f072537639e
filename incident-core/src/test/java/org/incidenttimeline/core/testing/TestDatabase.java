package org.incidenttimeline.core.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.WriterLock;
import org.incidenttimeline.core.seal.SealingKey;
import org.jspecify.annotations.Nullable;

/** A database that belongs to one test. Closing it removes the files of an H2 database. */
public final class TestDatabase implements AutoCloseable {

    private final Database kind;
    private final String url;
    private final String user;
    private final @Nullable Path directory;
    private final HikariDataSource dataSource;
    private final WriterLock writerLock;
    private final LedgerKeys ledgerKeys = LedgerKeys.generate("tests");
    private final SealingKey sealingKey = SealingKey.generate();

    TestDatabase(Database kind, String url, String user, @Nullable Path directory) {
        this.kind = kind;
        this.url = url;
        this.user = user;
        this.directory = directory;
        this.dataSource = open(url, user);
        this.writerLock = WriterLock.of(kind);
    }

    public Database kind() {
        return kind;
    }

    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    /** A pool, closed with the database. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** The one lock of everybody who writes to this database. */
    public WriterLock writerLock() {
        return writerLock;
    }

    /** The keys of the ledger of this database. */
    public LedgerKeys ledgerKeys() {
        return ledgerKeys;
    }

    /** The key under which the words of this database are kept. */
    public SealingKey sealingKey() {
        return sealingKey;
    }

    /** All files that this database is in, its journal among them; on PostgreSQL none of the other databases of the server. */
    public List<Path> files() throws IOException {
        if (directory != null) {
            return regular(directory);
        }
        Path server = Path.of(told("show data_directory"));
        Path others = server.resolve("base");
        Path own = others.resolve(told("select oid from pg_database where datname = current_database()"));
        return regular(server).stream()
                .filter(file -> !file.startsWith(others) || file.startsWith(own))
                .toList();
    }

    private static List<Path> regular(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }

    private String told(String question) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }

    /** Executes what the database refuses to everyone, as somebody does who may alter its tables. */
    public void tamper(String sql) {
        for (String table : List.of("event", "leaf", "checkpoint", "cosignature")) {
            execute(
                    switch (kind) {
                        case H2 -> "drop trigger if exists log." + table + "_append_only";
                        case POSTGRESQL -> "alter table log." + table + " disable trigger " + table + "_append_only";
                    });
        }
        execute(sql);
    }

    public void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
        if (directory != null) {
            delete(directory);
        }
    }

    private static HikariDataSource open(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(24);
        return new HikariDataSource(config);
    }

    private static void delete(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
