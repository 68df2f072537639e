package org.incidenttimeline.core.seal;

import java.util.UUID;

/**
 * The words of one place, closed, and the key to them, wrapped. The two are kept apart.
 *
 * @param path where in the payload of the event
 * @param nonce of the box
 * @param box salt and value under the key, with event, path and commitment as associated data
 * @param wrappedKey the key under that of the installation
 */
public record SealedField(UUID eventId, String path, UUID keyId, Bytes nonce, Bytes box, Bytes wrappedKey) {}
