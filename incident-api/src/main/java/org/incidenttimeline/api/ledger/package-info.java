/**
 * The ledger as others see it: its checkpoints and proofs over REST, the archive that is checked without this service, the
 * program that checks it, and the work that signs.
 */
@NullMarked
package org.incidenttimeline.api.ledger;

import org.jspecify.annotations.NullMarked;
