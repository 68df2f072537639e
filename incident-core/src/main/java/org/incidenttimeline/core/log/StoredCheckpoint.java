package org.incidenttimeline.core.log;

import java.time.Instant;
import org.incidenttimeline.core.ledger.Frontier;

/**
 * A signed checkpoint as it is kept.
 *
 * @param note with the signatures of the ledger and, behind them, those of witnesses
 * @param frontier of the tree, from which the next one is made
 */
public record StoredCheckpoint(long size, String note, Frontier frontier, Instant signedAt) {}
