package org.incidenttimeline.projections.export;

import java.util.Locale;

/** The form of a text in which nothing is hidden: whatever has no shape of its own is told by its code point. */
final class VisibleText {
    private VisibleText() {}

    /**
     * The text with every invisible character shown, for instance {@code ⟨U+202E⟩}; line breaks are {@code \n} and tabs
     * stay. Marks that reorder text, join or hide it have honest uses too, but in a record one must see that they are
     * there.
     */
    static String of(String text) {
        var out = new StringBuilder(text.length());
        var before = 0;
        var unified = text.replace("\r\n", "\n").replace('\r', '\n');
        for (var i = 0; i < unified.length(); ) {
            var c = unified.codePointAt(i);
            if (isVisible(c, before)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
            }
            before = c;
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static boolean isVisible(int c, int before) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        // The variation selector of a symbol asks for its coloured form; anywhere else it can only hide something.
        if (c == 0xFE0F) {
            return Character.getType(before) == Character.OTHER_SYMBOL;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> !isIgnorable(c);
        };
    }

    /** Default_Ignorable_Code_Point (UAX 44) beyond the general categories above, and the blank Braille pattern. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x2800
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0E)
                || c == 0xFFA0
                || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
