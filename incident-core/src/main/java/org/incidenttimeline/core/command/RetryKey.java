package org.incidenttimeline.core.command;

/**
 * What makes it safe to ask again: under one key, the same thing is done once.
 *
 * @param scope whose key it is; two callers may choose the same one
 * @param key what the caller chose, 1 to 128 characters
 * @param fingerprint of what is asked, at most 64 characters: something else under the same key is a mistake
 */
public record RetryKey(String scope, String key, String fingerprint) {}
