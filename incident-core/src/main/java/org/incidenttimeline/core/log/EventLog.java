package org.incidenttimeline.core.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.seal.SaltedValue;
import org.incidenttimeline.core.seal.SealedPlace;
import org.incidenttimeline.core.seal.Sealer;
import org.incidenttimeline.core.seal.SealingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only log of all events. Positions are given under a lock on the head row that lasts until the commit, so
 * they have no gaps and follow the order of commits on any number of nodes: a reader never sees 8 before 7, and
 * {@link #readAfter} needs no logic for gaps (the failure of AxonFramework #4829).
 *
 * <p>Appends that wait at the same time share one transaction and one flush; each is answered when it is durable. Every
 * append holds at most {@value Append#MAX_EVENTS} events; at most 10,000 appends wait.
 *
 * <p>Words in payloads, objects of the form {@code {"text":"…"}}, are sealed before they are recorded and opened when they are
 * read (see {@code core.seal}). What was taken out meanwhile reads as {@value Payloads#REMOVED}.
 *
 * <p>On H2 there is one {@code EventLog} per database; it shows events to readers only once they are on the disk. The
 * schema is {@code db/log}, for Flyway, in schema {@code log}.
 */
public final class EventLog implements AutoCloseable {

    static final Logger LOGGER = LoggerFactory.getLogger(EventLog.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String EVENTS = """
            select position, event_id, aggregate_type, stream_id, sequence_number,
                   name, revision, recorded_at, payload, metadata
              from log.event
            """;

    private final DataSource dataSource;
    private final Database database;
    private final WriterLock lock;
    private final Committer committer;
    private final Sealer sealer;
    private final SealedValues values;
    private final Thread thread;

    private EventLog(DataSource dataSource, Database database, WriterLock lock, Committer committer, Sealer sealer) {
        this.dataSource = dataSource;
        this.database = database;
        this.lock = lock;
        this.committer = committer;
        this.sealer = sealer;
        this.values = new SealedValues(dataSource, sealer);
        this.thread = Thread.ofPlatform().name("event-log-committer").daemon().unstarted(committer);
    }

    /**
     * Opens the log and starts its committer, which keeps one connection for itself.
     *
     * @param lock the lock that everyone who writes to this database shares
     * @param clock gives the times of recording
     * @param keys of the ledger, into which every event is entered with its append
     * @param sealingKey under which the keys of words are kept
     * @throws IllegalStateException if the database is set to lose acknowledged commits, see {@link Database}, or its ledger
     *     is another one or does not end where the log ends, or its words are sealed under another key
     * @throws LogUnavailable if it cannot be reached, or has no log schema
     */
    public static EventLog open(
            DataSource dataSource, WriterLock lock, Clock clock, LedgerKeys keys, SealingKey sealingKey) {
        GroupWriter writer = null;
        try {
            Database database = Database.of(dataSource);
            writer = new GroupWriter(dataSource, database, clock, keys, sealingKey.fingerprint());
            Committer committer = new Committer(writer, lock, openUnder(lock, writer));
            EventLog log = new EventLog(dataSource, database, lock, committer, new Sealer(sealingKey));
            log.thread.start();
            return log;
        } catch (SQLException | IllegalStateException e) {
            if (writer != null) {
                writer.discard();
            }
            if (e instanceof IllegalStateException refused) {
                throw refused;
            }
            throw new LogUnavailable("the event log could not be opened: " + e.getMessage(), e);
        }
    }

    private static long openUnder(WriterLock lock, GroupWriter writer) throws SQLException {
        lock.acquire();
        try {
            return writer.open();
        } finally {
            lock.release();
        }
    }

    /**
     * Writes the events and returns when they are durable. An interrupt is kept for the caller to see; whether the
     * append is then withdrawn or its outcome unknown, the exception says.
     *
     * @throws StreamConflict if the stream does not continue with that sequence; nothing was written
     * @throws KeyTaken if a name is held by another stream; nothing was written
     * @throws ReceiptExists if there is a receipt under the key of this one; nothing was written
     * @throws DuplicateEvent if the log already holds an event with one of the ids; nothing was written
     * @throws LogReadOnly if a check has found the record changed; nothing was written
     * @throws LogUnavailable if it cannot be done now, also when too much waits already; nothing was written
     * @throws OutcomeUnknown if it may have been written
     * @throws IllegalStateException if the caller holds the writer lock, for which the committer would wait
     */
    public Appended append(Append append) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "append inside a transaction that holds the writer lock: the committer would wait for its caller");
        }
        if (committer.isClosed()) {
            throw closed();
        }
        // By the caller's thread: the committer has other things to do.
        Pending pending = new Pending(append.sealedBy(sealer));
        if (!committer.offer(pending)) {
            throw new LogUnavailable("overloaded: " + Committer.MOST_WAITING + " appends wait already", null);
        }
        // The committer may have ended between the question and the offer.
        if (committer.isClosed() && pending.claim()) {
            throw closed();
        }
        return switch (answerTo(pending)) {
            case Answer.Done(Appended appended) -> appended;
            case Answer.Refused(LogFailure reason) -> throw reason;
        };
    }

    /** The events of a stream from that sequence on, in their order; empty if there are none. */
    public List<StoredEvent> readStream(String streamId, long firstSequence) {
        return opened(EVENTS + " where stream_id = ? and sequence_number >= ? order by sequence_number", select -> {
            select.setString(1, streamId);
            select.setLong(2, firstSequence);
        });
    }

    /**
     * The events of a stream behind a position of the log, in their order.
     *
     * @param max most events to return
     */
    public List<StoredEvent> readStreamAfter(String streamId, long position, int max) {
        return opened(
                EVENTS + " where stream_id = ? and position > ? and position <= ? order by sequence_number limit ?",
                select -> {
                    select.setString(1, streamId);
                    select.setLong(2, position);
                    select.setLong(3, lastVisible());
                    select.setInt(4, max);
                });
    }

    /**
     * The events behind a position, in the order of positions.
     *
     * @param position of the last event already read, 0 for none
     * @param max most events to return
     * @throws IllegalStateException if the log misses a position that it must have: events were removed from the table
     */
    public List<StoredEvent> readAfter(long position, int max) {
        List<StoredEvent> events =
                opened(EVENTS + " where position > ? and position <= ? order by position limit ?", select -> {
                    select.setLong(1, position);
                    select.setLong(2, lastVisible());
                    select.setInt(3, max);
                });
        long expected = position;
        for (StoredEvent event : events) {
            if (event.position() != ++expected) {
                throw new IllegalStateException(
                        "the log is damaged: position " + expected + " is missing before " + event.position());
            }
        }
        return events;
    }

    /** Position of the newest event, 0 if there is none. */
    public long head() {
        long newest = query("select last_position from log.log_head where id = 1", select -> only(select))
                .orElseThrow(() -> new IllegalStateException("the log is damaged: log.log_head has no row"));
        return Math.min(newest, lastVisible());
    }

    /** Sequence of the newest event of a stream; empty if the stream has none. */
    public OptionalLong streamVersion(String streamId) {
        return query("select max(sequence_number) from log.event where stream_id = ?", select -> {
            select.setString(1, streamId);
            return only(select);
        });
    }

    /** Position of the newest event recorded before that time, 0 if there is none. */
    public long positionBefore(Instant time) {
        // Times never decrease with the position, so the place is found by halving.
        long before = 0;
        long notBefore = head() + 1;
        while (notBefore - before > 1) {
            long middle = before + (notBefore - before) / 2;
            if (recordedAt(middle).isBefore(time)) {
                before = middle;
            } else {
                notBefore = middle;
            }
        }
        return before;
    }

    /** The receipt under a key, with the events that it stands for; empty if there is none, or no longer. */
    public Optional<StoredReceipt> findReceipt(String scope, String key) {
        String receipts = """
                select fingerprint, stream_id, first_sequence, parts, position, recorded_at
                  from log.receipt
                 where scope = ? and key_name = ? and position <= ?
                """;
        Optional<StoredReceipt> found = query(receipts, select -> {
            select.setString(1, scope);
            select.setString(2, key);
            select.setLong(3, lastVisible());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(receipt(scope, key, row)) : Optional.empty();
            }
        });
        // After the first connection is given back: a reader that held two could wait for itself.
        return found.map(this::withEvents);
    }

    private static StoredReceipt receipt(String scope, String key, ResultSet row) throws SQLException {
        List<Integer> parts =
                Arrays.stream(row.getString(4).split(" ")).map(Integer::valueOf).toList();
        return new StoredReceipt(
                new Receipt(scope, key, row.getString(1), parts),
                row.getString(2),
                row.getLong(3),
                List.of(),
                row.getLong(5),
                WriteSession.instant(row, 6));
    }

    private StoredReceipt withEvents(StoredReceipt found) {
        int count = found.receipt().events();
        return count == 0 ? found : found.with(readStream(found.streamId(), found.firstSequence(), count));
    }

    private List<StoredEvent> readStream(String streamId, long firstSequence, int count) {
        List<StoredEvent> events = opened(
                EVENTS
                        + " where stream_id = ? and sequence_number >= ? and sequence_number < ? order by sequence_number",
                select -> {
                    select.setString(1, streamId);
                    select.setLong(2, firstSequence);
                    select.setLong(3, firstSequence + count);
                });
        if (events.size() != count) {
            throw new IllegalStateException("the log is damaged: stream " + streamId + " has " + events.size() + " of "
                    + count + " events from sequence " + firstSequence);
        }
        return events;
    }

    /**
     * Forgets receipts, so that what they stand for could be asked for anew.
     *
     * @param before those recorded before that time
     * @param most most receipts to forget at once; the writer lock is held meanwhile
     * @return how many were forgotten
     */
    public int forgetReceipts(Instant before, int most) {
        lock.acquire();
        try {
            return query("""
                    delete from log.receipt
                     where (scope, key_name) in (
                           select scope, key_name from log.receipt where recorded_at < ? order by recorded_at limit ?)
                    """, delete -> {
                delete.setObject(1, before.atOffset(ZoneOffset.UTC));
                delete.setInt(2, most);
                return delete.executeUpdate();
            });
        } finally {
            lock.release();
        }
    }

    /** The seals of an event; none if there is no such event. */
    public List<SealedPlace> sealsOf(String streamId, long sequence) {
        return query(EVENTS + " where stream_id = ? and sequence_number = ?", select -> {
                    select.setString(1, streamId);
                    select.setLong(2, sequence);
                    return events(select);
                })
                .stream()
                .flatMap(event -> Payloads.sealsIn(event.payload()).stream())
                .toList();
    }

    /**
     * Destroys the keys of values that were taken out. Until that is done, a copy of the database from before could be read with
     * the keys of today.
     *
     * @param most most keys to destroy at once; the writer lock is held meanwhile
     * @return how many were destroyed
     */
    public int shred(int most) {
        lock.acquire();
        try {
            return values.shred(most);
        } finally {
            lock.release();
        }
    }

    /** Where a value was taken out of the event whose key is not yet destroyed. */
    public Set<String> shredPending(UUID eventId) {
        return query("select path from log.shred_pending where event_id = ?", select -> {
            select.setObject(1, eventId);
            Set<String> paths = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    paths.add(row.getString(1));
                }
            }
            return paths;
        });
    }

    /**
     * What stands at the seals of events of the {@link Ledger}, with the salts that prove it, as far as it is there.
     *
     * @throws org.incidenttimeline.core.seal.DamagedSeal if what is there does not open
     */
    public Map<ValuePlace, SaltedValue> valuesOf(List<StoredEvent> stored) {
        return values.of(stored);
    }

    /** Writes what waits, refuses what comes later, and gives the committer's connection back. */
    @Override
    public void close() {
        committer.close();
        try {
            if (!thread.join(PATIENCE)) {
                LOGGER.warn("The committer is still writing after {}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer answerTo(Pending pending) {
        try {
            return pending.await(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return givenUp(pending, "the caller was interrupted", e);
        } catch (TimeoutException e) {
            return givenUp(pending, "no answer within " + PATIENCE, e);
        }
    }

    private static Answer givenUp(Pending pending, String why, Exception cause) {
        return new Answer.Refused(
                pending.claim()
                        ? new LogUnavailable(why + "; the append was withdrawn before it was written", cause)
                        : new OutcomeUnknown(why + " while the append was being written", cause));
    }

    private static LogUnavailable closed() {
        return new LogUnavailable("the event log is closed", null);
    }

    private long lastVisible() {
        return switch (database) {
            // H2 shows a commit before it is flushed; what a reader acts on must not vanish in a power cut.
            case H2 -> committer.durablePosition();
            case POSTGRESQL -> Long.MAX_VALUE;
        };
    }

    private Instant recordedAt(long position) {
        return query("select recorded_at from log.event where position = ?", select -> {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("the log is damaged: position " + position + " is missing");
                }
                return WriteSession.instant(row, 1);
            }
        });
    }

    private interface Binding {
        void bind(PreparedStatement select) throws SQLException;
    }

    /** The events that are selected, with their words. */
    private List<StoredEvent> opened(String sql, Binding binding) {
        List<StoredEvent> stored = query(sql, select -> {
            binding.bind(select);
            return events(select);
        });
        // After the connection is given back: a reader that held two could wait for itself.
        return values.opened(stored);
    }

    private interface Query<T> {
        T run(PreparedStatement select) throws SQLException;
    }

    private <T> T query(String sql, Query<T> query) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            return query.run(select);
        } catch (SQLException e) {
            throw new LogUnavailable("the event log could not be read: " + e.getMessage(), e);
        }
    }

    private static OptionalLong only(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            long value = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    private static List<StoredEvent> events(PreparedStatement select) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                events.add(new StoredEvent(
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getInt(7),
                        WriteSession.instant(row, 8),
                        row.getString(9),
                        row.getString(10)));
            }
        }
        return events;
    }
}
