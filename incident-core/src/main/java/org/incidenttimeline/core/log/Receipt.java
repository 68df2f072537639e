package org.incidenttimeline.core.log;

import java.util.List;

/**
 * A caller's promise to ask the same thing under the same key, kept with what the asking led to, so that asking again can
 * be answered without doing it again.
 *
 * @param scope whose key it is, at most 512 characters: two callers may choose the same key
 * @param key what the caller chose, at most 128 characters
 * @param fingerprint of what was asked, at most 64 characters
 * @param parts what was asked for may have parts; how many of the append's events belong to each, in order. At least one,
 *     at most {@value #MAX_PARTS}
 */
public record Receipt(String scope, String key, String fingerprint, List<Integer> parts) {

    /** Most parts of what is asked at once. */
    public static final int MAX_PARTS = 500;

    public Receipt {
        parts = List.copyOf(parts);
        Texts.require("scope", scope, 512);
        Texts.require("key", key, 128);
        Texts.require("fingerprint", fingerprint, 64);
        if (parts.isEmpty() || parts.size() > MAX_PARTS || parts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a receipt has 1 to " + MAX_PARTS + " counts of events, not " + parts);
        }
    }

    /** Events in all parts. */
    int events() {
        return parts.stream().mapToInt(Integer::intValue).sum();
    }
}
