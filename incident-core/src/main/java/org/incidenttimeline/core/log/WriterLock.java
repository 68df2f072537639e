package org.incidenttimeline.core.log;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction at a time write to an H2 database, whichever table it writes to. H2 2.4 was seen to lose an
 * update of a locked row when other transactions rolled back at the same time (relatives: h2database #4208, #3894), so
 * everyone who writes to the database of the log takes this lock before the transaction begins and gives it back after
 * it ends. It is fair, reentrant, and one object per database and JVM. On PostgreSQL it does nothing.
 *
 * <p>Whoever holds it must not wait for {@link EventLog#append}: the committer would wait for the holder.
 */
public final class WriterLock {

    private final @Nullable ReentrantLock lock;

    private WriterLock(@Nullable ReentrantLock lock) {
        this.lock = lock;
    }

    /** The lock that the database needs. */
    public static WriterLock of(Database database) {
        return switch (database) {
            case H2 -> new WriterLock(new ReentrantLock(true));
            case POSTGRESQL -> new WriterLock(null);
        };
    }

    /** Waits until no other thread holds the lock. */
    public void acquire() {
        if (lock != null) {
            lock.lock();
        }
    }

    /**
     * Waits at most that long.
     *
     * @return whether the caller now holds the lock
     */
    public boolean tryAcquire(Duration patience) throws InterruptedException {
        return lock == null || lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Gives back one acquisition.
     *
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     */
    public void release() {
        if (lock != null) {
            lock.unlock();
        }
    }

    /** Whether this thread holds it; never on PostgreSQL. */
    public boolean isHeldByCurrentThread() {
        return lock != null && lock.isHeldByCurrentThread();
    }
}
