package org.incidenttimeline.api.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.OccurredAt;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * The one way in which bodies are read: no unknown, doubled or null field, no number for a text, no text for a number.
 * What may be absent is an {@code Optional} or a list; null says the same as absence there.
 */
final class StrictJson {
    private StrictJson() {}

    static JsonMapper mapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limits.JSON_DEPTH)
                        .maxStringLength(Limits.JSON_STRING_LENGTH)
                        .maxNumberLength(Limits.JSON_NUMBER_LENGTH)
                        .maxNameLength(Limits.JSON_NAME_LENGTH)
                        .maxTokenCount(Limits.JSON_TOKENS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfigDefaults(shapes -> {
                    for (var shape : CoercionInputShape.values()) {
                        shapes.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .withConfigOverride(
                        List.class,
                        list -> list.setNullHandling(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL)))
                .addModule(words())
                .addHandler(new FieldErrorCollector())
                .build();
    }

    /** Jackson reads times from numbers and arrays too, and enums with blanks around them; these readers do not. */
    private static SimpleModule words() {
        var module = new SimpleModule();
        module.setDeserializers(new StrictEnums());
        module.addDeserializer(LocalDate.class, new WordReader<>(LocalDate.class, Times::date));
        module.addDeserializer(Duration.class, new WordReader<>(Duration.class, Times::duration));
        module.addDeserializer(OffsetDateTime.class, new WordReader<>(OffsetDateTime.class, Times::time));
        module.addDeserializer(
                Instant.class,
                new WordReader<>(Instant.class, text -> Times.time(text).toInstant()));
        module.addDeserializer(OccurredAt.class, new OccurredAtReader());
        return module;
    }

    private static final class StrictEnums extends SimpleDeserializers {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return WordReader.ofEnum(type.getRawClass());
        }
    }
}
