package org.incidenttimeline.api.openapi;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.lang.reflect.Method;
import java.util.Optional;

/** What the Javadoc of the code says, kept beside the classes by the compiler. */
final class Words {
    private static final CommentFormatter FORMATTER = new CommentFormatter();

    private Words() {}

    static Optional<String> of(Class<?> type) {
        return text(RuntimeJavadoc.getJavadoc(type).getComment());
    }

    static Optional<String> of(Method method) {
        return text(RuntimeJavadoc.getJavadoc(method).getComment());
    }

    private static Optional<String> text(Comment comment) {
        String text = FORMATTER
                .format(comment)
                .replaceAll("</?code>", "`")
                .replaceAll("<[^>]*>|\\s+", " ")
                .strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Up to the first full stop, without it. */
    static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
