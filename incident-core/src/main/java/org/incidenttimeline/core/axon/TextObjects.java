package org.incidenttimeline.core.axon;

import java.util.function.Function;
import org.incidenttimeline.core.event.Location;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Sealable;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes what a person wrote as {@code {"text":"…"}} instead of a plain string, so that the words can later stand sealed
 * beside the log, and the object say so, while the event keeps its shape.
 */
public final class TextObjects extends SimpleModule {

    private static final String PROPERTY = "text";

    public TextObjects() {
        super("text-objects");
    }

    /** For everything that people write into events. */
    public static TextObjects ofSealables() {
        return new TextObjects()
                .with(Text.class, Sealable::value, Text::new)
                .with(Title.class, Sealable::value, Title::new)
                .with(Person.class, Sealable::value, Person::new)
                .with(Reference.class, Sealable::value, Reference::new)
                .with(Location.class, Sealable::value, Location::new);
    }

    /** The same module, which also writes and reads that type as an object. */
    public <T> TextObjects with(Class<T> type, Function<T, String> value, Function<String, T> create) {
        addSerializer(type, new ToObject<>(value));
        addDeserializer(type, new FromObject<>(type, create));
        return this;
    }

    private static final class ToObject<T> extends ValueSerializer<T> {

        private final Function<T, String> value;

        ToObject(Function<T, String> value) {
            this.value = value;
        }

        @Override
        public void serialize(T text, JsonGenerator generator, SerializationContext context) {
            generator.writeStartObject();
            generator.writeStringProperty(PROPERTY, value.apply(text));
            generator.writeEndObject();
        }
    }

    private static final class FromObject<T> extends ValueDeserializer<T> {

        private final Class<T> type;
        private final Function<String, T> create;

        FromObject(Class<T> type, Function<String, T> create) {
            this.type = type;
            this.create = create;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode tree = context.readTree(parser);
            JsonNode text = tree.get(PROPERTY);
            if (!tree.isObject() || tree.size() != 1 || text == null || !text.isString()) {
                return context.reportInputMismatch(type, "a text in the log is an object with the one string `text`");
            }
            return create.apply(text.stringValue());
        }
    }
}
