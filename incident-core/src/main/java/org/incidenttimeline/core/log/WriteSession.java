package org.incidenttimeline.core.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.log.GroupPlan.Entry.Accepted;
import org.incidenttimeline.core.log.GroupPlan.HeldKey;
import org.incidenttimeline.core.log.LeafMaker.Leaves;
import org.incidenttimeline.core.log.LeafMaker.Place;
import org.incidenttimeline.core.seal.SealedField;

/**
 * The committer's own connection, kept open with its statements prepared. A transaction begins with the first statement
 * and ends with {@link #commit} or {@link #rollback}. After any error but a refused row it is discarded.
 */
abstract sealed class WriteSession permits H2WriteSession, PostgresWriteSession {

    /** How long a row lock is waited for. */
    static final int LOCK_TIMEOUT_MILLIS = 5_000;

    final Connection connection;

    private final PreparedStatement lockHead;
    private final PreparedStatement findEvent;
    private final PreparedStatement findReceipt;
    private final PreparedStatement takeKey;
    private final PreparedStatement releaseKey;
    private final PreparedStatement releaseKeys;
    private final PreparedStatement noteKeyToShred;
    private final PreparedStatement deleteValue;

    WriteSession(Connection connection) throws SQLException {
        this.connection = connection;
        lockHead = connection.prepareStatement(
                "select last_position, last_recorded_at, ledger_origin, ledger_size, ledger_frontier, ledger_fault"
                        + " from log.log_head where id = 1 for update");
        findEvent = connection.prepareStatement("select position, recorded_at from log.event where event_id = ?");
        findReceipt = connection.prepareStatement(
                "select 1 from log.receipt where scope = ? and key_name = ? and fingerprint = ?");
        takeKey =
                connection.prepareStatement("insert into log.unique_key (scope, key_name, stream_id) values (?, ?, ?)");
        releaseKey = connection.prepareStatement(
                "delete from log.unique_key where scope = ? and key_name = ? and stream_id = ?");
        releaseKeys = connection.prepareStatement("delete from log.unique_key where scope = ? and stream_id = ?");
        noteKeyToShred = connection.prepareStatement("""
                insert into log.shred_pending (key_id, event_id, path)
                select key_id, event_id, path
                  from log.sealed_value
                 where event_id = (select event_id from log.event where stream_id = ? and sequence_number = ?)
                   and path = ?
                """);
        deleteValue = connection.prepareStatement("""
                delete from log.sealed_value
                 where event_id = (select event_id from log.event where stream_id = ? and sequence_number = ?)
                   and path = ?
                """);
    }

