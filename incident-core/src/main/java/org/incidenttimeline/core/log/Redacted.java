package org.incidenttimeline.core.log;

/**
 * A sealed value that is taken out.
 *
 * @param sequence of the event that it belongs to, in its stream
 * @param path in the payload of the event, a JSON Pointer (RFC 6901)
 */
public record Redacted(long sequence, String path) {}
