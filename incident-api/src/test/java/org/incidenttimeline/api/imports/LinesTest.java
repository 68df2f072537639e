package org.incidenttimeline.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemException;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> linesOf(String text) throws IOException {
        var lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        var all = new ArrayList<String>();
        for (var next = lines.next(); next.isPresent(); next = lines.next()) {
            var line = next.get();
            all.add(line.number()
                    + line.bytes()
                            .map(bytes -> " " + new String(bytes, StandardCharsets.UTF_8).strip())
                            .orElse(" too long"));
        }
        return all;
    }

    @Test
    void lines_are_counted_as_an_editor_counts_them() throws IOException {
        assertThat(linesOf("a\r\n\n \t\r\nb\nc")).containsExactly("1 a", "4 b", "5 c");
        assertThat(linesOf("a\n")).containsExactly("1 a");
        assertThat(linesOf("")).isEmpty();
    }

    @Test
    void a_byte_order_mark_says_nothing_at_the_beginning() throws IOException {
        assertThat(linesOf("\uFEFFa\n\uFEFFb")).containsExactly("1 a", "2 \uFEFFb");
    }

    @Test
    void a_line_may_be_as_long_as_the_limit_and_no_longer() throws IOException {
        String longest = "x".repeat(Limits.IMPORT_LINE_BYTES);

        assertThat(linesOf(longest + "\n" + longest + "y\nb")).containsExactly("1 " + longest, "2 too long", "3 b");
    }

    @Test
    void a_file_with_too_many_lines_is_refused() throws IOException {
        assertThat(linesOf("a\n".repeat(Limits.IMPORT_LINES))).hasSize(Limits.IMPORT_LINES);

        var refused =
                catchThrowableOfType(ProblemException.class, () -> linesOf("a\n".repeat(Limits.IMPORT_LINES + 1)));

        assertThat(refused.problem().code()).isEqualTo("body-too-large");
    }
}
