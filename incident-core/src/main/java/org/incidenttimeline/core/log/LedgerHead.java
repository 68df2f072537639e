package org.incidenttimeline.core.log;

import java.util.Optional;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;

/**
 * Where the ledger ends, as the log says.
 *
 * @param position of the newest event, which the tree should have
 * @param root as it is stored; a check compares it with the frontier
 * @param fault what a check found wrong; while it stands, nothing is written
 */
public record LedgerHead(
        String origin, long position, Frontier frontier, Optional<Hash> root, Optional<String> fault) {}
