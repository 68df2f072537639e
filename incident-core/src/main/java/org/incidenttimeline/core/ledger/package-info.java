/**
 * The proof that nobody touched the record: a Merkle tree over the events (RFC 9162), signed checkpoints of it (C2SP
 * tlog-checkpoint and signed-note), and what verifies them. It is pure: it hashes and signs what it is given, and knows no
 * database.
 */
@NullMarked
package org.incidenttimeline.core.ledger;

import org.jspecify.annotations.NullMarked;
