package org.incidenttimeline.core.seal;

import org.incidenttimeline.core.ledger.Hash;

/**
 * What stands in a payload where there were words.
 *
 * @param path where in the payload, as it was recorded: a JSON Pointer (RFC 6901)
 * @param commitment the hash of salt and value
 */
public record SealedPlace(String path, Hash commitment) {}
