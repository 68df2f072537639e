package org.incidenttimeline.core.log;

import java.time.Instant;

/**
 * Where and when an append was recorded. Its events have the positions from first to last, one each; without events, the
 * last one is the position before the first.
 *
 * @param recordedAt one time for the whole append, never before that of any earlier position; in microseconds
 */
public record Appended(long firstPosition, long lastPosition, Instant recordedAt) {}
