package org.incidenttimeline.api.json;

import java.util.ArrayList;
import java.util.List;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;

/**
 * Notes a wrong field and lets Jackson read on, so that one answer can name several. Jackson then sees a null in its
 * place, which may end the reading a little later; either way the body is refused.
 */
final class FieldErrorCollector extends DeserializationProblemHandler {
    /** The errors of one reading, kept as an attribute of it. */
    static final class Errors {
        private final List<FieldError> found = new ArrayList<>();

        void add(String pointer, String detail) {
            if (found.size() < Limits.FIELD_ERRORS
                    && found.stream().noneMatch(e -> e.pointer().equals(pointer))) {
                found.add(new FieldError(pointer, detail));
            }
        }

        List<FieldError> found() {
            return List.copyOf(found);
        }
    }

    @Override
    public @Nullable Object handleInstantiationProblem(
            DeserializationContext context, Class<?> type, @Nullable Object argument, Throwable problem) {
        note(context, context.getParser(), InvalidValues.in(problem).orElseGet(() -> Expectation.of(type)));
        return null;
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType type,
            JsonToken token,
            JsonParser parser,
            @Nullable String failure) {
        if (type.isPrimitive()) {
            return NOT_HANDLED;
        }
        return refuse(context, parser, type.getRawClass());
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            ValueInstantiator instantiator,
            JsonParser parser,
            @Nullable String failure) {
        return refuse(context, parser, type);
    }

    private static @Nullable Object refuse(DeserializationContext context, JsonParser parser, Class<?> type) {
        note(context, parser, Expectation.of(type));
        if (parser.hasToken(JsonToken.PROPERTY_NAME)) {
            do {
                parser.nextToken();
                parser.skipChildren();
            } while (parser.nextToken() == JsonToken.PROPERTY_NAME);
        } else {
            parser.skipChildren();
        }
        return null;
    }

    /** Jackson may have stepped into a wrong object already; it is the object that is wrong, not its first field. */
    private static void note(DeserializationContext context, JsonParser parser, String detail) {
        var place = parser.streamReadContext();
        var object = parser.hasToken(JsonToken.PROPERTY_NAME) ? place.getParent() : place;
        if (object != null && context.getAttribute(Errors.class) instanceof Errors errors) {
            errors.add(Pointers.of(object), detail);
        }
    }
}
