package org.incidenttimeline.core.event;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long a person reads: {@value #WORDS_A_MINUTE} words a minute. A word is what stands between white space and has a
 * letter or digit. Scripts that set no space between words are counted by the character: two of Chinese or Japanese, five
 * of Thai, Lao, Khmer or Burmese read like a word. Every passage takes the time of one word at least.
 */
public final class ReadingTime {
    public static final int WORDS_A_MINUTE = 200;

    private static final Map<Character.UnicodeScript, Integer> CHARACTERS_A_WORD = new EnumMap<>(Map.of(
            Character.UnicodeScript.HAN, 2,
            Character.UnicodeScript.HIRAGANA, 2,
            Character.UnicodeScript.KATAKANA, 2,
            Character.UnicodeScript.THAI, 5,
            Character.UnicodeScript.LAO, 5,
            Character.UnicodeScript.KHMER, 5,
            Character.UnicodeScript.MYANMAR, 5));

    private ReadingTime() {}

    /** The time for all of these passages, to the second and rounded up. */
    public static Duration of(List<String> passages) {
        long words = passages.stream()
                .mapToLong(passage -> Math.max(1, words(passage)))
                .sum();
        return Duration.ofSeconds(Math.ceilDiv(words * 60, WORDS_A_MINUTE));
    }

    /** How many words a passage has; what is left of a word of characters counts as one. */
    static long words(String passage) {
        long tenths = 0;
        boolean inWord = false;
        int before = 0;
        for (int c : passage.codePoints().toArray()) {
            // The sound mark of Japanese is of no script and belongs to what stands before it.
            boolean mark = before > 0 && Character.getType(c) == Character.MODIFIER_LETTER;
            int size = mark ? before : CHARACTERS_A_WORD.getOrDefault(Character.UnicodeScript.of(c), 0);
            if (size > 0) {
                tenths += 10 / size;
                inWord = false;
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                inWord = false;
            } else if (!inWord && Character.isLetterOrDigit(c)) {
                tenths += 10;
                inWord = true;
            }
            before = size;
        }
        return Math.ceilDiv(tenths, 10L);
    }
}
