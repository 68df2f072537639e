package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What was acknowledged is there after the writing process was killed, and durable settings are insisted on. */
class DurabilityTest {

    private static final int ACKNOWLEDGED_BEFORE_KILL = 500;

    @TempDir
    private Path directory;

    @Test
    void every_append_that_h2_acknowledged_survives_a_kill() throws Exception {
        String url = TestDatabases.h2Url(directory);
        migrate(url);

        List<Long> acknowledged = killWhileWriting("log");

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            List<Long> stored = numbers(connection, "select position from log.event order by position");
            assertThat(stored).containsAll(acknowledged);
            assertThat(stored.getLast()).isEqualTo(stored.size());
            assertThat(numbers(connection, "select last_position from log.log_head"))
                    .containsExactly(stored.getLast());
        }
    }

    /** The control: it shows that a kill at such a moment loses what is not written through. */
    @Test
    void commits_that_h2_acknowledged_with_its_default_write_delay_are_lost_in_a_kill() throws Exception {
        String url = TestDatabases.h2Url(directory).replace(";WRITE_DELAY=0", "");
        int lost = 0;
        for (int kill = 0; kill < 5 && lost == 0; kill++) {
            try (Connection connection = DriverManager.getConnection(url, "sa", "");
                    Statement create = connection.createStatement()) {
                create.execute("drop table if exists written");
                create.execute("create table written (number bigint primary key)");
            }
            List<Long> acknowledged = killWhileWriting("control");
            try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
                List<Long> stored = numbers(connection, "select number from written order by number");
                lost = acknowledged.size() - stored.size();
            }
        }
        assertThat(lost).isPositive();
    }

    @Test
    void an_h2_database_that_delays_its_writes_is_refused() throws SQLException {
        var delayed = new JdbcDataSource();
        delayed.setUrl(TestDatabases.h2Url(directory).replace("WRITE_DELAY=0", "WRITE_DELAY=500"));
        delayed.setUser("sa");

        assertThatIllegalStateException()
                .isThrownBy(() -> EventLog.open(
                        delayed,
                        WriterLock.of(Database.H2),
                        Clock.systemUTC(),
                        LedgerKeys.generate("tests"),
                        SealingKey.generate()))
                .withMessageContaining("WRITE_DELAY is [500]");
    }

    @Test
    void a_postgresql_that_does_not_wait_for_its_disk_is_refused() {
        try (TestDatabase database = TestDatabases.fresh(Database.POSTGRESQL)) {
            for (String lax : List.of("off", "local", "remote_write")) {
                var dataSource = new PGSimpleDataSource();
                dataSource.setUrl(database.url() + "&options=-c%20synchronous_commit=" + lax);
                assertThatIllegalStateException()
                        .isThrownBy(() -> EventLog.open(
                                dataSource,
                                database.writerLock(),
                                Clock.systemUTC(),
                                database.ledgerKeys(),
                                database.sealingKey()))
                        .withMessageContaining("synchronous_commit is " + lax);
            }
        }
    }

    private List<Long> killWhileWriting(String mode) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        mode,
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> acknowledged = new ArrayList<>();
        try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null) {
                acknowledged.add(Long.valueOf(line));
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    // By its handle: destroying the Process would close the output that is still to be read.
                    writer.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        writer.waitFor();
        return acknowledged;
    }

    private static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, "sa", "")
                .schemas("log")
                .locations("classpath:db/log")
                .load()
                .migrate();
    }

    private static List<Long> numbers(Connection connection, String sql) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }
}
