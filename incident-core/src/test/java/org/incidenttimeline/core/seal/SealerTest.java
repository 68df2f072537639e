package org.incidenttimeline.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.incidenttimeline.core.ledger.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final UUID EVENT = new UUID(1, 2);
    private static final String PAYLOAD = "{\"by\":{\"text\":\"ana\"},\"what\":{\"text\":\"ana\"}}";

    @TempDir
    Path directory;

    private final Sealer sealer = new Sealer(SealingKey.generate());

    private static SaltedValue open(Sealer sealer, UUID event, SealedPlace place, SealedField field) {
        return Sealer.open(event, place, sealer.unwrap(field.keyId(), field.wrappedKey()), field.nonce(), field.box());
    }

    @Test
    void a_commitment_is_the_hash_of_two_salt_and_value() {
        byte[] salt = new byte[SaltedValue.SALT_LENGTH];
        for (byte i = 0; i < salt.length; i++) {
            salt[i] = i;
        }

        // Computed by Python's hashlib.
        assertThat(new SaltedValue(Bytes.of(salt), "\"üß\\n\"").commitment())
                .isEqualTo(Hash.ofHex("8050e5d4d0a7b9bb0a6f3514d3b540739b2235bb075fb58b60edf6a8503527f4"));
        assertThatIllegalArgumentException().isThrownBy(() -> new SaltedValue(Bytes.of(new byte[31]), "\"\""));
    }

    @Test
    void words_are_quoted_as_the_canonical_form_demands() {
        var value = SaltedValue.ofWords(
                Bytes.of(new byte[SaltedValue.SALT_LENGTH]), "\"\\\b\t\n\f\r\u0000\u001f\u007f\u2028/ü🚒");

        assertThat(value.json()).isEqualTo("\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028/ü🚒\"");
    }

    @Test
    void what_is_sealed_opens_with_its_key_and_fits_its_commitment() {
        var sealed = sealer.seal(EVENT, PAYLOAD);
        var places = Payloads.sealsIn(sealed.payload());

        assertThat(sealed.payload()).doesNotContain("ana");
        assertThat(places).hasSize(2);
        for (int i = 0; i < 2; i++) {
            var value = open(sealer, EVENT, places.get(i), sealed.fields().get(i));
            assertThat(value.json()).isEqualTo("\"ana\"");
            assertThat(value.commitment()).isEqualTo(places.get(i).commitment());
        }
    }

    @Test
    void the_same_words_never_look_the_same() {
        Set<Hash> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            var sealed = sealer.seal(EVENT, PAYLOAD);
            Payloads.sealsIn(sealed.payload()).forEach(place -> seen.add(place.commitment()));
            sealed.fields().forEach(field -> {
                seen.add(Hash.of(field.box().array()));
                seen.add(Hash.of(field.nonce().array()));
                seen.add(Hash.of(field.wrappedKey().array()));
                seen.add(
                        Hash.of(sealer.unwrap(field.keyId(), field.wrappedKey()).array()));
            });
        }

        assertThat(seen).hasSize(1_000);
    }

    @Test
    void a_box_opens_in_its_own_place_only() {
        var sealed = sealer.seal(EVENT, PAYLOAD);
        var places = Payloads.sealsIn(sealed.payload());
        var first = places.getFirst();
        var field = sealed.fields().getFirst();

        assertThatExceptionOfType(DamagedSeal.class)
                .as("another event")
                .isThrownBy(() -> open(sealer, new UUID(1, 3), first, field));
        assertThatExceptionOfType(DamagedSeal.class)
                .as("another path")
                .isThrownBy(() -> open(sealer, EVENT, new SealedPlace("/what", first.commitment()), field));
        assertThatExceptionOfType(DamagedSeal.class)
                .as("another commitment")
                .isThrownBy(() -> open(
                        sealer,
                        EVENT,
                        new SealedPlace(first.path(), places.getLast().commitment()),
                        field));
        assertThatExceptionOfType(DamagedSeal.class)
                .as("the key of another field")
                .isThrownBy(() -> sealer.unwrap(sealed.fields().getLast().keyId(), field.wrappedKey()));
        assertThatExceptionOfType(DamagedSeal.class)
                .as("another installation")
                .isThrownBy(() -> open(new Sealer(SealingKey.generate()), EVENT, first, field));
        assertThatExceptionOfType(DamagedSeal.class)
                .as("a key that is cut off")
                .isThrownBy(() -> sealer.unwrap(field.keyId(), Bytes.of(new byte[5])));
    }

    @Test
    void no_changed_bit_opens() {
        var sealed = sealer.seal(EVENT, "{\"text\":\"x\"}");
        var place = Payloads.sealsIn(sealed.payload()).getFirst();
        var field = sealed.fields().getFirst();
        var key = sealer.unwrap(field.keyId(), field.wrappedKey());

        for (int bit = 0; bit < field.box().length() * 8; bit++) {
            byte[] changed = field.box().array();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(DamagedSeal.class)
                    .isThrownBy(() -> Sealer.open(EVENT, place, key, field.nonce(), Bytes.of(changed)));
        }
    }

    @Test
    void the_key_of_the_installation_is_made_once_for_its_owner_alone() throws IOException {
        var made = SealingKey.in(directory.resolve("keys"));
        var again = SealingKey.in(directory.resolve("keys"));

        assertThat(again.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(SealingKey.in(directory.resolve("others")).fingerprint()).isNotEqualTo(made.fingerprint());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("keys").resolve("sealing.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_is_no_key_is_refused() throws IOException {
        Files.writeString(directory.resolve("sealing.key"), "c2hvcnQ=\n");

        assertThatIllegalArgumentException().isThrownBy(() -> SealingKey.in(directory));
    }
}
