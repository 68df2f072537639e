package org.incidenttimeline.core.log;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it stands in the log.
 *
 * @param position place in the whole log, counted from 1 without gaps, in the order of commits
 * @param sequence place in its stream, counted from 0 without gaps
 * @param recordedAt when the log accepted it; never decreases with the position
 * @param payload exactly the text that was appended
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
        String metadata) {}
