package org.incidenttimeline.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.ledger.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    private final Map<String, String> words = new LinkedHashMap<>();

    private String sealed(String payload) {
        return Payloads.sealed(payload, (path, json) -> {
            words.put(path, json);
            return Hash.ofText(path);
        });
    }

    private String opened(String payload) {
        return Payloads.opened(payload, place -> {
            assertThat(place.commitment()).isEqualTo(Hash.ofText(place.path()));
            return Optional.ofNullable(words.get(place.path()));
        });
    }

    @Test
    void each_text_has_its_path_and_the_rest_stays_to_the_byte() {
        var payload =
                "{\"at\":5,\"by\":{\"text\":\"ana\"},\"none\":null,\"steps\":[{\"n\":1,\"what\":{\"text\":\"do\"}},"
                        + "{\"n\":2,\"what\":{\"text\":\"look\"}}],\"title\":{\"text\":\"down\"},\"yes\":true}";

        var sealed = sealed(payload);

        assertThat(words)
                .containsExactly(
                        Map.entry("/by", "\"ana\""),
                        Map.entry("/steps/0/what", "\"do\""),
                        Map.entry("/steps/1/what", "\"look\""),
                        Map.entry("/title", "\"down\""));
        assertThat(sealed)
                .startsWith("{\"at\":5,\"by\":{\"c\":\"" + Hash.ofText("/by").hex()
                        + "\",\"sealed\":\"/by\"},\"none\":null,")
                .endsWith(",\"yes\":true}");
        assertThat(Payloads.sealsIn(sealed))
                .extracting(SealedPlace::path)
                .containsExactly("/by", "/steps/0/what", "/steps/1/what", "/title");
        assertThat(opened(sealed)).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"the whole payload\"}",
                "[{\"text\":\"\"}]",
                "{\"a\":[],\"b\":{},\"c\":[{\"text\":\"x\"},-1]}",
                "{\"a\":{\"text\":\"quote \\\" backslash \\\\ both \\\\\\\"\"}}",
                "{\"a\":{\"text\":\"{\\\"text\\\":\\\"inside\\\"}\"}}",
                "{\"a\":{\"text\":\"{\\\"c\\\":\\\"inside\\\",\\\"sealed\\\":\\\"\\\"}\"}}",
                "{\"a\":{\"text\":\"🚒\\u0000\"}}"
            })
    void whatever_was_written_comes_back(String payload) {
        var sealed = sealed(payload);

        assertThat(words).hasSize(1);
        assertThat(sealed).doesNotContain("{\"text\":\"");
        assertThat(opened(sealed)).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"text\",\"b\":3}",
                "{\"incident\":\"a\",\"text\":\"a plain field of that name\"}",
                "{\"text\":\"first of two\",\"time\":1}",
                "{\"c\":\"short\",\"sealed\":\"/a\"}"
            })
    void what_is_no_text_object_stays(String payload) {
        assertThat(sealed(payload)).isEqualTo(payload);
        assertThat(opened(payload)).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"no end",
                "{\"a\":{\"text\":\"x\"}",
                "{\"a\":,\"b\":{\"text\":\"x\"}}",
                "{a:{\"text\":\"x\"}}"
            })
    void what_is_not_json_is_refused(String payload) {
        assertThatIllegalArgumentException().isThrownBy(() -> sealed(payload));
    }

    @Test
    void a_name_is_escaped_as_a_pointer_demands() {
        sealed("{\"a/b\":{\"c~d\":{\"text\":\"x\"}}}");

        assertThat(words).containsOnlyKeys("/a~1b/c~0d");
    }
}
