package org.incidenttimeline.core.ledger;

import java.util.HexFormat;

/** Writes strings as RFC 8785, section 3.2.2.2, wants them in JSON. */
public final class CanonicalString {
    private CanonicalString() {}

    /** Appends the string in its quotes. Halves of surrogate pairs, which no JSON may hold, stay what they are. */
    public static void append(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
