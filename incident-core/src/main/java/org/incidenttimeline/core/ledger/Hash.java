package org.incidenttimeline.core.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash. */
public final class Hash {

    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final MessageDigest SHA_256 = sha256();

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The hash that consists of these bytes.
     *
     * @throws IllegalArgumentException if they are not {@value #LENGTH}
     */
    public static Hash ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /**
     * The hash written in hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Hash ofHex(String text) {
        return ofBytes(HexFormat.of().parseHex(text));
    }

    /** The hash of several pieces, one after the other. */
    public static Hash of(byte[]... pieces) {
        MessageDigest digest = digest();
        for (byte[] piece : pieces) {
            digest.update(piece);
        }
        return new Hash(digest.digest());
    }

    /** The hash of a text in UTF-8. */
    public static Hash ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** {@code SHA-256(prefix, left, right)}. */
    static Hash ofPair(byte prefix, Hash left, Hash right) {
        MessageDigest digest = digest();
        digest.update(prefix);
        digest.update(left.bytes);
        digest.update(right.bytes);
        return new Hash(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
