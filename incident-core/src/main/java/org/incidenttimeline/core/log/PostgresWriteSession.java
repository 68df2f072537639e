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
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.log.GroupPlan.Entry.Accepted;
import org.incidenttimeline.core.log.GroupPlan.HeldKey;
import org.incidenttimeline.core.log.LeafMaker.Leaves;
import org.incidenttimeline.core.log.LeafMaker.Place;
import org.incidenttimeline.core.seal.SealedField;

/**
 * Over a network the round trips are what an append costs, so a whole group is one statement that writes everything, if the
 * log ends where this node left it, and one COMMIT; else one more that locks the head before. Since the answer of the
 * statement proves that this transaction holds the head row, whoever later gets that row knows that a COMMIT that went
 * unanswered has ended one way or the other.
 */
final class PostgresWriteSession extends WriteSession {

    // The network, not statement_timeout, bounds the statements: a COMMIT that waits for a synchronous standby and is
    // cancelled by a timeout is reported as a success with a warning.
    private static final int NETWORK_TIMEOUT_MILLIS = 15_000;

    // One plan for the insert, made once: with arrays as parameters PostgreSQL would plan it anew each time. It must
    // not
    // be a plan for the small table that the log once was.
    private static final String SETTINGS = """
            set lock_timeout = %d;
            set idle_in_transaction_session_timeout = 10000;
            set statement_timeout = 0;
            set plan_cache_mode = force_generic_plan;
            set enable_seqscan = off
            """.formatted(LOCK_TIMEOUT_MILLIS);

    private static final String DEFAULTS = """
            reset lock_timeout;
            reset idle_in_transaction_session_timeout;
            reset statement_timeout;
            reset plan_cache_mode;
            reset enable_seqscan
            """;

    private final PreparedStatement selectHolders;
    private final PreparedStatement selectLeaves;
    private final PreparedStatement insertEvents;

    PostgresWriteSession(Connection connection) throws SQLException {
        super(connection);
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        try (Statement settings = connection.createStatement()) {
            settings.execute(SETTINGS);
        }
        selectHolders = connection.prepareStatement("""
                select scope, key_name, stream_id
                  from log.unique_key
                  join unnest(?::text[], ?::text[]) as wanted (scope, key_name) using (scope, key_name)
                """);
        selectLeaves = connection.prepareStatement("""
                select event.stream_id, event.sequence_number, leaf.leaf_hash
                  from unnest(?::text[], ?::bigint[]) as wanted (stream_id, sequence_number)
                  join log.event on event.stream_id = wanted.stream_id
                                and event.sequence_number = wanted.sequence_number
                  join log.leaf on leaf.position = event.position
                """);
        insertEvents = connection.prepareStatement("""
                with head as (
                    update log.log_head
                       set last_position = ?, last_recorded_at = ?,
                           ledger_size = ?, ledger_frontier = ?, ledger_root = ?
                     where id = 1 and last_position = ? and ledger_fault is null
                    returning ?::bigint as last_before, last_recorded_at as recorded_at),
                fresh as (
                    select *
                      from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[],
                                  ?::text[], ?::int[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
                      with ordinality as fresh (event_id, aggregate_type, stream_id, sequence_number,
                                                name, revision, payload, metadata, leaf_hash, seal, place)),
                sealed as (
                    select *
                      from unnest(?::uuid[], ?::text[], ?::uuid[], ?::bytea[], ?::bytea[], ?::bytea[])
                        as sealed (event_id, path, key_id, nonce, box, wrapped)),
                locked_up as (
                    insert into keys.sealing_key (key_id, wrapped)
                    select sealed.key_id, sealed.wrapped from head cross join sealed),
                hidden as (
                    insert into log.sealed_value (event_id, path, key_id, nonce, box)
                    select sealed.event_id, sealed.path, sealed.key_id, sealed.nonce, sealed.box
                      from head cross join sealed),
                written as (
                    insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                           name, revision, recorded_at, payload, metadata)
                    select head.last_before + fresh.place, fresh.event_id, fresh.aggregate_type, fresh.stream_id,
                           fresh.sequence_number, fresh.name, fresh.revision, head.recorded_at, fresh.payload,
                           fresh.metadata
                      from head cross join fresh),
                entered as (
                    insert into log.leaf (position, leaf_hash, seal)
                    select head.last_before + fresh.place, fresh.leaf_hash, fresh.seal
                      from head cross join fresh),
                kept as (
                    insert into log.receipt (scope, key_name, fingerprint, stream_id, first_sequence, parts, position,
                                             recorded_at)
                    select receipt.scope, receipt.key_name, receipt.fingerprint, receipt.stream_id,
                           receipt.first_sequence, receipt.parts, head.last_before + receipt.place, head.recorded_at
                      from head
                     cross join unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[])
                        as receipt (scope, key_name, fingerprint, stream_id, first_sequence, parts, place))
                select last_before from head
                """);
    }

