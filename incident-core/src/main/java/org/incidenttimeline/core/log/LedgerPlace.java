package org.incidenttimeline.core.log;

import org.incidenttimeline.core.ledger.Hash;

/**
 * Where an append stands in the ledger.
 *
 * @param index place of its last event, counted from 0
 * @param leaf of its last event
 * @param treeSize events in the tree that its transaction left
 * @param root of that tree
 */
public record LedgerPlace(long index, Hash leaf, long treeSize, Hash root) {}
