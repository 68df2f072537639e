package org.incidenttimeline.api.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The newest events, read from the log once for all who follow it on this node. It keeps the last {@value #EVENTS} of
 * them, and fewer where they are long; who is further behind reads the log.
 */
@Component
class LogTail implements SmartLifecycle {
    static final int EVENTS = 1_024;
    static final int CHARACTERS = 8 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int BATCH = 500;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final LiveEvents events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final @Nullable LiveEvent[] ring = new LiveEvent[EVENTS];

    private long last;
    private int kept;
    private long characters;
    private int generation;
    private volatile boolean running;
    private volatile boolean ended;
    private volatile boolean asked;
    private volatile @Nullable Thread reader;

    LogTail(LiveEvents events, LogSignal signal) {
        this.events = events;
        signal.whenGrown(this::look);
    }

    /** Has the reader look at once; a wake-up alone is lost where the reader waits for the database. */
    private void look() {
        asked = true;
        LockSupport.unpark(reader);
    }

    /** Counts how often the log was found to end before what had been told of it. */
    int generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** The events behind a position that are kept here, none at the end; empty if the log must be read for them. */
    Optional<List<LiveEvent>> after(long position, int max) {
        lock.lock();
        try {
            if (position < last - kept) {
                return Optional.empty();
            }
            var found = new ArrayList<LiveEvent>();
            for (long next = position + 1; next <= last && found.size() < max; next++) {
                found.add(at(next));
            }
            return Optional.of(found);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is an event behind the position, the log was put back, this has ended, or the time is over. */
    void await(long position, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            int before = generation;
            while (last <= position && generation == before && !ended && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private LiveEvent at(long position) {
        var event = ring[slot(position)];
        if (event == null) {
            throw new IllegalStateException("position " + position + " is not kept");
        }
        return event;
    }

    private static int slot(long position) {
        return (int) (position % EVENTS);
    }

    private void follow() {
        boolean begun = false;
        boolean failing = false;
        while (running) {
            asked = false;
            try {
                if (!begun) {
                    restart(events.head(), false);
                    begun = true;
                }
                while (running && readOn()) {
                    // There may be more.
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warn("The log cannot be followed now; those who listen wait", e);
                }
                failing = true;
            }
            if (!asked) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** Whether a whole batch was there. Only this thread writes {@code last}. */
    private boolean readOn() {
        long head = events.head();
        if (head < last) {
            LOG.warn("The log ends at {}, but {} was told already: it was put back to an older state", head, last);
            restart(head, true);
            return false;
        }
        var read = head > last ? events.after(last, BATCH) : List.<LiveEvent>of();
        if (read.isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            read.forEach(this::keep);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        return read.size() == BATCH;
    }

    private void keep(LiveEvent event) {
        if (kept == EVENTS) {
            forgetOldest();
        }
        last = event.position();
        ring[slot(last)] = event;
        kept++;
        characters += event.json().length();
        while (characters > CHARACTERS && kept > 1) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        long oldest = last - kept + 1;
        characters -= at(oldest).json().length();
        ring[slot(oldest)] = null;
        kept--;
    }

    private void restart(long head, boolean putBack) {
        lock.lock();
        try {
            while (kept > 0) {
                forgetOldest();
            }
            last = head;
            generation += putBack ? 1 : 0;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        ended = false;
        reader = Thread.ofVirtual().name("log-tail").start(this::follow);
    }

    /** Ends all streams, so that none holds up the shutdown of the web server. */
    @Override
    public void stop() {
        running = false;
        ended = true;
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        var reading = reader;
        if (reading != null) {
            look();
            try {
                reading.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The first to stop, before the web server waits for its requests. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
