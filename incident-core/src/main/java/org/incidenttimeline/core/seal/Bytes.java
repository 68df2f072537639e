package org.incidenttimeline.core.seal;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes that do not change. */
public final class Bytes {

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /**
     * The bytes written in hexadecimal digits.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static Bytes ofHex(String text) {
        return new Bytes(HexFormat.of().parseHex(text));
    }

    public byte[] array() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes same && Arrays.equals(bytes, same.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** How many they are: they may be secret. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
