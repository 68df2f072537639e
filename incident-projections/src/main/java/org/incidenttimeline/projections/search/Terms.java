package org.incidenttimeline.projections.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts texts into terms. A word is a run of letters, digits and their marks, so {@code checkout-api} is two: the words of
 * {@link java.text.BreakIterator} depend on the release of the JDK and keep hyphens and dots. Scripts that put no space
 * between words are cut into overlapping pairs of characters; an emoji is a term of its own.
 *
 * <p>Terms are compared in compatibility form (NFKC), without case by way of capitals (so ß is ss, and ı, İ and I are i,
 * whatever the locale), and without the accents and vowel signs that Latin, Greek, Arabic and Hebrew may leave out.
 */
public final class Terms {
    /** What is compared of a term; of a longer one, its beginning. */
    public static final int MOST_CHARACTERS = 64;

    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private static final Set<UnicodeScript> WITH_OPTIONAL_MARKS =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.ARABIC, UnicodeScript.HEBREW);

    private static final int TATWEEL = 0x0640;

    /** Characters that belong together: a word, the characters of a run without spaces, or an emoji. */
    sealed interface Run {
        List<Term> terms();

        record Word(Term word) implements Run {
            @Override
            public List<Term> terms() {
                return List.of(word);
            }
        }

        record Emoji(Term emoji) implements Run {
            @Override
            public List<Term> terms() {
                return List.of(emoji);
            }
        }

        /** Pairs, and the last character once more alone, so that each character begins a term. */
        record Unspaced(List<Term> characters) implements Run {
            @Override
            public List<Term> terms() {
                var terms = new ArrayList<>(pairs());
                terms.add(characters.getLast());
                return terms;
            }

            List<Term> pairs() {
                var pairs = new ArrayList<Term>();
                for (int i = 1; i < characters.size(); i++) {
                    var first = characters.get(i - 1);
                    var second = characters.get(i);
                    pairs.add(new Term(first.folded() + second.folded(), first.start(), second.end()));
                }
                return pairs;
            }
        }
    }

    private enum Kind {
        NONE,
        WORD,
        UNSPACED
    }

    private Terms() {}

    /** Every term of a text, in its order; a term that occurs twice is there twice. */
    public static List<Term> of(String text) {
        return runs(text).stream().flatMap(run -> run.terms().stream()).toList();
    }

    static List<Run> runs(String text) {
        var runs = new ArrayList<Run>();
        var kind = Kind.NONE;
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            var next = kind(c, kind);
            if (next != kind || Character.isEmojiPresentation(c)) {
                close(runs, kind, text, start, i);
                start = i;
                kind = next;
            }
            i += Character.charCount(c);
            if (Character.isEmojiPresentation(c)) {
                runs.add(new Run.Emoji(new Term(Character.toString(c), i - Character.charCount(c), i)));
                start = i;
                kind = Kind.NONE;
            }
        }
        close(runs, kind, text, start, i);
        return runs;
    }

    /** What a character belongs to, behind characters of some kind. */
    private static Kind kind(int c, Kind before) {
        if (continues(c)) {
            return before;
        }
        if (Character.isEmojiPresentation(c) || !isTold(c)) {
            return Kind.NONE;
        }
        var script = UnicodeScript.of(c);
        if (script == UnicodeScript.COMMON && Character.getType(c) == Character.MODIFIER_LETTER) {
            return before == Kind.NONE ? Kind.WORD : before;
        }
        return UNSPACED.contains(script) ? Kind.UNSPACED : Kind.WORD;
    }

    private static boolean isTold(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    /** Marks, and what is invisible inside a word: soft hyphens, joiners. */
    private static boolean continues(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> false;
        };
    }

    private static void close(List<Run> runs, Kind kind, String text, int start, int end) {
        switch (kind) {
            case NONE -> {}
            case WORD -> {
                String folded = folded(text.substring(start, end));
                if (!folded.isEmpty()) {
                    runs.add(new Run.Word(new Term(folded, start, end)));
                }
            }
            case UNSPACED -> {
                var characters = characters(text, start, end);
                if (!characters.isEmpty()) {
                    runs.add(new Run.Unspaced(characters));
                }
            }
        }
    }

    /** Each character with the marks behind it. */
    private static List<Term> characters(String text, int start, int end) {
        var characters = new ArrayList<Term>();
        int i = start;
        while (i < end) {
            int from = i;
            i += Character.charCount(text.codePointAt(i));
            while (i < end && (continues(text.codePointAt(i)) || isVoicedSoundMark(text.codePointAt(i)))) {
                i += Character.charCount(text.codePointAt(i));
            }
            String folded = folded(text.substring(from, i));
            if (!folded.isEmpty()) {
                characters.add(new Term(folded, from, i));
            }
        }
        return characters;
    }

    /** The half-width forms, which are letters of their own. */
    private static boolean isVoicedSoundMark(int c) {
        return c == 0xFF9E || c == 0xFF9F;
    }

    /** The form of a word in which words are compared. */
    static String folded(String word) {
        String apart = Normalizer.normalize(word, Normalizer.Form.NFKD);
        var letters = new StringBuilder(apart.length());
        var script = UnicodeScript.COMMON;
        for (int i = 0; i < apart.length(); ) {
            int c = apart.codePointAt(i);
            int type = Character.getType(c);
            if (type != Character.NON_SPACING_MARK && type != Character.FORMAT) {
                script = UnicodeScript.of(c);
            }
            boolean optional = type == Character.NON_SPACING_MARK && WITH_OPTIONAL_MARKS.contains(script);
            if (!optional && type != Character.FORMAT && c != TATWEEL) {
                letters.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        // Small first, for the capital sharp s, which has no other capital.
        String small = letters.toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
        return beginning(Normalizer.normalize(small, Normalizer.Form.NFKC));
    }

    private static String beginning(String term) {
        if (term.length() <= MOST_CHARACTERS) {
            return term;
        }
        return term.substring(
                0, Character.isHighSurrogate(term.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }
}
