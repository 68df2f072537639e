package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody who owns the database, and not the keys and the copies of checkpoints, changes it at random. Each change is undone
 * before the next. {@code -Dtamper.count=1000} makes as many.
 */
@ParameterizedClass
@EnumSource(Database.class)
class TamperedDatabaseTest {
    private static final int COUNT = Integer.getInteger("tamper.count", 60);
    private static final int EVENTS = 60;
    private static final int SIGNED_EVERY = 10;
    private static final List<String> TABLES = List.of("event", "leaf", "checkpoint", "log_head");

    @TempDir
    Path directory;

    private final Random random = new Random(20170131);
    private final TestDatabase database;
    private final Ledger ledger;

    TamperedDatabaseTest(Database kind) {
        database = TestDatabases.fresh(kind);
        ledger = new Ledger(database.dataSource(), database.writerLock());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** What is done; the numbers are of two events. */
    private enum Tampering {
        EDIT_PAYLOAD,
        EDIT_METADATA,
        EDIT_NAME,
        MOVE_TO_ANOTHER_STREAM,
        DELETE_EVENT,
        DELETE_EVENT_AND_LEAF,
        INSERT_EVENT,
        INSERT_EVENT_WITH_LEAF,
        REORDER,
        BACKDATE,
        TRUNCATE,
        TRUNCATE_WITH_CHECKPOINTS,
        EDIT_LEAF,
        EDIT_ROOT,
        EDIT_CHECKPOINT,
        REPLACE_WHOLE
    }

    private EventLog open(LedgerKeys keys) {
        return EventLog.open(
                database.dataSource(), database.writerLock(), Clock.systemUTC(), keys, database.sealingKey());
    }

    private LedgerSigner signer(LedgerKeys keys, Path copies) {
        return new LedgerSigner(ledger, keys, new CheckpointFiles(copies), Clock.systemUTC());
    }

    private void tell(LedgerKeys keys, Path copies) {
        try (var log = open(keys)) {
            for (int i = 0; i < EVENTS; i++) {
                var event = new NewEvent(
                        UUID.randomUUID(),
                        "incident.note-added",
                        1,
                        "{\"text\":\"note " + i + "\"}",
                        "{\"actor\":\"ana\"}");
                log.append(new Append("incident", "stream-" + i % 5, i / 5, List.of(event), List.of()));
                if (i % SIGNED_EVERY == SIGNED_EVERY - 1) {
                    assertThat(signer(keys, copies).sign()).isEmpty();
                }
            }
        }
    }

    @Test
    void every_change_is_found() {
        tell(database.ledgerKeys(), directory.resolve("copies"));
        keep();
        assertThat(signer(database.ledgerKeys(), directory.resolve("copies")).audit())
                .isEmpty();

        Map<Tampering, Integer> done = new EnumMap<>(Tampering.class);
        for (int i = 0; i < COUNT; i++) {
            var tampering = Tampering.values()[i % Tampering.values().length];
            long one = random.nextLong(1, EVENTS + 1L);
            long other = 1 + (one + random.nextInt(EVENTS - 1)) % EVENTS;
            make(tampering, one, other);

            assertThat(signer(database.ledgerKeys(), directory.resolve("copies"))
                            .audit())
                    .as("%s of %s and %s", tampering, one, other)
                    .isPresent();
            done.merge(tampering, 1, Integer::sum);
            putBack();
            assertThat(signer(database.ledgerKeys(), directory.resolve("copies"))
                            .audit())
                    .as("after %s was undone", tampering)
                    .isEmpty();
        }
        assertThat(done.keySet()).hasSizeGreaterThanOrEqualTo(Math.min(COUNT, Tampering.values().length));
    }

    private void make(Tampering tampering, long one, long other) {
        String event = " where position = " + one;
        switch (tampering) {
            case EDIT_PAYLOAD ->
                tamper("update log.event set payload = '{\"text\":\"" + random.nextInt(1_000_000) + "\"}'" + event);
            case EDIT_METADATA ->
                tamper("update log.event set metadata = '{\"actor\":\"" + random.nextInt(1_000_000) + "\"}'" + event);
            case EDIT_NAME -> tamper("update log.event set name = 'incident.closed'" + event);
            case MOVE_TO_ANOTHER_STREAM -> tamper("update log.event set stream_id = 'another'" + event);
            case DELETE_EVENT -> tamper("delete from log.event" + event);
            case DELETE_EVENT_AND_LEAF -> tamper("delete from log.event" + event, "delete from log.leaf" + event);
            case INSERT_EVENT -> {
                insertForged();
                tamper("update log.log_head set last_position = " + (EVENTS + 1));
            }
            case INSERT_EVENT_WITH_LEAF -> {
                insertForged();
                insertLeaf(EVENTS + 1);
                setHead(frontier(EVENTS).with(Hash.ofText("forged")));
            }
            case REORDER ->
                tamper(
                        "update log.event set position = 1000" + event,
                        "update log.event set position = " + one + " where position = " + other,
                        "update log.event set position = " + other + " where position = 1000");
            case BACKDATE -> tamper("update log.event set recorded_at = recorded_at - interval '1' day" + event);
            case TRUNCATE -> truncate(one);
            case TRUNCATE_WITH_CHECKPOINTS -> {
                truncate(one);
                tamper("delete from log.checkpoint where size >= " + one);
            }
            case EDIT_LEAF ->
                tamper("update log.leaf set leaf_hash = (select leaf_hash from log.leaf where position = " + other + ")"
                        + event);
            case EDIT_ROOT ->
                tamper("update log.log_head set ledger_root = (select leaf_hash from log.leaf" + event + ")");
            case EDIT_CHECKPOINT ->
                tamper(
                        "update log.checkpoint set note = (select note from log.checkpoint where size = 10) where size = 20");
            case REPLACE_WHOLE -> {
                tamper(
                        "delete from log.event",
                        "delete from log.leaf",
                        "delete from log.checkpoint",
                        "update log.log_head set last_position = 0, ledger_size = 0, ledger_frontier = null,"
                                + " ledger_root = null, ledger_origin = null");
                tell(
                        LedgerKeys.generate("tests"),
                        directory.resolve(UUID.randomUUID().toString()));
            }
        }
    }

    private void insertForged() {
        tamper("""
                insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                       name, revision, recorded_at, payload, metadata)
                select %d, cast('%s' as uuid), aggregate_type, 'forged', 0, name, revision, recorded_at, payload, metadata
                  from log.event where position = %d
                """.formatted(EVENTS + 1, UUID.randomUUID(), EVENTS));
    }

    private void insertLeaf(long position) {
        update("insert into log.leaf (position, leaf_hash, seal) values (?, ?, ?)", insert -> {
            insert.setLong(1, position);
            insert.setBytes(2, Hash.ofText("forged").bytes());
            insert.setBytes(3, Hash.ofText("seal").bytes());
        });
    }

    /** As a careful forger would, who leaves no trace in the database. */
    private void truncate(long before) {
        var frontier = frontier(before - 1);
        tamper("delete from log.event where position >= " + before, "delete from log.leaf where position >= " + before);
        setHead(frontier);
    }

    private Frontier frontier(long size) {
        var frontier = Frontier.EMPTY;
        for (long index = 0; index < size; index++) {
            frontier = frontier.with(ledger.leaf(index).orElseThrow());
        }
        return frontier;
    }

    private void setHead(Frontier to) {
        update(
                "update log.log_head set last_position = ?, ledger_size = ?, ledger_frontier = ?, ledger_root = ?",
                update -> {
                    update.setLong(1, to.size());
                    update.setLong(2, to.size());
                    update.setBytes(3, to.encoded());
                    update.setBytes(4, to.root().bytes());
                });
    }

    private void tamper(String... statements) {
        for (String statement : statements) {
            database.tamper(statement);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private void update(String sql, Binding binding) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep() {
        database.execute("create schema kept");
        TABLES.forEach(table -> database.execute("create table kept." + table + " as select * from log." + table));
    }

    private void putBack() {
        tamper(
                "delete from log.event",
                "delete from log.leaf",
                "delete from log.checkpoint",
                "delete from log.log_head");
        TABLES.forEach(table -> tamper("insert into log." + table + " select * from kept." + table));
    }
}
