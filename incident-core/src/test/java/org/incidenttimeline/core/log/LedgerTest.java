package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.NoteSigner;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.LedgerFault.Kind;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class LedgerTest {
    @TempDir
    Path directory;

    private final TestDatabase database;
    private final Ledger ledger;
    private EventLog log;

    LedgerTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
        ledger = new Ledger(database.dataSource(), database.writerLock());
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private EventLog open(LedgerKeys keys) {
        return EventLog.open(
                database.dataSource(), database.writerLock(), Clock.systemUTC(), keys, database.sealingKey());
    }

    private LedgerSigner signer() {
        return signer(database.ledgerKeys());
    }

    private LedgerSigner signer(LedgerKeys keys) {
        return new LedgerSigner(ledger, keys, new CheckpointFiles(directory), Clock.systemUTC());
    }

    private void tellStories() {
        log.append(Facts.append("a", 0, 3));
        log.append(Facts.append("b", 0, 2));
        log.append(Facts.append("a", 3, 2));
    }

    private Checkpoint signed(long size) {
        return SignedNote.of(ledger.checkpoint(size).orElseThrow().note())
                .flatMap(note -> Checkpoint.of(note.text()))
                .orElseThrow();
    }

    @Test
    void an_append_is_answered_with_its_leaf_and_a_root_that_holds_it() {
        log.append(Facts.append("a", 0, 3));
        var place = log.append(Facts.append("a", 3, 2)).place().orElseThrow();

        assertThat(place.index()).isEqualTo(4);
        assertThat(place.treeSize()).isEqualTo(5);
        assertThat(ledger.leaf(4)).contains(place.leaf());
        var proof = ledger.roots(MerkleTree.inclusionProof(place.treeSize(), place.index()));
        assertThat(MerkleTree.includes(place.leaf(), place.index(), place.treeSize(), proof, place.root()))
                .isTrue();
    }

    @Test
    void what_many_write_at_once_is_one_tree_and_signed() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 16)
                    .mapToObj(caller -> callers.submit(() -> {
                        for (int i = 0; i < 20; i++) {
                            log.append(Facts.append("stream" + caller, i));
                        }
                    }))
                    .toList();
            for (var answer : answers) {
                answer.get();
            }
        }

        assertThat(signer().sign()).isEmpty();
        assertThat(signer().audit()).isEmpty();
        assertThat(signed(320).root()).isEqualTo(ledger.head().frontier().root());
    }

    @Test
    void checkpoints_are_signed_when_there_is_something_new_and_each_continues_the_one_before() {
        assertThat(signer().sign()).isEmpty();
        log.append(Facts.append("a", 0, 3));
        assertThat(signer().sign()).isEmpty();
        assertThat(signer().sign()).isEmpty();
        log.append(Facts.append("b", 0, 2));
        assertThat(signer().sign()).isEmpty();

        assertThat(ledger.checkpointsAfter(-1, 10))
                .extracting(StoredCheckpoint::size)
                .containsExactly(0L, 3L, 5L);
        var proof = ledger.roots(MerkleTree.consistencyProof(3, 5));
        assertThat(MerkleTree.continues(3, signed(3).root(), 5, signed(5).root(), proof))
                .isTrue();
        assertThat(SignedNote.of(ledger.newestCheckpoint().orElseThrow().note())
                        .orElseThrow()
                        .isSignedBy(database.ledgerKeys().signer().key()))
                .isTrue();
    }

    @Test
    void an_event_put_in_by_hand_is_not_sealed_by_a_restart() {
        tellStories();
        log.close();
        tamper("""
                insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                       name, revision, recorded_at, payload, metadata)
                select 8, cast('00000000-0000-4000-8000-000000000001' as uuid), aggregate_type, 'forged', 0,
                       name, revision, recorded_at, payload, metadata
                  from log.event where position = 7
                """, "update log.log_head set last_position = 8");

        assertThatIllegalStateException()
                .isThrownBy(() -> open(database.ledgerKeys()))
                .withMessageContaining("the log ends at position 8 and its ledger has 7 leaves");
        assertThat(ledger.leaf(7)).isEmpty();
    }

    @Test
    void a_log_whose_ledger_was_taken_away_is_not_given_a_new_one() {
        tellStories();
        assertThat(signer().sign()).isEmpty();
        log.close();
        tamper(
                "update log.event set payload = '{\"text\":\"nothing happened\"}' where position = 4",
                "delete from log.leaf",
                "delete from log.checkpoint",
                "update log.log_head set ledger_origin = null, ledger_size = 0, ledger_frontier = null, ledger_root = null");

        assertThatIllegalStateException()
                .isThrownBy(() -> open(database.ledgerKeys()))
                .withMessageContaining("events up to position 7 and no ledger");
        tamper("update log.log_head set last_position = 0");
        assertThatIllegalStateException()
                .isThrownBy(() -> open(database.ledgerKeys()))
                .withMessageContaining("no ledger");
        assertThat(ledger.leaf(0)).isEmpty();
    }

    @Test
    void a_log_is_not_opened_with_the_keys_of_another_ledger() {
        log.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> open(LedgerKeys.generate("other")))
                .withMessageContaining("the ledger of this log is tests");
    }

    private void tamper(String... statements) {
        for (String statement : statements) {
            database.tamper(statement);
        }
    }

    private void assertNothingIsSignedOrWritten(Kind kind, long index) {
        var before = ledger.newestCheckpoint().map(StoredCheckpoint::size);

        var fault = signer().sign().orElseThrow();

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.index()).isEqualTo(index);
        assertThat(ledger.newestCheckpoint().map(StoredCheckpoint::size)).isEqualTo(before);
        assertThatExceptionOfType(LogReadOnly.class)
                .isThrownBy(() -> log.append(Facts.append("c", 0)))
                .withMessageContaining(fault.what());
        assertThat(ledger.head().fault()).contains(fault.sentence());
    }

    @Test
    void an_edited_event_is_not_signed() {
        tellStories();
        tamper("update log.event set payload = '{\"text\":\"nothing happened\"}' where position = 4");

        assertNothingIsSignedOrWritten(Kind.EDITED, 3);
    }

    @Test
    void an_event_edited_after_it_was_signed_is_found_by_the_audit() {
        tellStories();
        assertThat(signer().sign()).isEmpty();
        tamper("update log.event set metadata = '{\"actor\":\"bob\"}' where position = 2");

        assertThat(signer().audit()).hasValueSatisfying(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.EDITED);
            assertThat(fault.index()).isEqualTo(1);
        });
    }

    @Test
    void a_deleted_event_is_not_signed() {
        tellStories();
        tamper("delete from log.event where position = 4");

        assertNothingIsSignedOrWritten(Kind.DELETED, 3);
    }

    @Test
    void an_event_put_in_by_somebody_without_the_key_is_not_signed() {
        tellStories();
        log.close();
        try (var forger = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                LedgerKeys.generate("tests"),
                database.sealingKey())) {
            forger.append(Facts.append("forged", 0));
        }
        log = open(database.ledgerKeys());

        assertNothingIsSignedOrWritten(Kind.FORGED, 7);
    }

    @Test
    void a_log_cut_off_behind_its_checkpoint_is_not_signed() {
        log.append(Facts.append("a", 0, 3));
        assertThat(signer().sign()).isEmpty();
        var before = ledger.head().frontier();
        tellMore();
        assertThat(signer().sign()).isEmpty();
        rewind(before);

        assertNothingIsSignedOrWritten(Kind.TRUNCATED, 3);
    }

    @Test
    void a_log_put_back_with_its_checkpoints_is_known_by_the_copy_outside() {
        log.append(Facts.append("a", 0, 3));
        assertThat(signer().sign()).isEmpty();
        var before = ledger.head().frontier();
        tellMore();
        assertThat(signer().sign()).isEmpty();
        rewind(before);
        tamper("delete from log.checkpoint where size > 3");

        assertNothingIsSignedOrWritten(Kind.TRUNCATED, 3);
    }

    private void tellMore() {
        log.append(Facts.append("b", 0, 2));
    }

    private void rewind(Frontier to) {
        tamper(
                "delete from log.event where position > " + to.size(),
                "delete from log.leaf where position > " + to.size());
        try (var connection = database.dataSource().getConnection();
                var update = connection.prepareStatement("""
                        update log.log_head
                           set last_position = ?, ledger_size = ?, ledger_frontier = ?, ledger_root = ?
                        """)) {
            update.setLong(1, to.size());
            update.setLong(2, to.size());
            update.setBytes(3, to.encoded());
            update.setBytes(4, to.root().bytes());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_checkpoint_signed_by_somebody_else_stops_the_ledger() {
        tellStories();
        assertThat(signer().sign()).isEmpty();
        var forged = ledger.newestCheckpoint().orElseThrow();
        var text = new Checkpoint("tests", 7, forged.frontier().root()).text();
        var note = new SignedNote(
                        text,
                        List.of(NoteSigner.generate("tests", NoteKey.Type.NOTE).sign(text)))
                .encoded();
        tamper("update log.checkpoint set note = '" + note + "'");

        assertNothingIsSignedOrWritten(Kind.REPLACED, 7);
    }

    @Test
    void a_lost_checkpoint_is_made_again_where_the_events_give_its_root() {
        tellStories();
        assertThat(signer().sign()).isEmpty();
        tellMoreOf("c");
        tamper("delete from log.checkpoint");

        assertThat(signer().sign()).isEmpty();

        assertThat(ledger.checkpointsAfter(-1, 10))
                .extracting(StoredCheckpoint::size)
                .containsExactly(7L, 9L);
        assertThat(signer().audit()).isEmpty();
    }

    @Test
    void a_lost_checkpoint_is_not_made_again_where_the_events_give_another_root() {
        log.append(Facts.append("a", 0, 3));
        assertThat(signer().sign()).isEmpty();
        var before = ledger.head().frontier();
        tellMore();
        assertThat(signer().sign()).isEmpty();
        rewind(before);
        tamper("delete from log.checkpoint where size > 3");
        log.close();
        log = open(database.ledgerKeys());
        tellMore();

        assertNothingIsSignedOrWritten(Kind.REPLACED, 5);
    }

    @Test
    void a_new_key_signs_again_though_nothing_was_added() {
        var before = database.ledgerKeys();
        var next = NoteSigner.generate("tests", NoteKey.Type.NOTE);
        tellStories();
        assertThat(signer().sign()).isEmpty();

        assertThat(signer(new LedgerKeys(next, Optional.of(before.signer()), before.seal()))
                        .sign())
                .isEmpty();

        var alone = signer(new LedgerKeys(next, Optional.empty(), before.seal()));
        assertThat(alone.sign()).isEmpty();
        assertThat(alone.audit()).isEmpty();
        var note = SignedNote.of(ledger.newestCheckpoint().orElseThrow().note()).orElseThrow();
        assertThat(note.isSignedBy(next.key())).isTrue();
        assertThat(note.isSignedBy(before.signer().key())).isTrue();
    }

    @Test
    void a_former_key_signs_beside_the_present_one() throws IOException {
        var keys = Files.createDirectories(directory.resolve("keys"));
        LedgerKeys.in(keys);
        Files.writeString(
                keys.resolve("signer.key"), database.ledgerKeys().signer().secret());
        tellStories();
        assertThat(signer().sign()).isEmpty();
        var rotated = LedgerKeys.rotate(keys);
        var both = new LedgerKeys(
                rotated.signer(), rotated.former(), database.ledgerKeys().seal());
        tellMoreOf("c");

        assertThat(signer(both).sign()).isEmpty();

        var note = SignedNote.of(ledger.newestCheckpoint().orElseThrow().note()).orElseThrow();
        assertThat(note.isSignedBy(both.signer().key())).isTrue();
        assertThat(note.isSignedBy(database.ledgerKeys().signer().key())).isTrue();
        tellMoreOf("d");
        var alone = new LedgerKeys(both.signer(), Optional.empty(), both.seal());
        assertThat(signer(alone).sign()).isEmpty();
    }

    @Test
    void a_checkpoint_kept_by_two_nodes_at_once_is_kept_once() throws Exception {
        tellStories();
        var frontier = ledger.head().frontier();
        var line = NoteSigner.generate("w", NoteKey.Type.COSIGNATURE).cosign("text\n", Instant.EPOCH);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var kept = IntStream.range(0, 8)
                    .mapToObj(_ -> nodes.submit(() -> {
                        ledger.keep(new StoredCheckpoint(7, "note\n", frontier, Instant.EPOCH));
                        ledger.keep(7, line, Instant.EPOCH);
                    }))
                    .toList();
            for (var one : kept) {
                one.get();
            }
        }

        assertThat(ledger.checkpointsAfter(-1, 10))
                .extracting(StoredCheckpoint::note)
                .containsExactly("note\n" + line.text() + "\n");
    }

    /** Its first connections are each preceded by something that another node does. */
    private static final class Meanwhile extends HikariDataSource {
        private final WriterLock lock;
        private final int connection;
        private final Runnable other;
        private int given;

        Meanwhile(TestDatabase database, int connection, Runnable other) {
            this.lock = database.writerLock();
            this.connection = connection;
            this.other = other;
            setJdbcUrl(database.url());
            setUsername(database.user());
            setMinimumIdle(0);
        }

        @Override
        public Connection getConnection() throws SQLException {
            // Under the lock nobody else writes on H2.
            if (!lock.isHeldByCurrentThread() && given++ == connection) {
                other.run();
            }
            return super.getConnection();
        }
    }

    @Test
    void what_another_node_writes_and_signs_meanwhile_is_no_fault() {
        log.append(Facts.append("a", 0));
        assertThat(signer().sign()).isEmpty();
        for (int connection = 0; connection < 6; connection++) {
            for (boolean audit : List.of(false, true)) {
                var stream = connection + " " + audit;
                log.append(Facts.append(stream, 0));
                try (var source = new Meanwhile(database, connection, () -> {
                    log.append(Facts.append(stream, 1));
                    assertThat(signer().sign()).isEmpty();
                })) {
                    var meanwhile = new LedgerSigner(
                            new Ledger(source, database.writerLock()),
                            database.ledgerKeys(),
                            new CheckpointFiles(directory),
                            Clock.systemUTC());

                    assertThat(audit ? meanwhile.audit() : meanwhile.sign())
                            .as("before reading %s", stream)
                            .isEmpty();
                }
            }
        }
    }

    private void tellMoreOf(String stream) {
        log.append(Facts.append(stream, 0, 2));
    }
}
