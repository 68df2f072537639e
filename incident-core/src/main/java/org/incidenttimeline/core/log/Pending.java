package org.incidenttimeline.core.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An append between its caller and the committer. Exactly one of the two claims it: the committer to write it, or the
 * caller to take it back, after which it will not be written.
 */
final class Pending {

    private final Append append;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Pending(Append append) {
        this.append = append;
    }

    Append append() {
        return append;
    }

    /** Whether the one who asks, and nobody before, may now decide what becomes of the append. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void answer(Answer given) {
        answer.complete(given);
    }

    Answer await(Duration patience) throws InterruptedException, TimeoutException {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        }
    }
}
