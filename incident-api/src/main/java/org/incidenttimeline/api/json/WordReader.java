package org.incidenttimeline.api.json;

import java.util.function.Function;
import org.incidenttimeline.core.event.InvalidValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a value from a JSON string, and from nothing else. */
final class WordReader<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> read;

    WordReader(Class<T> type, Function<String, T> read) {
        super(type);
        this.read = read;
    }

    static WordReader<Object> ofEnum(Class<?> type) {
        return new WordReader<>(cast(type), text -> {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
            throw new InvalidValue(Expectation.of(type));
        });
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> cast(Class<?> type) {
        return (Class<Object>) type;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (T) context.handleUnexpectedToken(handledType(), parser);
        }
        try {
            return read.apply(parser.getString());
        } catch (InvalidValue e) {
            return (T) context.handleInstantiationProblem(handledType(), null, e);
        }
    }
}
