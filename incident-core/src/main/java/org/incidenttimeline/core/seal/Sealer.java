package org.incidenttimeline.core.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.incidenttimeline.core.ledger.Hash;

/** Seals the words of payloads, each under a key of its own, and opens them. */
public final class Sealer {

    private final SealingKey installation;
    private final SecureRandom random = new SecureRandom();

    public Sealer(SealingKey installation) {
        this.installation = installation;
    }

    /**
     * A payload as it is recorded, and what is kept beside it.
     *
     * @param payload with commitments in the place of words
     * @param fields one for each commitment, in their order
     */
    public record Sealed(String payload, List<SealedField> fields) {
        public Sealed {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The payload with its words sealed.
     *
     * @throws IllegalArgumentException if it is not canonical JSON
     */
    public Sealed seal(UUID eventId, String payload) {
        List<SealedField> fields = new ArrayList<>();
        String sealed = Payloads.sealed(payload, (path, json) -> {
            SaltedValue value = new SaltedValue(Bytes.of(random(SaltedValue.SALT_LENGTH)), json);
            Hash commitment = value.commitment();
            fields.add(field(eventId, new SealedPlace(path, commitment), value));
            return commitment;
        });
        return new Sealed(sealed, fields);
    }

    private SealedField field(UUID eventId, SealedPlace place, SaltedValue value) {
        UUID keyId = UUID.randomUUID();
        byte[] key = random(Box.KEY_LENGTH);
        byte[] nonce = random(Box.NONCE_LENGTH);
        return new SealedField(
                eventId,
                place.path(),
                keyId,
                Bytes.of(nonce),
                Bytes.of(Box.close(key, nonce, value.bytes(), associated(eventId, place))),
                Bytes.of(installation.wrap(keyId, random(Box.NONCE_LENGTH), key)));
    }

    /**
     * What stood at a place of an event.
     *
     * @param key of the field, unwrapped
     * @throws DamagedSeal if the box does not open, or does not fit the commitment
     */
    public static SaltedValue open(UUID eventId, SealedPlace place, Bytes key, Bytes nonce, Bytes box) {
        byte[] content = Box.open(key.array(), nonce.array(), box.array(), associated(eventId, place));
        if (content.length < SaltedValue.SALT_LENGTH) {
            throw new DamagedSeal("what is sealed at " + place.path() + " of event " + eventId + " has no salt", null);
        }
        SaltedValue value = SaltedValue.of(content);
        if (!value.commitment().equals(place.commitment())) {
            throw new DamagedSeal(
                    "what is sealed at " + place.path() + " of event " + eventId + " does not fit its commitment",
                    null);
        }
        return value;
    }

    /** The key of a field, see {@link SealingKey#unwrap}. */
    public Bytes unwrap(UUID keyId, Bytes wrapped) {
        return Bytes.of(installation.unwrap(keyId, wrapped.array()));
    }

    /** Tells the key of the installation from any other. */
    public Hash fingerprint() {
        return installation.fingerprint();
    }

    /** The first and the last of the three have a fixed length; so no two places have the same. */
    private static byte[] associated(UUID eventId, SealedPlace place) {
        return (eventId + place.path() + place.commitment().hex()).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
