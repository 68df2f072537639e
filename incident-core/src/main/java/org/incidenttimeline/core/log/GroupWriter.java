package org.incidenttimeline.core.log;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.log.GroupPlan.Entry;
import org.incidenttimeline.core.log.GroupPlan.Entry.Accepted;
import org.incidenttimeline.core.log.LeafMaker.Leaves;
import org.incidenttimeline.core.log.WriteSession.Head;
import org.jspecify.annotations.Nullable;

/**
 * Writes a group of appends in one transaction, and says of each what became of it. Used by one thread, under the writer
 * lock.
 */
final class GroupWriter {

    /** How long an unanswered COMMIT is looked into before its outcome is called unknown. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final Database database;
    private final Clock clock;
    private final LeafMaker leafMaker;
    private final Hash sealingKey;
    private @Nullable WriteSession session;

    /** Where this node left the log; another one may have gone on since. */
    private Optional<Head> left = Optional.empty();

    /** @param sealingKey the fingerprint of the key of the installation */
    GroupWriter(DataSource dataSource, Database database, Clock clock, LedgerKeys keys, Hash sealingKey) {
        this.dataSource = dataSource;
        this.database = database;
        this.clock = clock;
        this.leafMaker = new LeafMaker(keys);
        this.sealingKey = sealingKey;
    }

    /**
     * Opens the connection and makes durable what is there.
     *
     * @return position of the newest event
     * @throws IllegalStateException if the ledger is another one, or does not end where the log ends, or words are sealed
     *     under another key
     */
    long open() throws SQLException {
        WriteSession opened = session();
        long head = opened.beginLedger(leafMaker.origin()).position();
        opened.beginSealing(sealingKey);
        opened.commit();
        return head;
    }

