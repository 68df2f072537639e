package org.incidenttimeline.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The verifier of the documentation for auditors, docs/auditors/verify.py, in a process of its own. */
public final class SecondVerifier {
    private static final Path PROGRAM = Path.of("../docs/auditors/verify.py").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 30;

    private SecondVerifier() {}

    /** What came of it. */
    public record Result(int code, String text) {}

    /** Ends the test, with the reason, where there is no Python. */
    public static void assumeThere() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            there = false;
        }
        assumeTrue(there, "python3 is not installed here, so that the second verifier cannot be run");
    }

    public static Result run(Path archive, String key, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("python3", PROGRAM.toString(), archive.toString(), "--key", key));
        command.addAll(Arrays.asList(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), text);
    }
}
