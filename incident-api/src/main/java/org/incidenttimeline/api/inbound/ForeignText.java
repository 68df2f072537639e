package org.incidenttimeline.api.inbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;

/**
 * Words that another system sent, made to fit values of ours: too long ones are cut and end in an ellipsis, and characters
 * that our values do not hold are replaced by U+FFFD, so that one sees that something stood there. Nothing is left where
 * there was nothing to see.
 */
final class ForeignText {
    /** An entry of a timeline is read at a glance; who wants all of it follows the reference. */
    static final int ENTRY_LENGTH = 2_000;

    private static final char ELLIPSIS = '…';
    private static final int REPLACEMENT = 0xFFFD;

    private ForeignText() {}

    static Optional<Title> title(String words) {
        return line(words, Title.MAX_LENGTH).map(Title::new);
    }

    static Optional<Person> person(String name) {
        return line(name, Person.MAX_LENGTH).map(Person::new);
    }

    static Optional<Text> text(String words) {
        var shown = new StringBuilder();
        words.replace("\r\n", "\n")
                .codePoints()
                .map(c -> c == '\n' || c == '\t' || (!isControl(c) && !isLoneSurrogate(c)) ? c : REPLACEMENT)
                .forEach(shown::appendCodePoint);
        String result = cut(shown.toString().strip(), ENTRY_LENGTH);
        return result.isBlank() ? Optional.empty() : Optional.of(new Text(result));
    }

    /** One line of at most so many characters. */
    static Optional<String> line(String words, int max) {
        var shown = new StringBuilder();
        words.codePoints().map(ForeignText::onOneLine).forEach(shown::appendCodePoint);
        String result = cut(shown.toString().strip(), max).strip();
        return result.isBlank() ? Optional.empty() : Optional.of(result);
    }

    /** An address of the web; one that is cut off, or of another scheme, leads nowhere or somewhere else. */
    static Optional<Reference> link(String address) {
        if (address.length() > Reference.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var uri = new URI(address);
            boolean ofTheWeb = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return ofTheWeb && uri.getHost() != null
                    ? line(address, Reference.MAX_LENGTH).map(Reference::new)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static int onOneLine(int c) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> c;
        };
    }

    private static boolean isControl(int c) {
        return Character.getType(c) == Character.CONTROL;
    }

    private static boolean isLoneSurrogate(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    private static String cut(String words, int max) {
        if (words.length() <= max) {
            return words;
        }
        int end = max - 1;
        return words.substring(0, Character.isHighSurrogate(words.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
