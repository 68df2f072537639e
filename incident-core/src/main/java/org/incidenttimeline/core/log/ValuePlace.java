package org.incidenttimeline.core.log;

import java.util.UUID;

/**
 * Where a sealed value belongs.
 *
 * @param path in the payload of the event, a JSON Pointer (RFC 6901)
 */
public record ValuePlace(UUID eventId, String path) {}
