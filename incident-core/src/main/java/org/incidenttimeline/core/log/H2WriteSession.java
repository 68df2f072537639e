package org.incidenttimeline.core.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.log.GroupPlan.Entry.Accepted;
import org.incidenttimeline.core.log.GroupPlan.HeldKey;
import org.incidenttimeline.core.log.LeafMaker.Leaves;
import org.incidenttimeline.core.log.LeafMaker.Place;
import org.incidenttimeline.core.log.LeafMaker.Sealed;
import org.incidenttimeline.core.seal.SealedField;

/** In H2 a statement is a function call, so the plain ones are the fast ones. */
final class H2WriteSession extends WriteSession {

    private final PreparedStatement selectHolder;
    private final PreparedStatement selectLeaf;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertLeaf;
    private final PreparedStatement insertReceipt;
    private final PreparedStatement insertKey;
    private final PreparedStatement insertValue;
    private final PreparedStatement moveHead;
    private final Statement checkpoint;

    H2WriteSession(Connection connection) throws SQLException {
        super(connection);
        checkpoint = connection.createStatement();
        checkpoint.execute("set lock_timeout " + LOCK_TIMEOUT_MILLIS);
        selectHolder =
                connection.prepareStatement("select stream_id from log.unique_key where scope = ? and key_name = ?");
        selectLeaf = connection.prepareStatement("""
                select leaf_hash
                  from log.leaf
                  join log.event on event.position = leaf.position
                 where event.stream_id = ? and event.sequence_number = ?
                """);
        insertEvent = connection.prepareStatement("""
                insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                       name, revision, recorded_at, payload, metadata)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        insertLeaf = connection.prepareStatement("insert into log.leaf (position, leaf_hash, seal) values (?, ?, ?)");
        insertReceipt = connection.prepareStatement("""
                insert into log.receipt (scope, key_name, fingerprint, stream_id, first_sequence, parts, position,
                                         recorded_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """);
        insertKey = connection.prepareStatement("insert into keys.sealing_key (key_id, wrapped) values (?, ?)");
        insertValue = connection.prepareStatement(
                "insert into log.sealed_value (event_id, path, key_id, nonce, box) values (?, ?, ?, ?, ?)");
        moveHead = connection.prepareStatement("""
                update log.log_head
                   set last_position = ?, last_recorded_at = ?, ledger_size = ?, ledger_frontier = ?, ledger_root = ?
                 where id = 1 and last_position = ? and ledger_fault is null
                """);
    }

    @Override
    Map<HeldKey, String> holders(List<HeldKey> keys) throws SQLException {
        Map<HeldKey, String> holders = new HashMap<>();
        for (HeldKey key : keys) {
            selectHolder.setString(1, key.scope());
            selectHolder.setString(2, key.key());
            try (ResultSet row = selectHolder.executeQuery()) {
                if (row.next()) {
                    holders.put(key, row.getString(1));
                }
            }
        }
        return holders;
    }

    @Override
    Map<Place, Hash> leavesAt(List<Place> places) throws SQLException {
        Map<Place, Hash> leaves = new HashMap<>();
        for (Place place : places) {
            selectLeaf.setString(1, place.streamId());
            selectLeaf.setLong(2, place.sequence());
            try (ResultSet row = selectLeaf.executeQuery()) {
                if (row.next()) {
                    leaves.put(place, Hash.ofBytes(row.getBytes(1)));
                }
            }
        }
        return leaves;
    }

    @Override
    boolean insert(List<Accepted> appends, long before, Instant recordedAt, Leaves leaves) throws SQLException {
        insertSealed(appends);
        long position = before;
        for (Accepted accepted : appends) {
            Append append = accepted.append();
            long sequence = append.firstSequence();
            for (NewEvent event : append.events()) {
                insertEvent.setLong(1, ++position);
                insertEvent.setObject(2, event.eventId());
                insertEvent.setString(3, append.aggregateType());
                insertEvent.setString(4, append.streamId());
                insertEvent.setLong(5, sequence++);
                insertEvent.setString(6, event.name());
                insertEvent.setInt(7, event.revision());
                insertEvent.setObject(8, recordedAt.atOffset(ZoneOffset.UTC));
                insertEvent.setString(9, event.payload());
                insertEvent.setString(10, event.metadata());
                insertEvent.addBatch();
            }
        }
        insertEvent.executeBatch();
        insertLeaves(leaves, before);
        insertReceipts(appends, before, recordedAt);
        moveHead.setLong(1, position);
        moveHead.setObject(2, recordedAt.atOffset(ZoneOffset.UTC));
        moveHead.setLong(3, leaves.after().size());
        moveHead.setBytes(4, leaves.after().encoded());
        moveHead.setBytes(5, leaves.after().root().bytes());
        moveHead.setLong(6, before);
        return moveHead.executeUpdate() == 1;
    }

    private void insertSealed(List<Accepted> appends) throws SQLException {
        List<SealedField> fields = sealed(appends);
        for (SealedField field : fields) {
            insertKey.setObject(1, field.keyId());
            insertKey.setBytes(2, field.wrappedKey().array());
            insertKey.addBatch();
        }
        insertKey.executeBatch();
        for (SealedField field : fields) {
            insertValue.setObject(1, field.eventId());
            insertValue.setString(2, field.path());
            insertValue.setObject(3, field.keyId());
            insertValue.setBytes(4, field.nonce().array());
            insertValue.setBytes(5, field.box().array());
            insertValue.addBatch();
        }
        insertValue.executeBatch();
    }

    private void insertLeaves(Leaves leaves, long before) throws SQLException {
        long position = before;
        for (Sealed leaf : leaves.leaves()) {
            insertLeaf.setLong(1, ++position);
            insertLeaf.setBytes(2, leaf.hash().bytes());
            insertLeaf.setBytes(3, leaf.seal().bytes());
            insertLeaf.addBatch();
        }
        insertLeaf.executeBatch();
    }

    /** After the events, so that a batch is only filled where it is run: a filled one would wait for the next group. */
    private void insertReceipts(List<Accepted> appends, long before, Instant recordedAt) throws SQLException {
        long position = before;
        for (Accepted accepted : appends) {
            Append append = accepted.append();
            position += append.events().size();
            if (append.receipt().isPresent()) {
                addReceipt(append, append.receipt().get(), position, recordedAt);
            }
        }
        insertReceipt.executeBatch();
    }

    private void addReceipt(Append append, Receipt receipt, long position, Instant recordedAt) throws SQLException {
        insertReceipt.setString(1, receipt.scope());
        insertReceipt.setString(2, receipt.key());
        insertReceipt.setString(3, receipt.fingerprint());
        insertReceipt.setString(4, append.streamId());
        insertReceipt.setLong(5, append.firstSequence());
        insertReceipt.setString(6, text(receipt.parts()));
        insertReceipt.setLong(7, position);
        insertReceipt.setObject(8, recordedAt.atOffset(ZoneOffset.UTC));
        insertReceipt.addBatch();
    }

    /** {@code WRITE_DELAY=0} hands a commit to the operating system; this brings it to the disk (h2database #2599). */
    @Override
    void flush() throws SQLException {
        checkpoint.execute("checkpoint sync");
    }
}
