package org.incidenttimeline.core.log;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it stands in the log.
 *
 * @param position place in the whole log, counted from 1 without gaps, in the order of commits
 * @param sequence place in its stream, counted from 0 without gaps
 * @param recordedAt when the log accepted it; never decreases with the position
 * @param payload from {@link EventLog}, exactly the text that was appended, but for values that are no longer there; from
 *     {@link Ledger}, the text that the leaf is made of, with its seals
 * @param metadata exactly the text that was appended
 */
public record StoredEvent(
        long position,
        UUID eventId,
        String aggregateType,
        String streamId,
        long sequence,
        String name,
        int revision,
        Instant recordedAt,
        String payload,
        String metadata) {

    /** The same event with that payload. */
    StoredEvent with(String read) {
        return new StoredEvent(
                position, eventId, aggregateType, streamId, sequence, name, revision, recordedAt, read, metadata);
    }
}
