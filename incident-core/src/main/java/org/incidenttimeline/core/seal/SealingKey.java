package org.incidenttimeline.core.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.incidenttimeline.core.ledger.Hash;

/**
 * The key of the installation, under which the keys of fields are kept. It stands in a file outside of the database; who has
 * only the database reads no words.
 */
public final class SealingKey {

    private static final String FILE = "sealing.key";
    private static final byte[] FINGERPRINT = "incident-timeline sealing key".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    /** @throws IllegalArgumentException if the key has not {@value Box#KEY_LENGTH} bytes */
    public SealingKey(byte[] key) {
        if (key.length != Box.KEY_LENGTH) {
            throw new IllegalArgumentException("a sealing key has " + Box.KEY_LENGTH + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** A new key that is kept nowhere. */
    public static SealingKey generate() {
        byte[] key = new byte[Box.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        return new SealingKey(key);
    }

    /**
     * The key in a directory, which is made there if it has none; only its owner can read it. Whether it is the one that a log was
     * sealed with, the log says when it is opened.
     *
     * @throws IllegalArgumentException if what is there is no key
     */
    public static SealingKey in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                write(file, Base64.getEncoder().encodeToString(generate().key));
            }
            return new SealingKey(
                    Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file has its name when it is whole and on the disk, and a temporary file is its owner's alone. Of two nodes that start
     * at once, one gives it its name, and both read that one.
     */
    private static void write(Path file, String secret) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".part");
        try {
            Files.writeString(part, secret + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException _) {
            // Another node was faster.
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Tells this key from any other, and nothing more of it. */
    public Hash fingerprint() {
        return Hash.of(FINGERPRINT, key);
    }

    /** What keeps words unreadable in tables other than the log's. */
    public RowCipher rowCipher() {
        return new RowCipher(
                derived("rows"), derived("nonces of rows"), derived("names in rows"), derived("terms in rows"));
    }

    /** A key for one purpose only, by HKDF (RFC 5869). */
    private byte[] derived(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .thenExpand(
                                    ("incident-timeline " + purpose).getBytes(StandardCharsets.US_ASCII),
                                    Box.KEY_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HKDF", e);
        }
    }

    /** The key of a field as it is kept: a nonce, and the key in a box that only fits that id. */
    byte[] wrap(UUID id, byte[] nonce, byte[] fieldKey) {
        byte[] box = Box.close(key, nonce, fieldKey, bytes(id));
        byte[] wrapped = Arrays.copyOf(nonce, nonce.length + box.length);
        System.arraycopy(box, 0, wrapped, nonce.length, box.length);
        return wrapped;
    }

    /**
     * The key of a field.
     *
     * @throws DamagedSeal if it was wrapped under another key or for another id, or was changed
     */
    public byte[] unwrap(UUID id, byte[] wrapped) {
        if (wrapped.length <= Box.NONCE_LENGTH) {
            throw new DamagedSeal("key " + id + " is cut off", null);
        }
        return Box.open(
                key,
                Arrays.copyOf(wrapped, Box.NONCE_LENGTH),
                Arrays.copyOfRange(wrapped, Box.NONCE_LENGTH, wrapped.length),
                bytes(id));
    }

    private static byte[] bytes(UUID id) {
        return id.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
