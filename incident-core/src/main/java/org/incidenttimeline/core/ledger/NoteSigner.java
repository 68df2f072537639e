package org.incidenttimeline.core.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs notes with Ed25519 (RFC 8032). Its text, which is secret, is that of Go's sumdb/note: {@code
 * PRIVATE+KEY+<name>+<id>+<type and seed in base64>}.
 */
public final class NoteSigner {

    private static final Pattern TEXT = Pattern.compile("PRIVATE\\+KEY\\+([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+=*)");

    private final NoteKey key;
    private final byte[] seed;
    private final PrivateKey privateKey;

    private NoteSigner(String name, NoteKey.Type type, byte[] seed) {
        this.seed = seed.clone();
        try {
            this.privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no seed of an Ed25519 key", e);
        }
        this.key = new NoteKey(name, type, publicKey(seed));
    }

    /** A new key under that name. */
    public static NoteSigner generate(String name, NoteKey.Type type) {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        return new NoteSigner(name, type, seed);
    }

    /**
     * The key with that text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static NoteSigner of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a signing key reads PRIVATE+KEY+<name>+<id>+<key>");
        }
        byte[] bytes = Base64.getDecoder().decode(parts.group(3));
        if (bytes.length != 33 || bytes[0] != 1) {
            throw new IllegalArgumentException("a signing key is of type 1 and has 32 bytes");
        }
        NoteSigner signer = new NoteSigner(parts.group(1), NoteKey.Type.NOTE, Arrays.copyOfRange(bytes, 1, 33));
        if (!signer.key.id().equals(parts.group(2))) {
            throw new IllegalArgumentException("the id of the signing key is not that of its key");
        }
        return signer;
    }

    /** What verifies. */
    public NoteKey key() {
        return key;
    }

    /** The secret text. */
    public String secret() {
        byte[] typed =
                ByteBuffer.allocate(1 + seed.length).put((byte) 1).put(seed).array();
        return "PRIVATE+KEY+" + key.name() + "+" + key.id() + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** The signature under a text. */
    public SignedNote.Line sign(String text) {
        requireType(NoteKey.Type.NOTE);
        return SignedNote.Line.of(key.name(), key.idBytes(), signature(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A witness's signature under a text that it saw at that time. */
    public SignedNote.Line cosign(String text, Instant seen) {
        requireType(NoteKey.Type.COSIGNATURE);
        long time = seen.getEpochSecond();
        byte[] signature = signature(NoteKey.cosigned(time, text));
        return SignedNote.Line.of(
                key.name(),
                key.idBytes(),
                ByteBuffer.allocate(8 + signature.length)
                        .putLong(time)
                        .put(signature)
                        .array());
    }

    private void requireType(NoteKey.Type type) {
        if (key.type() != type) {
            throw new IllegalStateException("the key is for a " + key.type());
        }
    }

    private byte[] signature(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /** The JDK derives a public key only while it generates one, and asks for the seed as if it were random. */
    private static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            var pair = generator.generateKeyPair();
            byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!Arrays.equals(made, seed)) {
                throw new IllegalStateException("this Java does not make Ed25519 keys from the seed alone");
            }
            byte[] encoded = pair.getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
