package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first session of the README goes as it says. */
class ReadmeTest {
    private static final Pattern SESSION = Pattern.compile("(?ms)^## A first session$.*?^```sh$(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]*)\"");

    @TempDir
    private Path directory;

    @Test
    void the_first_session_can_be_typed_as_it_stands() throws Exception {
        var session = SESSION.matcher(Files.readString(Path.of("../README.md")));
        assertThat(session.find()).isTrue();
        String told;
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(database, Clock.systemUTC())) {
            Files.createDirectory(directory.resolve("data"));
            Files.writeString(directory.resolve("data/bootstrap-key"), service.key());

            told = run(session.group(1).replace("http://127.0.0.1:8080", service.base()));
        }

        assertThat(told)
                .contains(
                        "\"frozen\":true,\"known\":true",
                        "This step destroys evidence, and none is preserved yet: preserve some, or say",
                        "# Timeline",
                        "# Postmortem");
        assertThat(CODE.matcher(told).results().map(code -> code.group(1))).containsExactly("evidence-not-preserved");
    }

    private String run(String script) throws IOException, InterruptedException {
        var output = directory.resolve("output");
        var builder = new ProcessBuilder("bash", "-eo", "pipefail", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("no_proxy", "127.0.0.1");
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String told = Files.readString(output);
        assertThat(process.exitValue()).as(told).isZero();
        return told;
    }
}
