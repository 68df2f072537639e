package org.incidenttimeline.api.json;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.OccurredAt;

/** What a caller should have sent for a value of ours, in words of JSON. */
final class Expectation {
    private Expectation() {}

    static String of(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == long.class || type == Long.class || type == int.class) {
            return "must be a whole number";
        }
        if (type == OccurredAt.class) {
            return Times.TIME + ", or an object with at, precision, until and original";
        }
        if (type == OffsetDateTime.class || type == Instant.class) {
            return Times.TIME;
        }
        if (type == LocalDate.class) {
            return Times.DATE;
        }
        if (type == Duration.class) {
            return Times.DURATION;
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return holdsOneString(type) ? "must be a string" : "must be an object";
    }

    private static boolean holdsOneString(Class<?> type) {
        if (!type.isRecord()) {
            return type == String.class;
        }
        var components = type.getRecordComponents();
        return components.length == 1 && components[0].getType() == String.class;
    }
}
