package org.incidenttimeline.api.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretScanTest {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int OF_EACH = 3;

    /** Made up anew with each run, so that no file here looks as if it held a secret. */
    private final Random random = new Random(20170131);

    private String some(String alphabet, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private List<Function<SecretScanTest, String>> shapes() {
        return List.of(
                t -> "-----BEGIN RSA " + "PRIVATE KEY-----\n" + t.some(ALPHANUMERIC, 64),
                t -> "-----BEGIN " + "PRIVATE KEY-----\n" + t.some(ALPHANUMERIC, 64),
                t -> "ey" + "J" + t.some(ALPHANUMERIC, 20) + ".ey" + "J" + t.some(ALPHANUMERIC, 40) + "."
                        + t.some(ALPHANUMERIC, 43),
                t -> "curl -H 'Authorization: Bearer " + t.some(ALPHANUMERIC, 24) + "' https://x.example",
                t -> "Authorization: Basic " + t.some(ALPHANUMERIC, 20) + "==",
                t -> "with Bearer " + t.some(ALPHANUMERIC, 32),
                t -> "postgres://app:" + t.some(ALPHANUMERIC, 12) + "@db.example:5432/orders",
                t -> "https://bot:" + t.some(ALPHANUMERIC, 16) + "@git.example/x.git",
                t -> "curl -u admin:" + t.some(ALPHANUMERIC, 10) + " https://x.example",
                t -> "AK" + "IA" + t.some(BASE32, 16),
                t -> "aws_secret_access_key = " + t.some(ALPHANUMERIC, 40),
                t -> "AccountKey=" + t.some(ALPHANUMERIC, 86) + "==;",
                t -> "https://x.blob.example/a?sv=2024&sig=" + t.some(ALPHANUMERIC, 43) + "%3D",
                t -> "AI" + "za" + t.some(ALPHANUMERIC, 35),
                t -> "ya29" + "." + t.some(ALPHANUMERIC, 60),
                t -> "GOC" + "SPX-" + t.some(ALPHANUMERIC, 28),
                t -> "gh" + "p_" + t.some(ALPHANUMERIC, 36),
                t -> "github" + "_pat_" + t.some(ALPHANUMERIC, 82),
                t -> "gl" + "pat-" + t.some(ALPHANUMERIC, 20),
                t -> "xox" + "b-" + t.some(HEX, 12) + "-" + t.some(ALPHANUMERIC, 24),
                t -> "https://hooks." + "slack.com/services/T" + t.some(ALPHANUMERIC, 8) + "/B"
                        + t.some(ALPHANUMERIC, 8) + "/" + t.some(ALPHANUMERIC, 24),
                t -> "sk" + "_live_" + t.some(ALPHANUMERIC, 24),
                t -> "S" + "K" + t.some(HEX, 32),
                t -> "S" + "G." + t.some(ALPHANUMERIC, 22) + "." + t.some(ALPHANUMERIC, 43),
                t -> "npm" + "_" + t.some(ALPHANUMERIC, 36),
                t -> "py" + "pi-" + t.some(ALPHANUMERIC, 60),
                t -> "dckr" + "_pat_" + t.some(ALPHANUMERIC, 27),
                t -> "sk" + "-proj-" + t.some(ALPHANUMERIC, 40),
                t -> "hv" + "s." + t.some(ALPHANUMERIC, 24),
                t -> "dop" + "_v1_" + t.some(HEX, 64),
                t -> "gl" + "sa_" + t.some(ALPHANUMERIC, 32) + "_" + t.some(HEX, 8),
                t -> "shp" + "at_" + t.some(HEX, 32),
                t -> "12345678" + "90:AA" + t.some(ALPHANUMERIC, 33),
                t -> "itl" + "_" + t.some(LOWER, 12) + "_" + t.some(ALPHANUMERIC, 43),
                t -> "password: " + t.some(ALPHANUMERIC, 8) + "4!7",
                t -> "DB_PASSWORD=" + t.some(ALPHANUMERIC, 12) + "42",
                t -> "the api key is " + t.some(LOWER, 24) + "77",
                t -> "{\"client_secret\": \"" + t.some(ALPHANUMERIC, 30) + "12\"}");
    }

    private List<String> pasted() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < OF_EACH; i++) {
            shapes().forEach(shape -> texts.add("We restarted with this: " + shape.apply(this) + " and it worked."));
        }
        return texts;
    }

    @Test
    void pasted_credentials_are_found_and_never_told() {
        var texts = pasted();

        assertThat(texts).hasSizeGreaterThan(100);
        var missed =
                texts.stream().filter(text -> SecretScan.of(text).isEmpty()).toList();
        assertThat(missed.size()).as("%s", missed).isLessThanOrEqualTo(texts.size() / 20);
        assertThat(texts)
                .allSatisfy(text ->
                        SecretScan.of(text).ifPresent(told -> assertThat(told).matches("[A-Za-z ]+")));
    }

    /** The lines of our documentation, which tell of tokens, keys, digests and addresses on nearly every page. */
    @Test
    void what_people_write_about_incidents_and_keys_is_left_alone() throws IOException {
        var lines = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file).stream()
                        .filter(line -> line.length() > 40)
                        .toList());
            }
        }

        assertThat(lines).hasSizeGreaterThan(500);
        var mistaken =
                lines.stream().filter(line -> SecretScan.of(line).isPresent()).toList();
        assertThat(mistaken.size()).as("%s", mistaken).isLessThanOrEqualTo(lines.size() / 100);
    }

    @Test
    void what_only_speaks_of_a_secret_is_left_alone() {
        assertThat(Stream.of(
                        "The token is expired since 14:05",
                        "password: wrong three times",
                        "PASSWORD=$DB_PASSWORD in the unit file",
                        "the secret is in vault://payments/db",
                        "Token: see the runbook",
                        "Revert commit 3f786850e387550fdab836ed7e6dc881de23001b",
                        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "request 550e8400-e29b-41d4-a716-446655440000 failed",
                        "https://grafana.example/d/abc123?from=now-1h&to=now",
                        "the api key was rotated",
                        "postgres://app:***@db.example/orders is what the log shows",
                        "Bearer tokens are refused"))
                .allSatisfy(text -> assertThat(SecretScan.of(text)).as(text).isEmpty());
    }
}
