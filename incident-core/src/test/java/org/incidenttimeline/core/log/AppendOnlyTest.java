package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.NoteSigner;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database itself refuses to change what is evidence. */
@ParameterizedClass
@EnumSource(Database.class)
class AppendOnlyTest {
    private static final List<String> CHANGES = List.of(
            "update log.event set payload = '{}'",
            "update log.event set payload = payload where position = 99",
            "delete from log.event",
            "truncate table log.event",
            "update log.leaf set seal = leaf_hash",
            "delete from log.leaf",
            "truncate table log.leaf",
            "update log.checkpoint set note = ''",
            "delete from log.checkpoint",
            "truncate table log.checkpoint",
            "update log.cosignature set line = ''",
            "delete from log.cosignature",
            "truncate table log.cosignature");

    @TempDir
    Path directory;

    private final TestDatabase database;
    private final EventLog log;

    AppendOnlyTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
    }

    @BeforeEach
    void tellAndSign() {
        log.append(Facts.append("a", 0, 3));
        var ledger = new Ledger(database.dataSource(), database.writerLock());
        assertThat(new LedgerSigner(ledger, database.ledgerKeys(), new CheckpointFiles(directory), Clock.systemUTC())
                        .sign())
                .isEmpty();
        ledger.keep(
                3, NoteSigner.generate("w", NoteKey.Type.COSIGNATURE).cosign("text\n", Instant.EPOCH), Instant.EPOCH);
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private long rows() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement select = connection.createStatement();
                var row = select.executeQuery("""
                        select (select count(*) from log.event) + (select count(*) from log.leaf)
                             + (select count(*) from log.checkpoint) + (select count(*) from log.cosignature)
                        """)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void even_the_owner_cannot_change_or_remove_a_row() throws SQLException {
        for (String change : CHANGES) {
            assertThatThrownBy(() -> database.execute(change)).as(change).hasCauseInstanceOf(SQLException.class);
        }

        assertThat(rows()).isEqualTo(8);
        log.append(Facts.append("a", 3));
        assertThat(log.head()).isEqualTo(4);
    }

    /** The statements are those of docs/operations/ledger.md. */
    @Test
    void a_role_for_the_application_alone_may_add_and_nothing_else() throws SQLException {
        assumeTrue(
                database.kind() == Database.POSTGRESQL,
                "on H2 the log's user is an administrator, for CHECKPOINT SYNC");
        database.execute("create role incident_app login");
        try {
            for (String grant : Grants.documented()) {
                database.execute(grant);
            }
            try (Connection connection = DriverManager.getConnection(
                            database.url().replace("user=postgres", "user=incident_app"), "incident_app", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("update log.log_head set last_position = last_position");
                assertThat(statement.executeQuery("select 1 from log.event").next())
                        .isTrue();
                for (String change : CHANGES) {
                    assertThatThrownBy(() -> statement.execute(change))
                            .as(change)
                            .hasMessageContaining("permission denied");
                }
                for (String change : List.of(
                        "alter table log.event disable trigger event_append_only",
                        "drop table log.event",
                        "drop trigger event_append_only on log.event",
                        "set session_replication_role = replica")) {
                    assertThatThrownBy(() -> statement.execute(change))
                            .as(change)
                            .isInstanceOf(SQLException.class);
                }
            }
        } finally {
            database.execute("drop owned by incident_app");
            database.execute("drop role incident_app");
        }
    }

    /** The statements of the documentation. */
    private static final class Grants {
        static List<String> documented() {
            try {
                var text = Files.readString(Path.of("../docs/operations/ledger.md"));
                var sql = text.substring(text.indexOf("```sql") + 6, text.indexOf("```", text.indexOf("```sql") + 6));
                return Stream.of(sql.split(";"))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
