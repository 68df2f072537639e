package org.incidenttimeline.projections.wording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Sealable;
import org.incidenttimeline.projections.wording.Inline.Citation;
import org.incidenttimeline.projections.wording.Inline.Label;
import org.incidenttimeline.projections.wording.Inline.Plain;
import org.incidenttimeline.projections.wording.Inline.Said;
import org.incidenttimeline.projections.wording.Inline.When;

/** A line of a document: pieces in their order. Each method gives a new phrase with something added at the end. */
public record Phrase(List<Inline> pieces) {
    public static final Phrase EMPTY = new Phrase(List.of());

    public Phrase {
        pieces = List.copyOf(pieces);
    }

    /** A phrase of this program's words. */
    public static Phrase of(String words) {
        return EMPTY.say(words);
    }

    /** A phrase that begins with a label. */
    public static Phrase labelled(String label) {
        return EMPTY.with(new Label(label)).say(" ");
    }

    public Phrase say(String words) {
        return with(new Plain(words));
    }

    public Phrase quote(Sealable words) {
        return with(new Said(words.value()));
    }

    /** Adds a name that a user chose: a service, an environment, a tag. */
    public Phrase name(Object name) {
        return with(new Said(name.toString()));
    }

    /** Adds names that a user chose, separated by commas. */
    public Phrase names(Collection<?> names) {
        var result = this;
        var first = true;
        for (var name : names) {
            result = (first ? result : result.say(", ")).name(name);
            first = false;
        }
        return result;
    }

    /** Adds the words and what led them in, or nothing. */
    public Phrase quote(String before, Optional<? extends Sealable> words) {
        return words.map(w -> say(before).quote(w)).orElse(this);
    }

    public Phrase at(OccurredAt time) {
        return Times.tell(time, this);
    }

    public Phrase at(Instant time) {
        return with(new When(Times.utc(time)));
    }

    public Phrase cite(long entry) {
        return say(" ").with(new Citation(entry));
    }

    public Phrase cite(Collection<Long> entries) {
        var result = this;
        for (long entry : entries.stream().sorted().distinct().toList()) {
            result = result.cite(entry);
        }
        return result;
    }

    public Phrase and(Phrase other) {
        var all = new ArrayList<>(pieces);
        all.addAll(other.pieces);
        return new Phrase(all);
    }

    public Phrase with(Inline piece) {
        var all = new ArrayList<>(pieces);
        all.add(piece);
        return new Phrase(all);
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The phrase as plain text, citations as {@code [#12]}. */
    public String text() {
        return pieces.stream()
                .map(piece -> switch (piece) {
                    case Plain(var text) -> text;
                    case Said(var text) -> text;
                    case When(var text) -> text;
                    case Label(var text) -> text;
                    case Citation(var entry) -> "[#" + entry + "]";
                })
                .collect(Collectors.joining());
    }
}
