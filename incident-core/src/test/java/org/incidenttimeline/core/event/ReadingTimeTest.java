package org.incidenttimeline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTimeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one                                       | 1
            two  words                                | 2
            don't split naïve Zoë’s words             | 5
            pg_ctl -D /var/lib stop                   | 4
            - * —                                     | 0
            (see https://example.org/a/b?c=d)         | 2
            データベース                                | 3
            数据库的复制延迟                            | 4
            データ replication lag                     | 4
            ฐานข้อมูล                                  | 2
            데이터베이스 복제 지연                        | 3
            снизить нагрузку                          | 2
            e\u0301te\u0301                           | 1
            step𝟙 and 𠀀𠀀                             | 3
            """)
    void words_are_counted_in_every_script(String passage, long words) {
        assertThat(ReadingTime.words(passage)).isEqualTo(words);
    }

    @Test
    void two_hundred_words_take_a_minute_and_one_more_is_rounded_up() {
        assertThat(ReadingTime.of(Collections.nCopies(200, "word"))).isEqualTo(Duration.ofMinutes(1));
        assertThat(ReadingTime.of(Collections.nCopies(201, "word"))).isEqualTo(Duration.ofSeconds(61));
        assertThat(ReadingTime.of(List.of("word ".repeat(400).strip()))).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void a_passage_without_words_takes_the_time_of_one() {
        assertThat(ReadingTime.of(Collections.nCopies(200, "—"))).isEqualTo(Duration.ofMinutes(1));
    }
}
