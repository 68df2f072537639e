package org.incidenttimeline.core.command;

/**
 * Where the last event that was recorded stands in the ledger: whoever keeps it can show later that it was there.
 *
 * @param index place in the ledger, counted from 0
 * @param leaf hash of the leaf, in base64
 * @param treeSize events in the ledger afterwards
 * @param root of the tree of that size, in base64
 */
public record LedgerReceipt(long index, String leaf, long treeSize, String root) {}
