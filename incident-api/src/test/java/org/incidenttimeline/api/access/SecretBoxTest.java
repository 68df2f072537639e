package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.incidenttimeline.api.access.SecretBox.CannotOpen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed opens again for its purpose, with its key, and else not at all. */
class SecretBoxTest {
    private static final SecretBox BOX = new SecretBox(key(1));

    @TempDir
    Path directory;

    private static byte[] key(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return key;
    }

    @Test
    void a_secret_opens_again() {
        String sealed = BOX.seal("webhook:1", "whsec_Zoë");

        assertThat(sealed).startsWith("v1.").doesNotContain("whsec");
        assertThat(BOX.open("webhook:1", sealed)).isEqualTo("whsec_Zoë");
    }

    @Test
    void the_same_secret_never_looks_the_same() {
        assertThat(BOX.seal("webhook:1", "s")).isNotEqualTo(BOX.seal("webhook:1", "s"));
    }

    @Test
    void a_secret_does_not_open_for_another_purpose() {
        String sealed = BOX.seal("webhook:1", "s");

        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> BOX.open("webhook:2", sealed))
                .withMessageContaining("belongs to something else");
    }

    @Test
    void a_secret_that_was_sealed_with_another_key_says_so() {
        String sealed = BOX.seal("webhook:1", "s");

        assertThatExceptionOfType(CannotOpen.class)
                .isThrownBy(() -> new SecretBox(key(2)).open("webhook:1", sealed))
                .withMessageContaining("webhook:1")
                .withMessageContaining("incident.key-file");
    }

    @Test
    void what_was_changed_or_is_no_sealed_secret_does_not_open() {
        String sealed = BOX.seal("webhook:1", "s");
        char last = sealed.charAt(sealed.length() - 2);
        String changed = sealed.substring(0, sealed.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.charAt(sealed.length() - 1);

        for (String wrong : new String[] {changed, sealed.substring(0, 20), sealed + "A", "plain", ""}) {
            assertThatExceptionOfType(CannotOpen.class).isThrownBy(() -> BOX.open("webhook:1", wrong));
        }
    }

    @Test
    void the_key_is_made_once_and_is_for_its_owner_only() throws IOException {
        var file = directory.resolve("data/incident.key");
        String sealed = new SecretBox("", file).seal("webhook:1", "s");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new SecretBox("", file).open("webhook:1", sealed)).isEqualTo("s");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_key_that_is_given_comes_before_the_file() {
        var file = directory.resolve("incident.key");
        String given = Base64.getEncoder().encodeToString(key(1));

        assertThat(new SecretBox(given, file).open("p", BOX.seal("p", "s"))).isEqualTo("s");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_key_of_the_wrong_form_is_refused_without_being_told() throws IOException {
        var file = Files.writeString(directory.resolve("incident.key"), "c2hvcnQ=");

        assertThatThrownBy(() -> new SecretBox("not-base64!", file))
                .hasMessageContaining("incident.key")
                .hasMessageNotContaining("not-base64")
                .hasNoCause();
        assertThatThrownBy(() -> new SecretBox("", file)).hasMessageContaining("32 bytes");
    }
}
