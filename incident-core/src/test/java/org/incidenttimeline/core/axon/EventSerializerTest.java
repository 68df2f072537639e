package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.erdtman.jcs.JsonCanonicalizer;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSerializerTest {

    enum Level {
        LOW,
        HIGH
    }

    /** What a person wrote: a plain string by its annotations, an object in the log. */
    record Words(@JsonValue String value) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Words {}
    }

    record Noted(
            String zone,
            Instant at,
            Level level,
            long entry,
            Words words,
            Optional<Words> more,
            Map<Level, List<Integer>> counts) {}

    record Unnamed(String value) {}

    private static final String NAME = "incident.noted";
    private static final Noted NOTED = new Noted(
            "z",
            Instant.parse("2026-03-01T12:00:00.500Z"),
            Level.HIGH,
            7,
            new Words("é\n\u0001🚒/"),
            Optional.empty(),
            Map.of(Level.LOW, List.of(1), Level.HIGH, List.of()));
    private static final String JSON =
            "{\"at\":\"2026-03-01T12:00:00.500Z\",\"counts\":{\"HIGH\":[],\"LOW\":[1]},\"entry\":7,\"level\":\"HIGH\","
                    + "\"more\":null,\"words\":{\"text\":\"é\\n\\u0001🚒/\"},\"zone\":\"z\"}";

    private final EventSerializer serializer = new EventSerializer(
            new EventTypes(List.of(new EventTypes.Entry(Noted.class, NAME, 2))),
            new TextObjects().with(Words.class, Words::value, Words::new));

    @Test
    void an_event_is_written_under_its_name_and_revision_as_canonical_json() throws Exception {
        SerializedObject<String> stored = serializer.serialize(NOTED, String.class);

        assertThat(stored.getType().getName()).isEqualTo(NAME);
        assertThat(stored.getType().getRevision()).isEqualTo("2");
        assertThat(stored.getData()).isEqualTo(JSON).isEqualTo(new JsonCanonicalizer(JSON).getEncodedString());
        assertThat(serializer.serialize(NOTED, byte[].class).getData())
                .isEqualTo(new JsonCanonicalizer(JSON).getEncodedUTF8());
    }

    @Test
    void what_is_written_is_read_back() {
        assertThat(read(JSON)).isEqualTo(NOTED);
        assertThat(read(JSON.replace("\"more\":null", "\"more\":{\"text\":\"x\"}")))
                .extracting(Noted::more)
                .isEqualTo(Optional.of(new Words("x")));
    }

    @Test
    void names_and_revisions_that_are_not_registered_are_refused() {
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(JSON, "incident.gone", "2"));
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(JSON, NAME, "1"));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> read(JSON, Noted.class.getName(), "2"));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.serialize(new Unnamed("x"), String.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"zone\":\"z\"|",
                "\"zone\":\"z\"|\"zone\":null",
                "\"zone\":\"z\"|\"zone\":\"z\",\"new\":1",
                "\"zone\":\"z\"|\"zone\":\"z\",\"zone\":\"z\"",
                "\"zone\":\"z\"|\"zone\":1",
                "\"more\":null,|",
                "\"entry\":7|\"entry\":\"7\"",
                "\"entry\":7|\"entry\":7.5",
                "\"entry\":7|\"entry\":null",
                "\"level\":\"HIGH\"|\"level\":1",
                "\"level\":\"HIGH\"|\"level\":\"high\"",
                "{\"text\":\"é\\n\\u0001🚒/\"}|\"plain\"",
                "{\"text\":\"é\\n\\u0001🚒/\"}|{\"sealed\":\"x\"}",
                "\"zone\":\"z\"}|\"zone\":\"z\"} {}"
            })
    void a_payload_of_another_shape_is_refused(String change) {
        String[] halves = change.split("\\|", 2);
        String json = JSON.replace(halves[0], halves[1]);

        assertThat(json).isNotEqualTo(JSON);
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(json));
    }

    @Test
    void metadata_is_an_object_of_strings() {
        MetaData metadata = MetaData.with("b", "2").and("a", "é");

        SerializedObject<String> stored = serializer.serialize(metadata, String.class);

        assertThat(stored.getData()).isEqualTo("{\"a\":\"é\",\"b\":\"2\"}");
        MetaData read = serializer.deserialize(stored);
        assertThat(read).isEqualTo(metadata);
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.serialize(MetaData.with("a", 1), String.class));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.deserialize(
                        new SimpleSerializedObject<>("{\"a\":[]}", String.class, MetaData.class.getName(), null)));
    }

    @Test
    void what_people_write_into_events_is_an_object_in_the_log() {
        record Said(Person by, Text text) {}
        EventSerializer withTexts = new EventSerializer(
                new EventTypes(List.of(new EventTypes.Entry(Said.class, "incident.said", 1))),
                TextObjects.ofSealables());
        Said said = new Said(new Person("ana"), new Text("hello"));

        SerializedObject<String> stored = withTexts.serialize(said, String.class);

        assertThat(stored.getData()).isEqualTo("{\"by\":{\"text\":\"ana\"},\"text\":{\"text\":\"hello\"}}");
        Said read = withTexts.deserialize(stored);
        assertThat(read).isEqualTo(said);
    }

    @Test
    void a_class_has_one_name_and_a_name_one_class() {
        var noted = new EventTypes.Entry(Noted.class, NAME, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EventTypes(List.of(noted, new EventTypes.Entry(Noted.class, "incident.other", 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventTypes(List.of(noted, new EventTypes.Entry(Unnamed.class, NAME, 2))));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventTypes.Entry(Noted.class, "Noted", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventTypes.Entry(Noted.class, NAME, 0));
    }

    private Noted read(String json) {
        return read(json, NAME, "2");
    }

    private Noted read(String json, String name, String revision) {
        return serializer.deserialize(new SimpleSerializedObject<>(json, String.class, name, revision));
    }
}