    /**
     * Opens a session whose commits are durable.
     *
     * @throws IllegalStateException if the database is set to lose commits
     */
    static WriteSession open(DataSource dataSource, Database database) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(true);
            database.requireDurable(connection);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            WriteSession session = switch (database) {
                case H2 -> new H2WriteSession(connection);
                case POSTGRESQL -> new PostgresWriteSession(connection);
            };
            connection.setAutoCommit(false);
            return session;
        } catch (SQLException | RuntimeException e) {
            closeAfter(connection, e);
            throw e;
        }
    }

    /** Where an event stands. */
    record Stored(long position, Instant recordedAt) {}

    /**
     * Where the log ends, as the transaction that now holds the head row sees it.
     *
     * @param origin of the ledger; empty where the log has none yet
     * @param frontier of the ledger
     * @param fault what a check found wrong
     */
    record Head(
            long position, Instant recordedAt, Optional<String> origin, Frontier frontier, Optional<String> fault) {}

    /** Locks the head row until the end of the transaction, so that no other writer, on any node, is between. */
    final Head lockHead() throws SQLException {
        try (ResultSet row = lockHead.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("log.log_head has no row");
            }
            byte[] frontier = row.getBytes(5);
            return new Head(
                    row.getLong(1),
                    instant(row, 2),
                    Optional.ofNullable(row.getString(3)),
                    Frontier.of(row.getLong(4), frontier == null ? new byte[0] : frontier),
                    Optional.ofNullable(row.getString(6)));
        }
    }

    /**
     * Begins the ledger of a log that is still empty. Nothing is ever entered later than its append: who can write to the
     * database would otherwise have his own rows sealed by the next start.
     *
     * @throws IllegalStateException if the ledger is another one, or does not end where the log ends
     */
    final Head beginLedger(String origin) throws SQLException {
        Head head = lockHead();
        if (head.origin().isEmpty()) {
            if (head.position() > 0 || count("log.event") + count("log.leaf") + count("log.checkpoint") > 0) {
                throw new IllegalStateException("the log has events up to position " + head.position()
                        + " and no ledger: somebody has changed the database. Put back a copy of it from before");
            }
            begin(origin);
        } else if (!head.origin().get().equals(origin)) {
            throw new IllegalStateException(
                    "the ledger of this log is " + head.origin().get() + ", and the keys given are those of " + origin);
        }
        if (head.frontier().size() != head.position()) {
            throw new IllegalStateException("the log ends at position " + head.position() + " and its ledger has "
                    + head.frontier().size()
                    + " leaves: somebody has changed the database. Put back a copy of it from before");
        }
        return head;
    }

    private void begin(String origin) throws SQLException {
        try (PreparedStatement begin =
                connection.prepareStatement("update log.log_head set ledger_origin = ? where id = 1")) {
            begin.setString(1, origin);
            begin.executeUpdate();
        }
    }

    /**
     * Notes under which key words are sealed from now on. The head row must be locked.
     *
     * @throws IllegalStateException if words are sealed under another one
     */
    final void beginSealing(Hash fingerprint) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select fingerprint from keys.installation_key where id = 1");
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                if (!row.getString(1).equals(fingerprint.hex())) {
                    throw new IllegalStateException("the words of this log are sealed under the key " + row.getString(1)
                            + ", and the key given is " + fingerprint.hex() + ". Put back the file of the former one");
                }
                return;
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into keys.installation_key (id, fingerprint) values (1, ?)")) {
            insert.setString(1, fingerprint.hex());
            insert.executeUpdate();
        }
    }

    private long count(String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from " + table);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The leaves at those places, as far as there are. */
    abstract Map<Place, Hash> leavesAt(List<Place> places) throws SQLException;

    /** The holders of those keys that are held. The head row must be locked, else the answer may be old. */
    abstract Map<HeldKey, String> holders(List<HeldKey> keys) throws SQLException;

    /**
     * Inserts keys and sealed values, the events behind the head with their leaves, moves the head, and inserts the receipts.
     *
     * @return false, with nothing written, if the log does not end there or a check found a fault
     */
    abstract boolean insert(List<Accepted> appends, long position, Instant recordedAt, Leaves leaves)
            throws SQLException;

    /** Makes everything durable that is committed. */
    abstract void flush() throws SQLException;

    /** Where the event stands, if it does. */
    final Optional<Stored> find(UUID eventId) throws SQLException {
        findEvent.setObject(1, eventId);
        try (ResultSet row = findEvent.executeQuery()) {
            return row.next() ? Optional.of(new Stored(row.getLong(1), instant(row, 2))) : Optional.empty();
        }
    }

    /** Whether there is that receipt. */
    final boolean holds(Receipt receipt) throws SQLException {
        findReceipt.setString(1, receipt.scope());
        findReceipt.setString(2, receipt.key());
        findReceipt.setString(3, receipt.fingerprint());
        try (ResultSet row = findReceipt.executeQuery()) {
            return row.next();
        }
    }

    /** Writes the key changes in their order. Runs of the same kind go out together. */
    final void changeKeys(List<Accepted> appends) throws SQLException {
        PreparedStatement open = null;
        for (Accepted accepted : appends) {
            String stream = accepted.append().streamId();
            for (KeyChange change : accepted.keys()) {
                PreparedStatement next = statementFor(change);
                if (open != null && !open.equals(next)) {
                    open.executeBatch();
                }
                open = next;
                bind(next, change, stream);
            }
        }
        if (open != null) {
            open.executeBatch();
        }
    }

    /** Takes values out, and notes whose keys are to be destroyed. One by one, since it is rare. */
    final void redact(List<Accepted> appends) throws SQLException {
        for (Accepted accepted : appends) {
            for (Redacted value : accepted.append().redacted()) {
                take(noteKeyToShred, accepted.append().streamId(), value);
                take(deleteValue, accepted.append().streamId(), value);
            }
        }
    }

    private static void take(PreparedStatement statement, String stream, Redacted value) throws SQLException {
        statement.setString(1, stream);
        statement.setLong(2, value.sequence());
        statement.setString(3, value.path());
        statement.executeUpdate();
    }

    final void commit() throws SQLException {
        connection.commit();
        flush();
    }

    final void rollback() throws SQLException {
        connection.rollback();
    }

    /** Gives the connection back in order. */
    void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
    }

    /** Breaks the connection off, whatever state it is in. */
    final void discard() {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            EventLog.LOGGER.debug("The connection was already broken", e);
        }
    }

    /** What is sealed in the events of the group. */
    static List<SealedField> sealed(List<Accepted> appends) {
        return appends.stream()
                .flatMap(accepted -> accepted.append().events().stream())
                .flatMap(event -> event.sealed().stream())
                .toList();
    }

    /** The counts of a receipt's events as they are stored. */
    static String text(List<Integer> parts) {
        return parts.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private PreparedStatement statementFor(KeyChange change) {
        return switch (change) {
            case KeyChange.Take _ -> takeKey;
            case KeyChange.Release _ -> releaseKey;
            case KeyChange.ReleaseAll _ -> releaseKeys;
        };
    }

    private static void bind(PreparedStatement statement, KeyChange change, String stream) throws SQLException {
        switch (change) {
            case KeyChange.Take(String scope, String key) -> bind(statement, scope, key, stream);
            case KeyChange.Release(String scope, String key) -> bind(statement, scope, key, stream);
            case KeyChange.ReleaseAll(String scope) -> bind(statement, scope, stream);
        }
    }

    private static void bind(PreparedStatement statement, String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        statement.addBatch();
    }

    private static void closeAfter(Connection connection, Exception failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
