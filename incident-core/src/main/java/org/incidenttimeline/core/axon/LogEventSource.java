package org.incidenttimeline.core.axon;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.incidenttimeline.core.log.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * What streaming processors read. It tells them within 10 ms when this node has appended something, and looks every 100 ms
 * for what other nodes appended. The streams of Axon's own event store tell nobody, so that its pooled processors look by
 * themselves, every 500 ms: too long for a board that people look at.
 */
public final class LogEventSource implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private static final long REST_NANOS = Duration.ofMillis(10).toNanos();

    private final EventLog log;
    private final LogEventStorageEngine engine;
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private final Thread watcher = Thread.ofVirtual().name("log-watcher").unstarted(this::watch);
    private volatile long head;
    private volatile boolean closed;

    public LogEventSource(EventLog log, LogEventStorageEngine engine) {
        this.log = log;
        this.engine = engine;
        engine.whenAppended(() -> LockSupport.unpark(watcher));
        watcher.start();
    }

    /** Has this run, by the thread that watches, after the log grew; it must not take long. */
    public void whenGrown(Runnable listener) {
        waiting.add(listener);
    }

    private void watch() {
        while (!closed) {
            try {
                long now = log.head();
                if (now > head) {
                    head = now;
                    waiting.forEach(Runnable::run);
                    rest();
                    continue;
                }
            } catch (RuntimeException e) {
                // The readers meet the same fault, and tell of it.
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Under load the readers then find many events at once, and a transaction of theirs carries more than one. */
    private static void rest() {
        long until = System.nanoTime() + REST_NANOS;
        for (long left = REST_NANOS; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Stream(token);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return engine.createTokenAt(dateTime);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }

    private final class Stream implements BlockingStream<TrackedEventMessage<?>> {
        private final Set<Runnable> callbacks = ConcurrentHashMap.newKeySet();
        private @Nullable TrackingToken reached;
        private Iterator<? extends TrackedEventMessage<?>> read = Collections.emptyIterator();
        private @Nullable TrackedEventMessage<?> next;
        private long looked = -1;

        private Stream(@Nullable TrackingToken token) {
            this.reached = token;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (next == null && !read.hasNext() && looked < head) {
                // Before the look, so that what is appended during it is looked for again.
                looked = head;
                read = engine.readEvents(reached, false).iterator();
            }
            if (next == null && read.hasNext()) {
                next = read.next();
            }
            return Optional.ofNullable(next);
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            while (peek().isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(Math.min(left, LOOK_NANOS / 10));
            }
            return true;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                // An interrupt ends the wait.
            }
            var event = peek().orElseThrow();
            reached = event.trackingToken();
            next = null;
            return event;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            callbacks.add(callback);
            waiting.add(callback);
            return true;
        }

        @Override
        public void close() {
            waiting.removeAll(callbacks);
        }
    }
}