    /** Writes what can be written. The answers are in the order of the group. */
    List<Answer> write(List<Append> group) {
        boolean connectionIsOld = session != null;
        GroupPlan plan;
        Written written;
        WriteSession open;
        // Whether a key is held can only be told under the lock.
        Optional<Head> believed = GroupPlan.wanted(group).isEmpty() ? left : Optional.empty();
        left = Optional.empty();
        try {
            open = session();
            Head head = believed.isPresent() ? believed.get() : open.lockHead();
            if (head.fault().isPresent()) {
                open.rollback();
                return all(group, () -> new LogReadOnly(head.fault().get()));
            }
            if (head.frontier().size() != head.position()) {
                throw new SQLException("the log has " + head.position() + " events and its ledger "
                        + head.frontier().size());
            }
            plan = GroupPlan.of(group, open.holders(GroupPlan.wanted(group)));
            List<Accepted> accepted = plan.accepted();
            if (accepted.isEmpty()) {
                open.rollback();
                return answers(plan, _ -> {
                    throw new IllegalStateException("nothing was accepted");
                });
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Instant recordedAt = now.isAfter(head.recordedAt()) ? now : head.recordedAt();
            Optional<Leaves> leaves = leafMaker.of(
                    accepted, head.frontier(), head.position(), recordedAt, open.leavesAt(leafMaker.unknown(accepted)));
            if (leaves.isEmpty()) {
                return believed.isPresent() ? writeUnderLock(group) : notAllWritable(group, null);
            }
            written = new Written(head.position() + 1, recordedAt, leaves.get());
            open.changeKeys(accepted);
            open.redact(accepted);
            if (!open.insert(accepted, head.position(), recordedAt, leaves.get())) {
                if (believed.isPresent()) {
                    return writeUnderLock(group);
                }
                throw new SQLException("log.log_head does not end at " + head.position());
            }
        } catch (SQLException e) {
            if (connectionIsOld && SqlErrors.isLostConnection(e)) {
                // It broke while nobody used it, and nothing was committed on it.
                discard();
                return write(group);
            }
            return SqlErrors.refusesRows(e) ? notAllWritable(group, e) : nothingWritten(group, e);
        } catch (RuntimeException e) {
            return nothingWritten(group, e);
        }
        try {
            open.commit();
        } catch (SQLException | RuntimeException e) {
            return unanswered(group, plan, written, e);
        }
        if (database == Database.POSTGRESQL) {
            Frontier after = written.leaves().after();
            left = Optional.of(new Head(
                    after.size(), written.recordedAt(), Optional.of(leafMaker.origin()), after, Optional.empty()));
        }
        return written(plan, written);
    }

    /** Another node has written, or a check found a fault: the head was not what this node had left. */
    private List<Answer> writeUnderLock(List<Append> group) throws SQLException {
        session().rollback();
        return write(group);
    }

    /** Gives the connection back. */
    void close() {
        WriteSession open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                EventLog.LOGGER.debug("The committer's connection was already broken", e);
                open.discard();
            }
        }
    }

    /** Breaks the connection off, so that whatever it had begun is rolled back by the database. */
    void discard() {
        WriteSession open = session;
        session = null;
        if (open != null) {
            open.discard();
        }
    }

    private WriteSession session() throws SQLException {
        WriteSession open = session;
        if (open == null) {
            open = WriteSession.open(dataSource, database);
            session = open;
        }
        return open;
    }

    /** One append spoils the group. Each gets a transaction of its own, so that only that one is refused. */
    private List<Answer> notAllWritable(List<Append> group, @Nullable SQLException cause) {
        try {
            session().rollback();
        } catch (SQLException e) {
            return nothingWritten(group, e);
        }
        if (group.size() == 1) {
            return List.of(new Answer.Refused(refusal(group.getFirst(), cause)));
        }
        List<Answer> answers = new ArrayList<>(group.size());
        for (Append append : group) {
            answers.addAll(write(List.of(append)));
        }
        return answers;
    }

    private static LogFailure refusal(Append append, @Nullable SQLException cause) {
        if (cause == null || SqlErrors.violates(cause, "event_stream_sequence")) {
            return new StreamConflict(append.streamId(), append.firstSequence(), cause);
        }
        if (append.receipt().isPresent() && SqlErrors.violates(cause, "receipt_holder")) {
            return new ReceiptExists(append.receipt().get(), cause);
        }
        // On H2 the sealed words are written first.
        if (SqlErrors.violates(cause, "event_identity") || SqlErrors.violates(cause, "sealed_value_place")) {
            return new DuplicateEvent(append.streamId(), cause);
        }
        return new LogUnavailable("the database refused the rows of an append to stream " + append.streamId(), cause);
    }

    private List<Answer> nothingWritten(List<Append> group, Exception cause) {
        EventLog.LOGGER.warn("{} appends were not written: {}", group.size(), cause.toString());
        discard();
        return all(group, () -> new LogUnavailable("the append was not written: " + cause.getMessage(), cause));
    }

    /**
     * COMMIT was sent and not answered. Its transaction held the head row; so once a new connection gets that row, the
     * transaction has ended, and its events are there or never will be.
     */
    private List<Answer> unanswered(List<Append> group, GroupPlan plan, Written written, Exception cause) {
        EventLog.LOGGER.warn("A commit of {} appends was not answered: {}", group.size(), cause.toString());
        discard();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                WriteSession open = session();
                open.lockHead();
                boolean found = isThere(open, plan);
                open.commit();
                return found
                        ? written(plan, written)
                        : all(group, () -> new LogUnavailable("the append was rolled back", cause));
            } catch (SQLException | RuntimeException e) {
                cause.addSuppressed(e);
                discard();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } while (System.nanoTime() < deadline);
        return all(group, () -> new OutcomeUnknown("the commit was not answered: " + cause.getMessage(), cause));
    }

    /** Whether the group is in the log; all of it is, or nothing. */
    private static boolean isThere(WriteSession session, GroupPlan plan) throws SQLException {
        List<Append> appends = plan.accepted().stream().map(Accepted::append).toList();
        Optional<NewEvent> first =
                appends.stream().flatMap(append -> append.events().stream()).findFirst();
        if (first.isPresent()) {
            return session.find(first.get().eventId()).isPresent();
        }
        Optional<Receipt> receipt = appends.getFirst().receipt();
        return receipt.isPresent() && session.holds(receipt.get());
    }

    /** What the transaction wrote, if it was committed. */
    private record Written(long firstPosition, Instant recordedAt, Leaves leaves) {}

    private List<Answer> written(GroupPlan plan, Written written) {
        leafMaker.committed(written.leaves());
        long treeSize = written.leaves().after().size();
        Hash root = written.leaves().after().root();
        long[] next = {written.firstPosition()};
        return answers(plan, accepted -> {
            long first = next[0];
            next[0] += accepted.append().events().size();
            long last = next[0] - 1;
            Optional<LedgerPlace> place = last < first
                    ? Optional.empty()
                    : Optional.of(new LedgerPlace(
                            last - 1,
                            written.leaves()
                                    .leaves()
                                    .get(Math.toIntExact(last - written.firstPosition()))
                                    .hash(),
                            treeSize,
                            root));
            return new Answer.Done(new Appended(first, last, written.recordedAt(), place));
        });
    }

    private static List<Answer> answers(GroupPlan plan, Function<Accepted, Answer> written) {
        List<Answer> answers = new ArrayList<>(plan.entries().size());
        for (Entry entry : plan.entries()) {
            answers.add(
                    switch (entry) {
                        case Accepted accepted -> written.apply(accepted);
                        case Entry.Excluded(Append _, LogFailure reason) -> new Answer.Refused(reason);
                    });
        }
        return answers;
    }

    private static List<Answer> all(List<Append> group, Supplier<LogFailure> reason) {
        List<Answer> answers = new ArrayList<>(group.size());
        for (int i = 0; i < group.size(); i++) {
            answers.add(new Answer.Refused(reason.get()));
        }
        return answers;
    }
}
