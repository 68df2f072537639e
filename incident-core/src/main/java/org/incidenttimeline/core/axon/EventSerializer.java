package org.incidenttimeline.core.axon;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events and their metadata as the log stores them: canonical JSON ({@link CanonicalJson}) under logical names and
 * revisions, never names of classes. It is strict both ways. A name or revision that is not registered, a missing,
 * unknown, repeated or null property, a value of another type: each is a {@link SerializationException}, so a changed
 * shape needs a new revision and an upcaster. An absent {@code Optional} is an explicit null.
 *
 * <p>Metadata is an object of strings; any other value is refused.
 */
public final class EventSerializer extends Jackson3Serializer {

    private static final SerializedType METADATA = new SimpleSerializedType(MetaData.class.getName(), null);

    private final EventTypes types;

    /**
     * A serializer of those types.
     *
     * @param modules how value types are written, where it is not how REST writes them
     */
    public EventSerializer(EventTypes types, JacksonModule... modules) {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(mapper -> makeStrict(mapper, List.of(modules))));
        this.types = types;
    }

    private static void makeStrict(JsonMapper.Builder mapper, List<JacksonModule> modules) {
        mapper.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfigDefaults(coercion -> List.of(
                                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                        .forEach(shape -> coercion.setCoercion(shape, CoercionAction.Fail)))
                .addModule(new SimpleModule("metadata").addDeserializer(MetaData.class, new StringsOnly()))
                .addModules(modules);
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expectedRepresentation) {
        if (object == null) {
            throw new SerializationException("null is not an event");
        }
        if (object instanceof MetaData metadata) {
            requireStrings(metadata);
        }
        SerializedType type = typeForClass(object.getClass());
        String json;
        try {
            json = CanonicalJson.of(getObjectMapper().valueToTree(object));
        } catch (JacksonException e) {
            throw new SerializationException("could not write a " + type.getName(), e);
        }
        T content = String.class.equals(expectedRepresentation)
                ? expectedRepresentation.cast(json)
                : getConverter().convert(json.getBytes(StandardCharsets.UTF_8), byte[].class, expectedRepresentation);
        return new SimpleSerializedObject<>(content, expectedRepresentation, type);
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") @Nullable Class type) {
        if (MetaData.class.equals(type)) {
            return METADATA;
        }
        if (type == null) {
            throw new SerializationException("null is not an event");
        }
        Class<?> event = type;
        EventTypes.Entry entry = types.of(event)
                .orElseThrow(() -> new SerializationException(event.getName() + " has no name to be stored under"));
        return new SimpleSerializedType(entry.name(), Integer.toString(entry.revision()));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (METADATA.getName().equals(type.getName())) {
            return MetaData.class;
        }
        EventTypes.Entry entry = types.named(type.getName())
                .orElseThrow(() -> new SerializationException("the log holds an event of unknown name " + type.getName()
                        + ", revision " + type.getRevision()));
        if (!Integer.toString(entry.revision()).equals(type.getRevision())) {
            throw new SerializationException("no upcaster brings " + type.getName() + " from revision "
                    + type.getRevision() + " to " + entry.revision());
        }
        return entry.type();
    }

    private static void requireStrings(MetaData metadata) {
        metadata.forEach((key, value) -> {
            if (!(value instanceof String)) {
                throw new SerializationException("metadata holds strings only, and " + key + " is none");
            }
        });
    }

    private static final class StringsOnly extends ValueDeserializer<MetaData> {

        @Override
        public MetaData deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode tree = context.readTree(parser);
            if (!tree.isObject()) {
                return context.reportInputMismatch(MetaData.class, "metadata is an object");
            }
            Map<String, String> values = new HashMap<>();
            for (Map.Entry<String, JsonNode> property : tree.properties()) {
                if (!property.getValue().isString()) {
                    return context.reportInputMismatch(
                            MetaData.class, "metadata holds strings only, and " + property.getKey() + " is none");
                }
                values.put(property.getKey(), property.getValue().stringValue());
            }
            return MetaData.from(values);
        }
    }
}
