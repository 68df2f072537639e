package org.incidenttimeline.projections.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.InvalidValue;

/**
 * What is searched for: every one of its words, in any order, in one entry; of the last word, the beginning is enough.
 *
 * @param text as it was typed, at most {@value #MAX_LENGTH} characters with at most {@value #MAX_TERMS} terms in them
 */
public record Query(String text) {
    public static final int MAX_LENGTH = 200;
    public static final int MAX_TERMS = 20;

    public Query {
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw new InvalidValue("must have at most " + MAX_LENGTH + " characters");
        }
        var wanted = wanted(text);
        if (wanted.words().isEmpty() && wanted.beginnings().isEmpty()) {
            throw new InvalidValue("must have a letter, a digit or an emoji to search for");
        }
        if (wanted.words().size() + wanted.beginnings().size() > MAX_TERMS) {
            throw new InvalidValue("must have at most " + MAX_TERMS + " words");
        }
    }

    /**
     * The terms of a query.
     *
     * @param words terms that must be there as they are
     * @param beginnings how some other terms must begin
     */
    public record Wanted(Set<String> words, Set<String> beginnings) {
        public Wanted {
            words = Set.copyOf(words);
            beginnings = Set.copyOf(beginnings);
        }

        boolean isMetBy(Term term) {
            return words.contains(term.folded()) || beginnings.stream().anyMatch(term.folded()::startsWith);
        }

        boolean isMetBy(Set<String> folded) {
            return folded.containsAll(words)
                    && beginnings.stream().allMatch(b -> folded.stream().anyMatch(f -> f.startsWith(b)));
        }
    }

    public Wanted wanted() {
        return wanted(text);
    }

    /** Whether a text of these terms is found by it. */
    public boolean finds(List<Term> terms) {
        return wanted().isMetBy(terms.stream().map(Term::folded).collect(Collectors.toSet()));
    }

    private static Wanted wanted(String text) {
        var runs = Terms.runs(text);
        var words = new LinkedHashSet<String>();
        var beginnings = new LinkedHashSet<String>();
        for (int i = 0; i < runs.size(); i++) {
            switch (runs.get(i)) {
                case Terms.Run.Word(Term word) -> (i == runs.size() - 1 ? beginnings : words).add(word.folded());
                case Terms.Run.Emoji(Term emoji) -> words.add(emoji.folded());
                case Terms.Run.Unspaced unspaced
                when unspaced.characters().size() == 1 ->
                    beginnings.add(unspaced.characters().getFirst().folded());
                case Terms.Run.Unspaced unspaced -> unspaced.pairs().forEach(pair -> words.add(pair.folded()));
            }
        }
        return new Wanted(words, beginnings);
    }

    @Override
    public String toString() {
        return text;
    }
}
