package org.incidenttimeline.core.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a node that writes. It takes all appends that wait and has them written together; the callers of the
 * next group gather meanwhile, so that groups grow with the load and a lone caller waits for nobody.
 *
 * <p>A platform thread: it lives as long as the log and blocks on files (H2), which would pin a carrier of virtual
 * threads.
 */
final class Committer implements Runnable {

    /** Appends that may wait. */
    static final int MOST_WAITING = 10_000;

    /** Appends written together. */
    static final int MOST_IN_GROUP = 256;

    /** Characters of payload and metadata written together, unless one append alone has more. */
    static final int MOST_TEXT_IN_GROUP = Append.MAX_TEXT;

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final GroupWriter writer;
    private final WriterLock lock;
    private volatile boolean closed;
    private volatile long durablePosition;

    Committer(GroupWriter writer, WriterLock lock, long durablePosition) {
        this.writer = writer;
        this.lock = lock;
        this.durablePosition = durablePosition;
    }

    /** Whether there was room for the append. */
    boolean offer(Pending pending) {
        return waiting.offer(pending);
    }

    boolean isClosed() {
        return closed;
    }

    /** What waits is still written; then the thread ends. */
    void close() {
        closed = true;
    }

    /** Position up to which this node knows everything to be durable. */
    long durablePosition() {
        return durablePosition;
    }

    @Override
    public void run() {
        while (!closed || !waiting.isEmpty()) {
            List<Pending> group = nextGroup();
            if (!group.isEmpty()) {
                commit(group);
            }
        }
        writer.close();
    }

    private List<Pending> nextGroup() {
        List<Pending> group = new ArrayList<>();
        try {
            // Bounded, so that closing is noticed.
            Pending next = waiting.poll(50, TimeUnit.MILLISECONDS);
            int text = 0;
            while (next != null) {
                if (next.claim()) {
                    group.add(next);
                    text += next.append().length();
                }
                Pending after = waiting.peek();
                boolean fits = after != null
                        && group.size() < MOST_IN_GROUP
                        && text + after.append().length() <= MOST_TEXT_IN_GROUP;
                next = fits ? waiting.poll() : null;
            }
        } catch (InterruptedException e) {
            EventLog.LOGGER.warn("Only closing the event log ends its committer; an interrupt does not", e);
        }
        return group;
    }

    private void commit(List<Pending> group) {
        List<Answer> answers;
        try {
            answers = write(group.stream().map(Pending::append).toList());
        } catch (Throwable e) {
            // Not even an Error may end the only thread that answers; how far the transaction came cannot be known.
            EventLog.LOGGER.error("A group of {} appends failed in an unforeseen way", group.size(), e);
            writer.discard();
            group.forEach(pending -> pending.answer(
                    new Answer.Refused(new OutcomeUnknown("the commit failed in an unforeseen way", e))));
            return;
        }
        for (Answer answer : answers) {
            if (answer instanceof Answer.Done(Appended appended)) {
                durablePosition = Math.max(durablePosition, appended.lastPosition());
            }
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer(answers.get(i));
        }
    }

    private List<Answer> write(List<Append> appends) throws InterruptedException {
        if (!lock.tryAcquire(LOCK_PATIENCE)) {
            return appends.stream()
                    .<Answer>map(_ -> new Answer.Refused(
                            new LogUnavailable("another writer held the database for " + LOCK_PATIENCE, null)))
                    .toList();
        }
        try {
            return writer.write(appends);
        } finally {
            lock.release();
        }
    }
}
