package org.incidenttimeline.core.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.ledger.SignedNote;

/** The ledger as the database keeps it: leaves, checkpoints, and what witnesses signed. */
public final class Ledger {

    private static final int LEAVES_AT_ONCE = 2_000;

    /** Longest fault that is kept. */
    private static final int LONGEST_FAULT = 2_000;

    private static final String ENTRIES = """
            select event.position, event.event_id, event.aggregate_type, event.stream_id, event.sequence_number,
                   event.name, event.revision, event.recorded_at, event.payload, event.metadata,
                   leaf.leaf_hash, leaf.seal, earlier.leaf_hash
              from log.event
              left join log.leaf on leaf.position = event.position
              left join log.event as former on former.stream_id = event.stream_id
                                           and former.sequence_number = event.sequence_number - 1
              left join log.leaf as earlier on earlier.position = former.position
            """;

    private static final String CHECKPOINTS = "select size, note, frontier, signed_at from log.checkpoint";

    private final DataSource dataSource;
    private final WriterLock lock;

    /** @param lock the lock that everyone who writes to this database shares */
    public Ledger(DataSource dataSource, WriterLock lock) {
        this.dataSource = dataSource;
        this.lock = lock;
    }

    /**
     * Where the ledger ends, once everything up to there is on the disk: on H2 a commit is seen before it is flushed, but
     * both happen under the lock.
     *
     * @throws IllegalStateException if no log was opened yet that has a ledger
     */
    public LedgerHead head() {
        lock.acquire();
        try {
            return storedHead();
        } finally {
            lock.release();
        }
    }

    /** What a check found wrong, for as long as nothing is written. */
    public Optional<String> fault() {
        return storedHead().fault();
    }

