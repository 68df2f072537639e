package org.incidenttimeline.core.log;

import java.time.Instant;
import java.util.Optional;

/**
 * Where and when an append was recorded. Its events have the positions from first to last, one each; without events, the
 * last one is the position before the first.
 *
 * @param recordedAt one time for the whole append, never before that of any earlier position; in microseconds
 * @param place where its last event stands in the ledger; empty without events
 */
public record Appended(long firstPosition, long lastPosition, Instant recordedAt, Optional<LedgerPlace> place) {}
