package org.incidenttimeline.api.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.log.LogUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes the log to one who listens, as server-sent events (HTML Standard, section 9.2). Each has a thread of its own that
 * waits while they are slow, and nothing but a position is kept for them. Whatever ends a stream, it goes on behind the
 * last id that arrived.
 */
@Component
class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int BATCH = 200;

    /** Those who are far behind read the log by themselves, and must leave connections to everybody else. */
    private static final int READERS_OF_THE_LOG = 4;

    private final LogTail tail;
    private final LiveEvents events;
    private final Duration heartbeat;
    private final Semaphore readersOfTheLog = new Semaphore(READERS_OF_THE_LOG, true);

    /** @param heartbeat after how much silence a stream says that it is alive */
    EventStream(LogTail tail, LiveEvents events, @Value("${incident.events.heartbeat:PT15S}") Duration heartbeat) {
        this.tail = tail;
        this.events = events;
        this.heartbeat = heartbeat;
    }

    /**
     * Writes what comes behind the position until the other side goes away, the service stops, the log is put back to an
     * older state, or the time is over.
     *
     * @param shown whether the listener asked for an event, and may see it
     * @param listening whether they still may listen at all; asked before anything is written
     */
    void write(OutputStream out, long position, Predicate<LiveEvent> shown, Predicate<Duration> listening)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int generation = tail.generation();
        long at = position;
        long toldAt = position;
        // The id comes first: whoever is cut off before the first event knows where to go on.
        send(out, "retry: " + Limits.STREAM_RETRY.toMillis() + "\nid: " + at + "\n\n");
        long lastSent = begun;
        while (!tail.hasEnded()
                && tail.generation() == generation
                && listening.test(Duration.ofNanos(System.nanoTime() - begun))) {
            var batch = tail.after(at, BATCH).orElse(null);
            if (batch == null) {
                batch = readTheLog(at);
            }
            var text = new StringBuilder();
            for (var event : batch) {
                at = event.position();
                if (shown.test(event)) {
                    frame(event, text);
                    toldAt = at;
                }
            }
            var silence = Duration.ofNanos(System.nanoTime() - lastSent);
            if (!text.isEmpty()) {
                send(out, text);
                lastSent = System.nanoTime();
            } else if (silence.compareTo(heartbeat) >= 0) {
                // A block with an id alone moves the listener's Last-Event-ID past what it was not shown.
                send(out, at > toldAt ? ":\nid: " + at + "\n\n" : ":\n\n");
                toldAt = at;
                lastSent = System.nanoTime();
            } else if (batch.isEmpty()) {
                tail.await(at, heartbeat.minus(silence));
            }
        }
    }

    private List<LiveEvent> readTheLog(long position) throws InterruptedException, IOException {
        readersOfTheLog.acquire();
        try {
            return events.after(position, BATCH);
        } catch (LogUnavailable e) {
            LOG.warn("A stream ends, since the log cannot be read", e);
            throw new IOException(e);
        } finally {
            readersOfTheLog.release();
        }
    }

    private static void frame(LiveEvent event, StringBuilder text) {
        // JSON on one line: every line break within it is escaped.
        text.append("id: ")
                .append(event.position())
                .append("\nevent: ")
                .append(CloudEvents.typeOf(event.stored()))
                .append("\ndata: ")
                .append(event.json())
                .append("\n\n");
    }

    private static void send(OutputStream out, CharSequence text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