    private LedgerHead storedHead() {
        return query("""
                select ledger_origin, last_position, ledger_size, ledger_frontier, ledger_root, ledger_fault
                  from log.log_head
                 where id = 1
                """, select -> {
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getString(1) == null) {
                    throw new IllegalStateException("the log has no ledger");
                }
                return new LedgerHead(
                        row.getString(1),
                        row.getLong(2),
                        Frontier.of(row.getLong(3), bytes(row, 4)),
                        hash(row, 5),
                        Optional.ofNullable(row.getString(6)));
            }
        });
    }

    /** The events behind a position with their leaves, in order. */
    public List<LedgerEntry> entriesAfter(long position, long last, int most) {
        return query(ENTRIES + " where event.position > ? and event.position <= ? order by event.position", select -> {
            select.setLong(1, position);
            select.setLong(2, Math.min(last, position + most));
            return entries(select);
        });
    }

    private static List<LedgerEntry> entries(PreparedStatement select) throws SQLException {
        List<LedgerEntry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new LedgerEntry(
                        new StoredEvent(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getInt(7),
                                WriteSession.instant(row, 8),
                                row.getString(9),
                                row.getString(10)),
                        hash(row, 11),
                        hash(row, 12),
                        hash(row, 13)));
            }
        }
        return entries;
    }

    /** The leaf of the event at an index; empty if there is none. */
    public Optional<Hash> leaf(long index) {
        return query("select leaf_hash from log.leaf where position = ?", select -> {
            select.setLong(1, index + 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? hash(row, 1) : Optional.empty();
            }
        });
    }

    /** The index of the event with that id; empty if there is none. */
    public Optional<Long> indexOf(UUID eventId) {
        return query("select position from log.event where event_id = ?", select -> {
            select.setObject(1, eventId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1) - 1) : Optional.empty();
            }
        });
    }

    /**
     * The roots of those subtrees, in their order, made of the leaves, each of which is read once.
     *
     * @throws IllegalStateException if a leaf is missing
     */
    public List<Hash> roots(List<MerkleTree.Range> ranges) {
        return ranges.stream().map(this::root).toList();
    }

    private Hash root(MerkleTree.Range range) {
        return extended(Frontier.EMPTY, range.first(), range.end()).root();
    }

    /** The tree that a smaller one has become at that size. */
    Frontier extended(Frontier tree, long size) {
        return extended(tree, tree.size(), size);
    }

    private Frontier extended(Frontier tree, long begin, long end) {
        Frontier frontier = tree;
        for (long first = begin; first < end; first += LEAVES_AT_ONCE) {
            for (Hash leaf : leaves(first, Math.min(end, first + LEAVES_AT_ONCE))) {
                frontier = frontier.with(leaf);
            }
        }
        return frontier;
    }

    private List<Hash> leaves(long first, long end) {
        List<Hash> leaves = query(
                "select leaf_hash from log.leaf where position > ? and position <= ? order by position", select -> {
                    select.setLong(1, first);
                    select.setLong(2, end);
                    List<Hash> found = new ArrayList<>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            hash(row, 1).ifPresent(found::add);
                        }
                    }
                    return found;
                });
        if (leaves.size() != end - first) {
            throw new IllegalStateException("the ledger is damaged: leaves are missing from " + first + " to " + end);
        }
        return leaves;
    }

    /** The newest checkpoint. */
    public Optional<StoredCheckpoint> newestCheckpoint() {
        return checkpoints(CHECKPOINTS + " order by size desc limit 1", _ -> {}).stream()
                .findFirst();
    }

    /** The checkpoint of that size. */
    public Optional<StoredCheckpoint> checkpoint(long size) {
        return checkpoints(CHECKPOINTS + " where size = ?", select -> select.setLong(1, size)).stream()
                .findFirst();
    }

    /** The checkpoints of more than that size, in their order. */
    public List<StoredCheckpoint> checkpointsAfter(long size, int most) {
        return checkpoints(CHECKPOINTS + " where size > ? order by size limit ?", select -> {
            select.setLong(1, size);
            select.setInt(2, most);
        });
    }

    /** Keeps a checkpoint durably; it does nothing if there is one of that size. */
    public void keep(StoredCheckpoint checkpoint) {
        update("""
                insert into log.checkpoint (size, note, frontier, signed_at) values (?, ?, ?, ?) on conflict do nothing
                """, insert -> {
            insert.setLong(1, checkpoint.size());
            insert.setString(2, checkpoint.note());
            insert.setBytes(3, checkpoint.frontier().encoded());
            insert.setObject(4, checkpoint.signedAt().atOffset(ZoneOffset.UTC));
        });
    }

    /** Keeps one more signature under the checkpoint of that size; the first one of each key stays. */
    public void keep(long size, SignedNote.Line line, Instant receivedAt) {
        update("""
                insert into log.cosignature (size, key_name, key_id, line, received_at) values (?, ?, ?, ?, ?)
                    on conflict do nothing
                """, insert -> {
            insert.setLong(1, size);
            insert.setString(2, line.name());
            insert.setString(3, line.keyId());
            insert.setString(4, line.text());
            insert.setObject(5, receivedAt.atOffset(ZoneOffset.UTC));
        });
    }

    /** Stops every node from writing; the first fault stays. */
    public void stopWriting(String fault) {
        update(
                "update log.log_head set ledger_fault = ? where id = 1 and ledger_fault is null",
                update -> update.setString(
                        1, fault.length() > LONGEST_FAULT ? fault.substring(0, LONGEST_FAULT) : fault));
    }

    private List<StoredCheckpoint> checkpoints(String sql, Binding binding) {
        List<StoredCheckpoint> bare = query(sql, select -> {
            binding.bind(select);
            List<StoredCheckpoint> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new StoredCheckpoint(
                            row.getLong(1),
                            row.getString(2),
                            Frontier.of(row.getLong(1), bytes(row, 3)),
                            WriteSession.instant(row, 4)));
                }
            }
            return found;
        });
        return bare.isEmpty() ? bare : withWitnesses(bare);
    }

    private List<StoredCheckpoint> withWitnesses(List<StoredCheckpoint> bare) {
        Map<Long, StringBuilder> lines = query(
                "select size, line from log.cosignature where size >= ? and size <= ? order by size, received_at, key_id",
                select -> {
                    select.setLong(
                            1,
                            bare.stream()
                                    .mapToLong(StoredCheckpoint::size)
                                    .min()
                                    .orElse(0));
                    select.setLong(
                            2,
                            bare.stream()
                                    .mapToLong(StoredCheckpoint::size)
                                    .max()
                                    .orElse(0));
                    Map<Long, StringBuilder> found = new HashMap<>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            found.computeIfAbsent(row.getLong(1), _ -> new StringBuilder())
                                    .append(row.getString(2))
                                    .append('\n');
                        }
                    }
                    return found;
                });
        return bare.stream()
                .map(checkpoint -> new StoredCheckpoint(
                        checkpoint.size(),
                        checkpoint.note() + lines.getOrDefault(checkpoint.size(), new StringBuilder()),
                        checkpoint.frontier(),
                        checkpoint.signedAt()))
                .toList();
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(PreparedStatement select) throws SQLException;
    }

    private <T> T query(String sql, Query<T> query) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            return query.run(select);
        } catch (SQLException e) {
            throw new LogUnavailable("the ledger could not be read: " + e.getMessage(), e);
        }
    }

    private void update(String sql, Binding binding) {
        lock.acquire();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            binding.bind(update);
            update.executeUpdate();
            flush(connection);
        } catch (SQLException e) {
            throw new LogUnavailable("the ledger could not be written: " + e.getMessage(), e);
        } finally {
            lock.release();
        }
    }

    /** What is told elsewhere must not vanish from here in a power cut. On PostgreSQL a commit has flushed already. */
    private static void flush(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
            try (Statement checkpoint = connection.createStatement()) {
                checkpoint.execute("checkpoint sync");
            }
        }
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    /** A hash that is there and is one; what else stands in its place is no hash. */
    private static Optional<Hash> hash(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null || bytes.length != Hash.LENGTH ? Optional.empty() : Optional.of(Hash.ofBytes(bytes));
    }
}
