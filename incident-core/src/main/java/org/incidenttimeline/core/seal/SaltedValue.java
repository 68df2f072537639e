package org.incidenttimeline.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.incidenttimeline.core.ledger.Hash;

/**
 * Words with the salt that keeps their hash from being guessed.
 *
 * @param salt {@value #SALT_LENGTH} random bytes
 * @param json the words as a canonical JSON string (RFC 8785), in quotes
 */
public record SaltedValue(Bytes salt, String json) {

    /** Bytes of a salt. */
    public static final int SALT_LENGTH = 32;

    /** Sets the hash apart from those of leaves (0x00) and nodes (0x01). */
    private static final byte[] PREFIX = {2};

    public SaltedValue {
        if (salt.length() != SALT_LENGTH) {
            throw new IllegalArgumentException("a salt has " + SALT_LENGTH + " bytes, not " + salt.length());
        }
    }

    /** Words that were taken out of their JSON string. */
    public static SaltedValue ofWords(Bytes salt, String words) {
        return new SaltedValue(salt, quoted(words));
    }

    /** RFC 8785, section 3.2.2.2. */
    private static String quoted(String words) {
        StringBuilder json = new StringBuilder(words.length() + 2).append('"');
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    /** {@code SHA-256(0x02, salt, value)}. */
    public Hash commitment() {
        return Hash.of(PREFIX, salt.array(), json.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(salt.array(), SALT_LENGTH + value.length);
        System.arraycopy(value, 0, bytes, SALT_LENGTH, value.length);
        return bytes;
    }

    static SaltedValue of(byte[] bytes) {
        return new SaltedValue(
                Bytes.of(Arrays.copyOf(bytes, SALT_LENGTH)),
                new String(bytes, SALT_LENGTH, bytes.length - SALT_LENGTH, StandardCharsets.UTF_8));
    }
}