    @Override
    Map<HeldKey, String> holders(List<HeldKey> keys) throws SQLException {
        selectHolders.setArray(
                1,
                connection.createArrayOf(
                        "text", keys.stream().map(HeldKey::scope).toArray()));
        selectHolders.setArray(
                2,
                connection.createArrayOf("text", keys.stream().map(HeldKey::key).toArray()));
        Map<HeldKey, String> holders = new HashMap<>();
        try (ResultSet row = selectHolders.executeQuery()) {
            while (row.next()) {
                holders.put(new HeldKey(row.getString(1), row.getString(2)), row.getString(3));
            }
        }
        return holders;
    }

    @Override
    Map<Place, Hash> leavesAt(List<Place> places) throws SQLException {
        if (places.isEmpty()) {
            return Map.of();
        }
        selectLeaves.setArray(
                1,
                connection.createArrayOf(
                        "text", places.stream().map(Place::streamId).toArray()));
        selectLeaves.setArray(
                2,
                connection.createArrayOf(
                        "int8", places.stream().map(Place::sequence).toArray()));
        Map<Place, Hash> leaves = new HashMap<>();
        try (ResultSet row = selectLeaves.executeQuery()) {
            while (row.next()) {
                leaves.put(new Place(row.getString(1), row.getLong(2)), Hash.ofBytes(row.getBytes(3)));
            }
        }
        return leaves;
    }

    @Override
    boolean insert(List<Accepted> appends, long before, Instant recordedAt, Leaves leaves) throws SQLException {
        int size = leaves.leaves().size();
        Columns columns = new Columns(size);
        Receipts receipts = new Receipts();
        int place = 0;
        for (Accepted accepted : appends) {
            columns.add(accepted, leaves);
            place += accepted.append().events().size();
            receipts.add(accepted.append(), place);
        }
        insertEvents.setLong(1, before + size);
        insertEvents.setObject(2, recordedAt.atOffset(ZoneOffset.UTC));
        insertEvents.setLong(3, leaves.after().size());
        insertEvents.setBytes(4, leaves.after().encoded());
        insertEvents.setBytes(5, leaves.after().root().bytes());
        insertEvents.setLong(6, before);
        insertEvents.setLong(7, before);
        columns.bind(connection, insertEvents, 8);
        bindSealed(sealed(appends), 18);
        receipts.bind(connection, insertEvents, 24);
        try (ResultSet row = insertEvents.executeQuery()) {
            return row.next();
        }
    }

    private void bindSealed(List<SealedField> fields, int first) throws SQLException {
        insertEvents.setArray(
                first,
                connection.createArrayOf(
                        "uuid", fields.stream().map(SealedField::eventId).toArray()));
        insertEvents.setArray(
                first + 1,
                connection.createArrayOf(
                        "text", fields.stream().map(SealedField::path).toArray()));
        insertEvents.setArray(
                first + 2,
                connection.createArrayOf(
                        "uuid", fields.stream().map(SealedField::keyId).toArray()));
        insertEvents.setArray(
                first + 3,
                connection.createArrayOf(
                        "bytea",
                        fields.stream().map(field -> field.nonce().array()).toArray(byte[][]::new)));
        insertEvents.setArray(
                first + 4,
                connection.createArrayOf(
                        "bytea",
                        fields.stream().map(field -> field.box().array()).toArray(byte[][]::new)));
        insertEvents.setArray(
                first + 5,
                connection.createArrayOf(
                        "bytea",
                        fields.stream().map(field -> field.wrappedKey().array()).toArray(byte[][]::new)));
    }

