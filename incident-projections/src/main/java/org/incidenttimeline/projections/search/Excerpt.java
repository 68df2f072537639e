package org.incidenttimeline.projections.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The part of a text around the first match, and where in it the matches are. Where it is cut, it has an ellipsis.
 *
 * @param text at most {@value #MOST_CHARACTERS} UTF-16 units and the ellipses
 * @param matches in their order, none overlapping another
 */
public record Excerpt(String text, List<Match> matches) {
    static final int MOST_CHARACTERS = 240;
    private static final int BEFORE = 80;
    private static final int NEAR = 20;

    /** A match, from {@code start} up to {@code end}, exclusive, in UTF-16 units of the excerpt. */
    public record Match(int start, int end) {}

    public Excerpt {
        matches = List.copyOf(matches);
    }

    /** What shows that the text is found; where it is not, its beginning. */
    public static Excerpt of(String text, Query query) {
        var wanted = query.wanted();
        var found = merged(Terms.of(text).stream()
                .filter(wanted::isMetBy)
                .map(term -> new Match(term.start(), term.end()))
                .toList());
        int first = found.isEmpty() ? 0 : found.getFirst().start();
        int start = wordStart(text, Math.max(0, first - BEFORE), first);
        int end = whole(text, Math.min(text.length(), start + MOST_CHARACTERS));
        String before = start > 0 ? "…" : "";
        String after = end < text.length() ? "…" : "";
        return new Excerpt(
                before + text.substring(start, end) + after,
                found.stream()
                        .filter(m -> m.end() <= end)
                        .map(m -> new Match(m.start() - start + before.length(), m.end() - start + before.length()))
                        .toList());
    }

    /** Behind the next blank, if one is near; never inside a character. */
    private static int wordStart(String text, int start, int first) {
        if (start == 0) {
            return 0;
        }
        for (int i = start; i < Math.min(start + NEAR, first); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i + 1;
            }
        }
        return whole(text, start);
    }

    private static int whole(String text, int index) {
        return index > 0
                        && index < text.length()
                        && Character.isLowSurrogate(text.charAt(index))
                        && Character.isHighSurrogate(text.charAt(index - 1))
                ? index - 1
                : index;
    }

    private static List<Match> merged(List<Match> matches) {
        var merged = new ArrayList<Match>();
        for (var match :
                matches.stream().sorted(Comparator.comparingInt(Match::start)).toList()) {
            if (!merged.isEmpty() && match.start() < merged.getLast().end()) {
                var last = merged.removeLast();
                merged.add(new Match(last.start(), Math.max(last.end(), match.end())));
            } else {
                merged.add(match);
            }
        }
        return merged;
    }
}
