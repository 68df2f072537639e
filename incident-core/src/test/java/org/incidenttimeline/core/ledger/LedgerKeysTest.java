package org.incidenttimeline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerKeysTest {
    @TempDir
    Path directory;

    @Test
    void keys_are_made_once_for_their_owner_alone() throws IOException {
        var made = LedgerKeys.in(directory.resolve("keys"));
        var again = LedgerKeys.in(directory.resolve("keys"));

        assertThat(again.signer().key()).isEqualTo(made.signer().key());
        assertThat(again.seal().of(Leaf.NONE)).isEqualTo(made.seal().of(Leaf.NONE));
        try (var files = Files.list(directory.resolve("keys"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_changed_key_keeps_the_origin_and_signs_beside_the_former_one() {
        var before = LedgerKeys.in(directory);
        var after = LedgerKeys.rotate(directory);

        assertThat(after.origin()).isEqualTo(before.origin());
        assertThat(after.signers())
                .extracting(NoteSigner::key)
                .containsExactly(after.signer().key(), before.signer().key());
        assertThat(after.signer().key()).isNotEqualTo(before.signer().key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"seal.key", "signer.key"})
    void a_lost_key_is_not_replaced_in_silence(String lost) throws IOException {
        LedgerKeys.in(directory);
        Files.delete(directory.resolve(lost));

        assertThatThrownBy(() -> LedgerKeys.in(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no " + lost);
        assertThat(directory.resolve(lost)).doesNotExist();
    }

    @Test
    void a_rotation_that_was_cut_off_leaves_the_present_key() throws IOException {
        var before = LedgerKeys.in(directory);
        Files.copy(directory.resolve("signer.key"), directory.resolve("signer.former.key"));

        assertThat(LedgerKeys.in(directory).signers())
                .extracting(NoteSigner::key)
                .containsExactly(before.signer().key());
        assertThat(LedgerKeys.rotate(directory).former().orElseThrow().key())
                .isEqualTo(before.signer().key());
    }

    @Test
    void a_file_that_holds_no_key_is_refused() throws IOException {
        LedgerKeys.in(directory);
        Files.writeString(directory.resolve("signer.key"), "nothing");

        assertThatThrownBy(() -> LedgerKeys.in(directory)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_seal_fits_its_leaf_and_key_alone() {
        var seal = LedgerKeys.generate("a").seal();
        var mark = seal.of(Hash.ofText("leaf"));

        assertThat(seal.fits(Hash.ofText("leaf"), mark)).isTrue();
        assertThat(seal.fits(Hash.ofText("other"), mark)).isFalse();
        assertThat(LedgerKeys.generate("a").seal().fits(Hash.ofText("leaf"), mark))
                .isFalse();
    }
}