    /** COMMIT has flushed already. */
    @Override
    void flush() {}

    @Override
    void close() throws SQLException {
        connection.rollback();
        try (Statement settings = connection.createStatement()) {
            settings.execute(DEFAULTS);
        }
        connection.commit();
        super.close();
    }

    /** The receipts of a group, turned on their side: one list per column. */
    private static final class Receipts {

        private final List<String> scopes = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final List<String> fingerprints = new ArrayList<>();
        private final List<String> streamIds = new ArrayList<>();
        private final List<Long> sequences = new ArrayList<>();
        private final List<String> parts = new ArrayList<>();
        private final List<Long> places = new ArrayList<>();

        /** Adds the receipt of an append, if it has one, whose last event has that place in the group. */
        void add(Append append, int place) {
            append.receipt().ifPresent(receipt -> {
                scopes.add(receipt.scope());
                keys.add(receipt.key());
                fingerprints.add(receipt.fingerprint());
                streamIds.add(append.streamId());
                sequences.add(append.firstSequence());
                parts.add(text(receipt.parts()));
                places.add((long) place);
            });
        }

        void bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, connection.createArrayOf("text", scopes.toArray()));
            statement.setArray(first + 1, connection.createArrayOf("text", keys.toArray()));
            statement.setArray(first + 2, connection.createArrayOf("text", fingerprints.toArray()));
            statement.setArray(first + 3, connection.createArrayOf("text", streamIds.toArray()));
            statement.setArray(first + 4, connection.createArrayOf("int8", sequences.toArray()));
            statement.setArray(first + 5, connection.createArrayOf("text", parts.toArray()));
            statement.setArray(first + 6, connection.createArrayOf("int8", places.toArray()));
        }
    }

    /** The rows of a group, turned on their side: one array per column. */
    private static final class Columns {

        private final Object[] eventIds;
        private final String[] aggregateTypes;
        private final String[] streamIds;
        private final Long[] sequences;
        private final String[] names;
        private final Integer[] revisions;
        private final String[] payloads;
        private final String[] metadata;
        private final byte[][] leafHashes;
        private final byte[][] seals;
        private int next;

        Columns(int size) {
            eventIds = new Object[size];
            aggregateTypes = new String[size];
            streamIds = new String[size];
            sequences = new Long[size];
            names = new String[size];
            revisions = new Integer[size];
            payloads = new String[size];
            metadata = new String[size];
            leafHashes = new byte[size][];
            seals = new byte[size][];
        }

        void add(Accepted accepted, Leaves leaves) {
            Append append = accepted.append();
            long sequence = append.firstSequence();
            for (NewEvent event : append.events()) {
                eventIds[next] = event.eventId();
                aggregateTypes[next] = append.aggregateType();
                streamIds[next] = append.streamId();
                sequences[next] = sequence++;
                names[next] = event.name();
                revisions[next] = event.revision();
                payloads[next] = event.payload();
                metadata[next] = event.metadata();
                leafHashes[next] = leaves.leaves().get(next).hash().bytes();
                seals[next] = leaves.leaves().get(next).seal().bytes();
                next++;
            }
        }

        void bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, connection.createArrayOf("uuid", eventIds));
            statement.setArray(first + 1, connection.createArrayOf("text", aggregateTypes));
            statement.setArray(first + 2, connection.createArrayOf("text", streamIds));
            statement.setArray(first + 3, connection.createArrayOf("int8", sequences));
            statement.setArray(first + 4, connection.createArrayOf("text", names));
            statement.setArray(first + 5, connection.createArrayOf("int4", revisions));
            statement.setArray(first + 6, connection.createArrayOf("text", payloads));
            statement.setArray(first + 7, connection.createArrayOf("text", metadata));
            statement.setArray(first + 8, connection.createArrayOf("bytea", leafHashes));
            statement.setArray(first + 9, connection.createArrayOf("bytea", seals));
        }
    }
}
