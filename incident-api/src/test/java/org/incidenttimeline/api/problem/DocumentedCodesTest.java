package org.incidenttimeline.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidenttimeline.core.incident.Refusal;
import org.junit.jupiter.api.Test;

/** The tables of codes in the documentation say what the program does. */
class DocumentedCodesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| ([0-9, ]+) \\| .+ \\|$");

    /** The variables of the paths below which things have names. */
    private static final Set<String> ITEMS_IN_PATHS = Set.of(
            "freeze",
            "change",
            "hypothesis",
            "test",
            "mitigation",
            "entry",
            "request",
            "finding",
            "action",
            "inject",
            "runbook",
            "playbook",
            "step");

    /** Things that a body names as well, or alone. */
    private static final Set<Refusal> IN_BODIES = Set.of(
            Refusal.UNKNOWN_HYPOTHESIS,
            Refusal.UNKNOWN_ENTRY,
            Refusal.UNKNOWN_FINDING,
            Refusal.UNKNOWN_EVIDENCE,
            Refusal.RUNBOOK_NOT_DRAFTED,
            Refusal.PLAYBOOK_NOT_DRAFTED);

    @Test
    void every_code_is_documented_with_its_status() throws IOException {
        var documented = new TreeMap<String, String>();
        ROW.matcher(Files.readString(Path.of("../docs/api/README.md")))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));

        var actual = new TreeMap<String, String>();
        Arrays.stream(ProblemCode.values())
                .forEach(code -> actual.put(code.code(), "" + code.status().value()));
        Arrays.stream(Refusal.values()).forEach(refusal -> actual.put(refusal.code(), statuses(refusal)));
        assertThat(documented).isEqualTo(Map.copyOf(actual));
    }

    private static String statuses(Refusal refusal) {
        int inPath = Refusals.status(refusal, ITEMS_IN_PATHS).value();
        int inBody = Refusals.status(refusal, Set.of()).value();
        return inPath == inBody || (inPath == 404 && !IN_BODIES.contains(refusal))
                ? "" + inPath
                : inPath + ", " + inBody;
    }

    @Test
    void no_two_problems_share_a_code() {
        assertThat(Stream.concat(
                        Arrays.stream(ProblemCode.values()).map(ProblemCode::code),
                        Arrays.stream(Refusal.values()).map(Refusal::code)))
                .doesNotHaveDuplicates();
    }
}
