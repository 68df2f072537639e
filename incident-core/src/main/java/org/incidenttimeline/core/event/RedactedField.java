package org.incidenttimeline.core.event;

/**
 * Words that are taken out of an entry.
 *
 * @param path where they stood
 * @param commitment what stands there in their place, and proves that they were there
 */
public record RedactedField(FieldPath path, Sha256 commitment) {}
