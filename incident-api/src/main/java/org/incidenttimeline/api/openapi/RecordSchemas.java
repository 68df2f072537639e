package org.incidenttimeline.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a record of ours is as JSON. The library knows fields and types; what it cannot know is how our reader and our
 * writer treat them: a request may leave out what is optional, a list, or a switch, and has no field besides; an answer has
 * every field, and null where there is nothing to say.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // The library's own types are raw.
final class RecordSchemas implements ModelConverter {
    private static final String TIME = "OccurredAt";

    private final Map<String, Class<?>> named = new HashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        JavaType java = Json.mapper().constructType(type.getType());
        if (java == null) {
            return next(type, context, others);
        }
        Class<?> raw = java.getRawClass();
        if (raw == OccurredAt.class) {
            return claim(context);
        }
        if (raw == JsonNode.class) {
            // Any JSON there is.
            return new Schema<>();
        }
        if (raw == OptionalInt.class) {
            return new Schema<Integer>().types(types("integer", true)).format("int32");
        }
        if (raw == OptionalLong.class) {
            return new Schema<Long>().types(types("integer", true)).format("int64");
        }
        if (raw == Duration.class) {
            return new Schema<String>()
                    .types(types("string", false))
                    .format("duration")
                    .example("PT30M");
        }
        if (raw.isRecord() && holdsOneString(raw)) {
            return word(raw);
        }
        Schema<?> schema = next(type, context, others);
        if (schema == null || !raw.isRecord()) {
            return schema;
        }
        if (schema.get$ref() == null) {
            complete(schema, raw);
        } else {
            String name = schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1);
            requireOneMeaning(name, raw);
            complete(context.getDefinedModels().get(name), raw);
        }
        return schema;
    }

    private static @Nullable Schema<?> next(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        return others.hasNext() ? others.next().resolve(type, context, others) : null;
    }

    /** Two records of one name in different places would silently become one in the description. */
    private void requireOneMeaning(String name, Class<?> type) {
        var other = named.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException("two shapes are called " + name + ": " + other + " and " + type);
        }
    }

    private static void complete(@Nullable Schema<?> model, Class<?> type) {
        if (model == null || model.getProperties() == null || model.getAdditionalProperties() != null) {
            return;
        }
        boolean request = isRequest(type);
        var required = new LinkedHashSet<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = model.getProperties().get(component.getName());
            if (property == null) {
                continue;
            }
            boolean many = Collection.class.isAssignableFrom(component.getType())
                    || Map.class.isAssignableFrom(component.getType());
            var written = written(type, component);
            boolean leftOut = written != null
                    && (isOptional(component) || (many && written.value() == JsonInclude.Include.NON_EMPTY));
            boolean nullable = !leftOut && (isOptional(component) || (request && many));
            if (nullable) {
                model.getProperties().put(component.getName(), orNull(property));
            }
            boolean mayBeLeftOut = request ? nullable || component.getType().isPrimitive() : leftOut;
            if (!mayBeLeftOut) {
                required.add(component.getName());
            }
        }
        model.setRequired(required.isEmpty() ? null : List.copyOf(required));
        if (request) {
            model.setAdditionalProperties(false);
        }
    }

    /** How a component is written where nothing is in it: as it says itself, or as its record does. */
    private static @Nullable JsonInclude written(Class<?> type, RecordComponent component) {
        var own = component.getAccessor().getAnnotation(JsonInclude.class);
        return own == null ? type.getAnnotation(JsonInclude.class) : own;
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getType() == Optional.class
                || component.getType() == OptionalInt.class
                || component.getType() == OptionalLong.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** What a caller sends is called so, and so is what stands in it alone. */
    static boolean isRequest(Class<?> type) {
        return type.getSimpleName().endsWith("Request") || type.getSimpleName().endsWith("Scope");
    }

    private static <T> Schema<?> orNull(Schema<T> schema) {
        if (schema.get$ref() != null) {
            var reference = new Schema<>();
            reference.set$ref(schema.get$ref());
            return new Schema<>()
                    .description(schema.getDescription())
                    .anyOf(List.of(reference, new Schema<>().types(Set.of("null"))));
        }
        if (schema.getTypes() != null) {
            var types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
        }
        if (schema.getEnum() != null && !schema.getEnum().contains(null)) {
            var constants = new ArrayList<@Nullable T>(schema.getEnum());
            constants.add(null);
            schema.setEnum(constants);
        }
        return schema;
    }

    private static boolean holdsOneString(Class<?> type) {
        var components = type.getRecordComponents();
        return components.length == 1 && components[0].getType() == String.class && !isRequest(type);
    }

    /** A schema of its own: the library gives all strings the same one. */
    private static Schema<?> word(Class<?> type) {
        var schema = new Schema<String>().types(types("string", false)).minLength(1);
        if (ItemId.class.isAssignableFrom(type)) {
            schema.setPattern("^[a-z]+-[1-9][0-9]{0,8}$");
        } else if (type == IncidentId.class) {
            schema.setPattern("^[A-Za-z0-9][A-Za-z0-9-]{0,63}$");
        } else if (type == Sha256.class) {
            schema.setPattern("^[0-9a-f]{64}$");
        }
        longest(type).ifPresent(schema::setMaxLength);
        return schema;
    }

    private static Optional<Integer> longest(Class<?> type) {
        try {
            return Optional.of(type.getField("MAX_LENGTH").getInt(null));
        } catch (NoSuchFieldException _) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The two forms in which a caller may say when something happened; the reader of bodies knows them too. */
    private static Schema<?> claim(ModelConverterContext context) {
        if (!context.getDefinedModels().containsKey(TIME)) {
            var time = new Schema<String>()
                    .types(types("string", false))
                    .format("date-time")
                    .description("to the minute or better, with its offset");
            var said = new Schema<>()
                    .types(types("object", false))
                    .description(
                            "a claim that says more: how exactly the time is known, or in which words it was given");
            said.addProperty(
                    "at", new Schema<String>().types(types("string", true)).format("date-time"));
            said.addProperty("precision", enumOf(Precision.class));
            said.addProperty(
                    "until", new Schema<String>().types(types("string", true)).format("date-time"));
            said.addProperty(
                    "original",
                    new Schema<String>().types(types("string", true)).maxLength(Text.MAX_LENGTH));
            said.setAdditionalProperties(false);
            context.defineModel(
                    TIME,
                    new Schema<>()
                            .description("When something happened, as somebody claims it.")
                            .oneOf(List.of(time, said)));
        }
        var reference = new Schema<>();
        reference.set$ref("#/components/schemas/" + TIME);
        return reference;
    }

    private static Schema<?> enumOf(Class<? extends Enum<?>> type) {
        var words = new Schema<String>().types(types("string", true));
        for (Enum<?> constant : type.getEnumConstants()) {
            words.addEnumItemObject(constant.name());
        }
        words.addEnumItemObject(null);
        return words;
    }

    private static Set<String> types(String type, boolean orNull) {
        var types = new LinkedHashSet<>(Set.of(type));
        if (orNull) {
            types.add("null");
        }
        return types;
    }
}
