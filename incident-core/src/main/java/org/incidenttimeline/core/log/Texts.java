package org.incidenttimeline.core.log;

import java.util.HexFormat;

/** What both databases accept as text in a column. */
final class Texts {

    private Texts() {}

    static void require(String what, String text, int longest) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters, at most " + longest + " are kept");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // PostgreSQL stores no NUL in text, and half a surrogate pair has no UTF-8 form.
            if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i))) {
                throw new IllegalArgumentException(what + " contains U+"
                        + HexFormat.of().toHexDigits(c) + " at " + i + ", which cannot be stored");
            }
            if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
