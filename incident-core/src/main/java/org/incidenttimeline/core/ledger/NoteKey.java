package org.incidenttimeline.core.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A public key that verifies notes, C2SP signed-note: Ed25519 (RFC 8032) over the text, or over the text and a time, as
 * witnesses sign it (C2SP tlog-cosignature). Its text is {@code <name>+<id>+<type and key in base64>}.
 */
public final class NoteKey {

    /** What is signed. */
    public enum Type {
        /** The text. */
        NOTE((byte) 0x01),
        /** The text and when it was seen. */
        COSIGNATURE((byte) 0x04);

        private final byte code;

        Type(byte code) {
            this.code = code;
        }
    }

    private static final Pattern TEXT = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

    /** What stands before the 32 bytes of a key in X.509 (RFC 8410, section 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int TIME_BYTES = 8;

    private final String name;
    private final Type type;
    private final byte[] key;
    private final PublicKey publicKey;

    /**
     * @param key the 32 bytes of RFC 8032
     * @throws IllegalArgumentException if it is no key, or the name none
     */
    NoteKey(String name, Type type, byte[] key) {
        if (!isName(name) || key.length != 32) {
            throw new IllegalArgumentException("no key of 32 bytes under a name without space and plus sign");
        }
        this.name = name;
        this.type = type;
        this.key = key.clone();
        try {
            byte[] encoded = ByteBuffer.allocate(X509.length + key.length)
                    .put(X509)
                    .put(key)
                    .array();
            this.publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 key", e);
        }
    }

    /**
     * The key with that text.
     *
     * @throws IllegalArgumentException if it is none, or its id is not that of the key
     */
    public static NoteKey of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a key reads <name>+<id>+<key>");
        }
        byte[] bytes = Base64.getDecoder().decode(parts.group(3));
        Type type = Arrays.stream(Type.values())
                .filter(t -> bytes.length > 0 && t.code == bytes[0])
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key of type 1 or 4"));
        NoteKey key = new NoteKey(parts.group(1), type, Arrays.copyOfRange(bytes, 1, bytes.length));
        if (!key.id().equals(parts.group(2))) {
            throw new IllegalArgumentException("the id of the key is " + key.id() + ", not " + parts.group(2));
        }
        return key;
    }

    /** Not empty, without white space and without plus sign. */
    static boolean isName(String name) {
        return !name.isEmpty() && name.codePoints().noneMatch(c -> c == '+' || c < 0x20 || Character.isWhitespace(c));
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /** Eight hexadecimal digits. */
    public String id() {
        return HexFormat.of().formatHex(idBytes());
    }

    byte[] idBytes() {
        byte[] hash = Hash.of(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', type.code}, key)
                .bytes();
        return Arrays.copyOf(hash, 4);
    }

    /** Whether the line is a signature of the text by this key. */
    boolean verifies(String text, SignedNote.Line line) {
        if (!line.name().equals(name) || !line.keyId().equals(id())) {
            return false;
        }
        byte[] signature = line.signature();
        return switch (type) {
            case NOTE -> verifies(text.getBytes(StandardCharsets.UTF_8), signature);
            case COSIGNATURE ->
                signature.length > TIME_BYTES
                        && verifies(
                                cosigned(ByteBuffer.wrap(signature).getLong(), text),
                                Arrays.copyOfRange(signature, TIME_BYTES, signature.length));
        };
    }

    static byte[] cosigned(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != 64) {
            return false;
        }
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        byte[] typed =
                ByteBuffer.allocate(1 + key.length).put(type.code).put(key).array();
        return name + "+" + id() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
