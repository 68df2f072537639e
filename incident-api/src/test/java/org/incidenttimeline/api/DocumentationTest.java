package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.projections.search.Query;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The documentation of the interface says what the program does. */
class DocumentationTest extends HttpTest {
    private static final Pattern ENDPOINT =
            Pattern.compile("(?m)^\\| `(/(?:incidents|runbooks|playbooks)[^`]*)` \\| (\\w+) \\|");

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private static String documentation() throws IOException {
        return Files.readString(Path.of("../docs/api/README.md"));
    }

    @Test
    void every_address_is_documented_with_its_command() throws IOException {
        var documented = new TreeMap<String, String>();
        ENDPOINT.matcher(documentation())
                .results()
                .forEach(row -> documented.put("/api/v1" + row.group(1), row.group(2)));

        var actual = new TreeMap<String, String>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, method) -> {
            if (AnnotatedElementUtils.hasAnnotation(method.getBeanType(), CommandsAt.class)) {
                var parameters = method.getMethodParameters();
                String request =
                        parameters[parameters.length - 1].getParameterType().getSimpleName();
                mapping.getPatternValues()
                        .forEach(path -> actual.put(
                                path.replaceAll(":\\[1-9]\\[0-9]\\{0,\\d+}", ""),
                                request.replaceFirst("Request$", "")));
            }
        });
        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void every_limit_is_documented_with_its_number() throws IOException {
        assertThat(documentation())
                .contains(
                        row("body, counted as it arrives", Limits.BODY_BYTES, " bytes"),
                        row(
                                "body of an [import](imports.md#limits), counted as it arrives",
                                Limits.IMPORT_BYTES,
                                " bytes"),
                        row("depth of JSON", Limits.JSON_DEPTH, ""),
                        row("a JSON string", Limits.JSON_STRING_LENGTH, " characters"),
                        row("a JSON number", Limits.JSON_NUMBER_LENGTH, " characters"),
                        row("the name of a JSON field", Limits.JSON_NAME_LENGTH, " characters"),
                        row("JSON tokens", Limits.JSON_TOKENS, ""),
                        row("facts in the script of an exercise", Limits.INJECTS, ""),
                        "one is delivered | " + Limits.INJECT_DELAY.toDays() + " days |",
                        row("commands of a batch", Limits.BATCH_COMMANDS, ""),
                        "1 to " + Limits.KEY_LENGTH + " visible ASCII characters; see [retries]",
                        row("entries of one part of a list", Limits.PAGE, ""),
                        row(
                                "incidents that an answer about [the past](../auditors/time-travel.md) goes through",
                                Limits.REPLAYED,
                                ""),
                        row("words of a search", Query.MAX_TERMS, ""),
                        row("a search", Query.MAX_LENGTH, " characters"),
                        "has " + Limits.DEFAULT_PAGE + " unless told",
                        "tells of " + Limits.FREEZES_TOLD + " freezes",
                        "more than " + Limits.FREEZE_LAG.toSeconds() + " seconds behind",
                        "1 to " + Limits.TRACE_ID_LENGTH + " visible ASCII characters",
                        Limits.WAIT.toSeconds() + " at most");
    }

    @Test
    void the_pages_on_retries_and_batches_say_their_numbers() throws IOException {
        assertThat(Files.readString(Path.of("../docs/api/retries.md")))
                .contains(
                        "1 to " + Limits.KEY_LENGTH + " visible ASCII characters",
                        Limits.KEY_LIFE.toDays() + " days at least");
        assertThat(Files.readString(Path.of("../docs/api/batches.md")))
                .contains("1 to " + Limits.BATCH_COMMANDS + " commands");
    }

    @Test
    void every_limit_of_an_import_is_documented_with_its_number() throws IOException {
        assertThat(Files.readString(Path.of("../docs/api/imports.md")))
                .contains(
                        row("body, counted as it arrives", Limits.IMPORT_BYTES, " bytes"),
                        row("lines", Limits.IMPORT_LINES, ""),
                        row("bytes of a line", Limits.IMPORT_LINE_BYTES, ""),
                        row("JSON tokens of one incident of a status page", Limits.IMPORT_INCIDENT_TOKENS, ""),
                        row("unfinished imports, of everyone together", Limits.UNFINISHED_IMPORTS, ""),
                        "kept for " + Limits.IMPORT_REPORT_KEPT.toDays() + " days");
    }

    private static String row(String what, int limit, String unit) {
        return "| %s | %s%s |".formatted(what, String.format(Locale.ROOT, "%,d", limit), unit);
    }

    @Test
    void the_forms_of_a_time_in_the_documentation_are_accepted() throws IOException {
        var forms = Pattern.compile("(?m)^\\| `(\"2017[^`]*|\\{\"(?:at|precision)\"[^`]*)` \\|")
                .matcher(documentation())
                .results()
                .map(form -> form.group(1))
                .toList();

        assertThat(forms).hasSize(5);
        assertThat(forms)
                .allSatisfy(form -> assertThat(post(AT + "/entries/5/pin", "{\"occurredAt\":" + form + "}")
                                .status())
                        .isEqualTo(200));
    }
}
