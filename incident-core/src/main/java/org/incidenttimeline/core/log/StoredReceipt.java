package org.incidenttimeline.core.log;

import java.time.Instant;
import java.util.List;

/**
 * A receipt as it stands in the log.
 *
 * @param receipt what was handed over
 * @param streamId the stream that was asked about
 * @param events what was recorded under it, in order; empty where nothing was
 * @param firstSequence place of the first event in the stream, or of the one that would have been next
 * @param position of the last event; where there is none, of the last one in the log at that time
 */
public record StoredReceipt(
        Receipt receipt,
        String streamId,
        long firstSequence,
        List<StoredEvent> events,
        long position,
        Instant recordedAt) {
    public StoredReceipt {
        events = List.copyOf(events);
    }

    StoredReceipt with(List<StoredEvent> recorded) {
        return new StoredReceipt(receipt, streamId, firstSequence, recorded, position, recordedAt);
    }
}
