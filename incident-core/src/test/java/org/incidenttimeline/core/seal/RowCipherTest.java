package org.incidenttimeline.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowCipherTest {
    private final RowCipher cipher = SealingKey.generate().rowCipher();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "naïve 日本語 🚒", "{\"text\":\"x\"}"})
    void words_are_read_again(String words) {
        assertThat(cipher.open(cipher.close(words))).isEqualTo(words);
    }

    @Test
    void the_same_words_are_the_same_bytes_and_others_are_not() {
        assertThat(cipher.close("lag")).isEqualTo(cipher.close("lag")).isNotEqualTo(cipher.close("lag "));
        assertThat(cipher.name("lag")).isEqualTo(cipher.name("lag")).isNotEqualTo(cipher.name("Lag"));
    }

    @Test
    void another_installation_gives_other_bytes_and_reads_none_of_these() {
        var other = SealingKey.generate().rowCipher();

        assertThat(other.close("lag")).isNotEqualTo(cipher.close("lag"));
        assertThat(other.name("lag")).isNotEqualTo(cipher.name("lag"));
        assertThat(other.term("lag")).isNotEqualTo(cipher.term("lag"));
        assertThatThrownBy(() -> other.open(cipher.close("lag"))).isInstanceOf(DamagedSeal.class);
    }

    @Test
    void every_changed_byte_is_noticed() {
        byte[] stored = cipher.close("replication lag");
        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.open(changed)).isInstanceOf(DamagedSeal.class);
        }
        assertThatThrownBy(() -> cipher.open(Arrays.copyOf(stored, 12))).isInstanceOf(DamagedSeal.class);
    }

    /** Terms of three letters, so that many begin alike. */
    @Test
    void terms_begin_alike_exactly_as_far_as_their_words_do() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String one = word(random);
            String other = word(random);
            byte[] of = cipher.term(one);

            assertThat(of).hasSize(one.length() * 4);
            assertThat(alike(of, cipher.term(other)) / 4)
                    .as("%s and %s", one, other)
                    .isEqualTo(alike(bytes(one), bytes(other)));
        }
    }

    @Test
    void nothing_of_a_word_is_seen() {
        String word = "canary7f3a";
        for (byte[] stored : new byte[][] {cipher.close(word), cipher.name(word), cipher.term(word)}) {
            assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                    .doesNotContain("can")
                    .doesNotContain("7f3a");
        }
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(6), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    private static int alike(byte[] one, byte[] other) {
        int differ = Arrays.mismatch(one, other);
        return differ < 0 ? one.length : differ;
    }
}
