package org.incidenttimeline.core.event;

/** What characters a string of ours may hold. Texts keep what was written; names must not be able to deceive. */
final class Characters {
    private Characters() {}

    /** Free text: 1 to {@code max} characters, line breaks and tabs allowed, no other control character. */
    static String text(String value, int max) {
        checkLength(value, max);
        value.codePoints().forEach(c -> {
            if (c != '\n' && c != '\r' && c != '\t' && isControl(c)) {
                throw new InvalidValue("must not hold control characters, but holds " + codePoint(c));
            }
        });
        return value;
    }

    /** One line that people and tools compare: no control characters, no marks that reorder text, no outer blanks. */
    static String line(String value, int max) {
        checkLength(value, max);
        if (!value.equals(value.strip())) {
            throw new InvalidValue("must not begin or end with white space");
        }
        value.codePoints().forEach(c -> {
            if (isControl(c) || isInvisibleFormat(c)) {
                throw new InvalidValue(
                        "must be one line without control or invisible characters, but holds " + codePoint(c));
            }
        });
        return value;
    }

    private static void checkLength(String value, int max) {
        if (value.isBlank()) {
            throw new InvalidValue("must not be empty");
        }
        if (value.length() > max) {
            throw new InvalidValue("must have at most " + max + " characters, but has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isHighSurrogate(value.charAt(i))
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(value.charAt(i))) {
                throw new InvalidValue("must be valid Unicode, but holds a lone surrogate at index " + i);
            }
        }
    }

    private static boolean isControl(int c) {
        return Character.getType(c) == Character.CONTROL;
    }

    /** Bidirectional controls, zero-width characters, line and paragraph separators, the byte order mark. */
    private static boolean isInvisibleFormat(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static String codePoint(int c) {
        return "U+%04X".formatted(c);
    }
}
