package org.incidenttimeline.projections.duties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.incidenttimeline.core.duty.DutyClock;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.duty.Stage;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Reportability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files of templates are read, and what those that come with the program say. */
class TemplateFileTest {
    private static final String OWN = """
            {"regimes": [{"name": "SOC2", "title": "Our promise",
              "classifications": [{"name": "affected", "decision": "REPORTABLE"},
                                  {"name": "unaffected", "decision": "NOT_REPORTABLE"}],
              "stages": [{"name": "customer-notice", "title": "Notice",
                "clocks": [{"from": "AWARENESS", "within": "P3D"}],
                "article": "Section 4", "reference": "Policy 2026"}]}]}""";

    @Test
    void the_documentation_tells_the_built_in_templates() throws IOException {
        var documented = Files.readAllLines(Path.of("../docs/auditors/duties.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        var rows = new ArrayList<String>();
        for (var regime : TemplateFile.builtIn()) {
            regime.stages().forEach(stage -> rows.add(row(regime, stage)));
        }
        for (var regime : TemplateFile.builtIn()) {
            rows.add("| `%s` | %s | %s |"
                    .formatted(
                            regime.name(),
                            words(regime, Reportability.REPORTABLE),
                            words(regime, Reportability.NOT_REPORTABLE)));
        }
        assertThat(documented).containsAll(rows);
        assertThat(documented.stream()
                        .filter(line -> TemplateFile.builtIn().stream()
                                .anyMatch(regime -> line.startsWith("| `" + regime.name() + "`"))))
                .hasSameSizeAs(rows);
    }

    private static String row(Regime regime, Stage stage) {
        return "| `%s` | `%s` | %s | %s; %s |"
                .formatted(
                        regime.name(),
                        stage.name(),
                        stage.clocks().stream().map(TemplateFileTest::due).collect(Collectors.joining(", and ")),
                        stage.article(),
                        stage.reference());
    }

    private static String due(DutyClock clock) {
        String from = clock.from() + clock.of().map(stage -> " of " + stage).orElse("");
        return clock.within()
                .map(limit -> "`" + limit + "` after `" + from + "`")
                .orElse("no clock, shown from `" + from + "` on");
    }

    private static String words(Regime regime, Reportability decision) {
        return regime.classifications().stream()
                .filter(c -> c.decision() == decision)
                .map(c -> "`" + c.name() + "`")
                .collect(Collectors.joining(", "));
    }

    @Test
    void a_regime_of_ones_own_stands_in_the_place_of_a_built_in_one_or_beside_them() {
        var replaced = TemplateFile.extended(TemplateFile.builtIn(), TemplateFile.read(OWN));
        var added =
                TemplateFile.extended(TemplateFile.builtIn(), TemplateFile.read(OWN.replace("\"SOC2\"", "\"HOUSE\"")));

        assertThat(names(replaced)).containsExactly("NIS2", "DORA", "GDPR", "SOC2");
        assertThat(replaced.getLast().title().value()).isEqualTo("Our promise");
        assertThat(names(added)).containsExactly("NIS2", "DORA", "GDPR", "SOC2", "HOUSE");
    }

    private static List<String> names(List<Regime> regimes) {
        return regimes.stream().map(regime -> regime.name().value()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "\"AWARENESS\"; \"DAWN\"; /regimes/0/stages/0/clocks/0/from",
                "\"P3D\"; \"three days\"; ISO 8601",
                "\"P3D\"; 3; /regimes/0/stages/0/clocks/0/within",
                "\"within\"; \"inside\"; inside",
                "\"title\": \"Notice\",; ~~; title",
                "\"affected\"; \"very affected\"; letters",
                "\"AWARENESS\"; \"SUBMISSION\"; customer-notice",
                "\"NOT_REPORTABLE\"; \"REPORTABLE\"; SOC2",
                "\"SOC2\"; null; name",
                "]}]}; ]}; /regimes"
            })
    void what_is_wrong_in_a_file_is_told_by_its_place(String right, String wrong, String told) {
        assertThat(OWN).contains(right);

        assertThatThrownBy(() -> TemplateFile.read(OWN.replace(right, wrong)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(told);
    }
}
