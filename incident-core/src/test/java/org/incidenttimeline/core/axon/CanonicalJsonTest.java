package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.axonframework.serialization.SerializationException;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] CHARACTERS = {
        "a", "Z", "0", "\"", "\\", "/", "\b", "\f", "\n", "\r", "\t", "\0", "\u001f", "\u007f", "é", "\u2028", "\ufb33",
        "€", "🚒", "\ue000", "<", "'"
    };

    @ParameterizedTest
    @MethodSource("seeds")
    void it_agrees_with_another_implementation_of_rfc_8785(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            JsonNode node = anyObject(random, 0);
            byte[] ours = CanonicalJson.of(node).getBytes(StandardCharsets.UTF_8);
            assertThat(ours).isEqualTo(new JsonCanonicalizer(MAPPER.writeValueAsString(node)).getEncodedUTF8());
            assertThat(MAPPER.readTree(ours)).isEqualTo(node);
        }
    }

    static LongStream seeds() {
        return new SplittableRandom(42).longs(25);
    }

    @Test
    void the_order_of_names_is_that_of_their_utf_16_code_units() {
        // RFC 8785, section 3.2.3.
        JsonNode node = MAPPER.readTree("""
                {"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}""");

        assertThat(CanonicalJson.of(node))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "1.0",
                "1e3",
                "9007199254740992",
                "-9007199254740992",
                "100000000000000000000",
                "\"\\ud800\"",
                "\"\\udc00x\"",
                "{\"\\ud83d\":1}"
            })
    void what_two_implementations_could_write_differently_is_refused(String json) {
        JsonNode node = MAPPER.readTree(json);

        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> CanonicalJson.of(node));
    }

    @Test
    void the_largest_exact_integers_are_written() {
        assertThat(CanonicalJson.of(MAPPER.readTree("[9007199254740991,-9007199254740991,0]")))
                .isEqualTo("[9007199254740991,-9007199254740991,0]");
    }

    @Test
    void nesting_has_an_end() {
        String deep = "[".repeat(70) + "]".repeat(70);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> CanonicalJson.of(MAPPER.readTree(deep)));
    }

    private static JsonNode anyObject(SplittableRandom random, int depth) {
        var object = NODES.objectNode();
        for (int i = random.nextInt(6); i >= 0; i--) {
            object.set(anyText(random), anyNode(random, depth + 1));
        }
        return object;
    }

    private static JsonNode anyNode(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> NODES.stringNode(anyText(random));
            case 1 -> NODES.numberNode(random.nextLong(-(1L << 53) + 1, 1L << 53));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> anyObject(random, depth);
            default -> {
                var array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(anyNode(random, depth + 1));
                }
                yield array;
            }
        };
    }

    private static String anyText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }
}
