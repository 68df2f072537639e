package org.incidenttimeline.projections.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.incidenttimeline.core.event.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {
    private static List<String> terms(String text) {
        return Terms.of(text).stream().map(Term::folded).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Checkout-API v2.3 fails | checkout,api,v2,3,fails",
                "don't | don,t",
                "node_7 | node,7",
                "STRAẞE straße | strasse,strasse",
                "İıIi | iiii",
                "Zoë cafe\u0301 | zoe,cafe",
                "ΣΟΦΟΣ σοφος | σοφοσ,σοφοσ",
                "ёлка Йод | ёлка,йод",
                "ﬁ ① ＡＢ１ | fi,1,ab1",
                "co\u00ADoperate zero\u200Bwidth | cooperate,zerowidth",
                "\u202eabc | abc",
                "مـــرحبا مَرحبا | مرحبا,مرحبا",
                "हिन्दी | हिन्दी",
                "火 | 火",
                "火事 | 火事,事",
                "ｶﾞｽ ガス | ガス,ス,ガス,ス",
                "人々 | 人々,々",
                "db火x | db,火,x",
                "🔥🔥 ok👍🏽 | 🔥,🔥,ok,👍,🏽",
                "… -- + | ''",
            })
    void a_text_is_cut_into_terms(String text, String expected) {
        assertThat(String.join(",", terms(text))).isEqualTo(expected);
    }

    @Test
    void a_term_says_where_it_stands() {
        String text = "The 👍 Größe: 支払い";

        assertThat(Terms.of(text).stream().map(t -> text.substring(t.start(), t.end())))
                .containsExactly("The", "👍", "Größe", "支払", "払い", "い");
    }

    @Test
    void of_a_long_word_the_beginning_is_compared() {
        assertThat(terms("a".repeat(200))).containsExactly("a".repeat(Terms.MOST_CHARACTERS));
        assertThat(terms("a".repeat(63) + "𝐱𐐀𐐀"))
                .allSatisfy(term -> assertThat(term.length()).isLessThanOrEqualTo(64));
    }

    @Test
    void no_text_breaks_it_and_every_term_stands_in_the_text() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                switch (random.nextInt(3)) {
                    case 0 -> text.append((char) random.nextInt(0x10000));
                    case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                    default -> text.append((char) random.nextInt(' ', 0x250));
                }
            }
            for (var term : Terms.of(text.toString())) {
                assertThat(term.folded()).isNotEmpty().hasSizeLessThanOrEqualTo(Terms.MOST_CHARACTERS);
                assertThat(term.start()).isNotNegative().isLessThan(term.end());
                assertThat(term.end()).isLessThanOrEqualTo(text.length());
            }
        }
    }

    @Test
    void what_is_copied_from_a_text_is_found_in_it() {
        for (var text : List.of(
                "Die STRASSE nach Zürich",
                "İstanbul ılık",
                "支払いが失敗した",
                "결제가 실패",
                "checkout-api v2.3",
                "فَشِلَ الدفعُ")) {
            for (int end = 1; end <= text.length(); end++) {
                String copied = text.substring(0, end);
                if (!Terms.of(copied).isEmpty()) {
                    assertThat(new Query(copied).finds(Terms.of(text)))
                            .as(copied)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+-*/", "…", "%", "'"})
    void a_query_without_a_word_is_none(String text) {
        assertThatThrownBy(() -> new Query(text)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_query_has_bounds() {
        assertThatThrownBy(() -> new Query("a".repeat(Query.MAX_LENGTH + 1))).isInstanceOf(InvalidValue.class);
        var words = new StringBuilder();
        for (int i = 0; i <= Query.MAX_TERMS; i++) {
            words.append("w").append(i).append(' ');
        }
        assertThatThrownBy(() -> new Query(words.toString())).isInstanceOf(InvalidValue.class);
        assertThat(new Query("a ".repeat(Query.MAX_LENGTH / 2)).wanted().words())
                .hasSize(1);
    }

    @Test
    void of_the_last_word_the_beginning_is_enough() {
        var wanted = new Query("Check OUT ord").wanted();

        assertThat(wanted.words()).containsExactlyInAnyOrder("check", "out");
        assertThat(wanted.beginnings()).containsExactly("ord");
    }

    @Test
    void an_excerpt_shows_the_first_match_and_marks_all_in_it() {
        var text = "word ".repeat(100) + "the Database of the datacentre" + " word".repeat(100);

        var excerpt = Excerpt.of(text, new Query("the data"));

        assertThat(excerpt.text()).startsWith("…").endsWith("…");
        assertThat(excerpt.text().length()).isLessThanOrEqualTo(Excerpt.MOST_CHARACTERS + 2);
        assertThat(excerpt.matches().stream().map(m -> excerpt.text().substring(m.start(), m.end())))
                .containsExactly("the", "Database", "the", "datacentre");
    }

    @Test
    void an_excerpt_never_cuts_a_character_and_joins_what_overlaps() {
        for (int shift = 0; shift < 4; shift++) {
            var text = "x".repeat(shift) + "🔥".repeat(300) + " 支払い " + "🔥".repeat(300);

            var excerpt = Excerpt.of(text, new Query("支払い"));

            assertThat(excerpt.text()
                                    .chars()
                                    .filter(c -> Character.isSurrogate((char) c))
                                    .count()
                            % 2)
                    .isZero();
            assertThat(Character.isLowSurrogate(excerpt.text().charAt(1))).isFalse();
            assertThat(excerpt.matches().stream().map(m -> excerpt.text().substring(m.start(), m.end())))
                    .containsExactly("支払い");
        }
    }

    @Test
    void a_text_that_is_short_enough_is_shown_whole() {
        assertThat(Excerpt.of("Größe und grosse", new Query("groß")).matches())
                .containsExactly(new Excerpt.Match(0, 5), new Excerpt.Match(10, 16));
        assertThat(Excerpt.of("nothing here", new Query("else")).matches()).isEmpty();
    }
}
