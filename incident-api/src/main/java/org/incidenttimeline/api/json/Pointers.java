package org.incidenttimeline.api.json;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;

/** JSON Pointers (RFC 6901) to fields. The names in them come from the caller, so what could deceive or not be told is replaced. */
final class Pointers {
    private static final int REPLACEMENT = 0xFFFD;

    private Pointers() {}

    static String of(TokenStreamContext place) {
        return printable(place.pathAsPointer().toString());
    }

    static String of(List<JacksonException.Reference> path) {
        return printable(path.stream()
                .map(step -> step.getPropertyName() == null
                        ? String.valueOf(step.getIndex())
                        : step.getPropertyName().replace("~", "~0").replace("/", "~1"))
                .map(step -> "/" + step)
                .collect(Collectors.joining()));
    }

    private static String printable(String pointer) {
        return pointer.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
                    default -> c;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
