package org.incidenttimeline.core.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps words unreadable in tables other than the log's. A row that was replaced or deleted stays in the files of a database
 * until its space is used again, and in its journal; so nothing is written there that can be read without the key of the
 * installation.
 *
 * <p>The same words always give the same bytes, so that rows can be compared as they are: the nonce is taken from the words
 * themselves, by a key of its own, as in SIV (RFC 5297). Who has the database alone sees which words are the same as others,
 * and nothing else of them.
 */
public final class RowCipher {

    private static final String MAC = "HmacSHA256";
    private static final byte[] NOTHING = {};

    /** Bytes of AES's block, and so of the initial vector. */
    private static final int BLOCK = 16;

    /** How many bytes of a block stand for a byte of a term: two terms are confused once in 2^32 pairs. */
    private static final int KEPT = 4;

    private final byte[] content;
    private final SecretKey nonces;
    private final SecretKey names;
    private final SecretKey terms;

    RowCipher(byte[] content, byte[] nonces, byte[] names, byte[] terms) {
        this.content = content.clone();
        this.nonces = new SecretKeySpec(nonces, MAC);
        this.names = new SecretKeySpec(names, MAC);
        this.terms = new SecretKeySpec(terms, "AES");
    }

    /** The words in a form that can be stored. */
    public byte[] close(String words) {
        byte[] plain = words.getBytes(StandardCharsets.UTF_8);
        byte[] nonce = Arrays.copyOf(mac(nonces, plain), Box.NONCE_LENGTH);
        byte[] box = Box.close(content, nonce, plain, NOTHING);
        byte[] stored = Arrays.copyOf(nonce, nonce.length + box.length);
        System.arraycopy(box, 0, stored, nonce.length, box.length);
        return stored;
    }

    /**
     * The words again.
     *
     * @throws DamagedSeal if they were closed by another installation, or were changed
     */
    public String open(byte[] stored) {
        if (stored.length <= Box.NONCE_LENGTH) {
            throw new DamagedSeal("what is stored in a row is cut off", null);
        }
        byte[] nonce = Arrays.copyOf(stored, Box.NONCE_LENGTH);
        byte[] box = Arrays.copyOfRange(stored, Box.NONCE_LENGTH, stored.length);
        return new String(Box.open(content, nonce, box, NOTHING), StandardCharsets.UTF_8);
    }

    /** What stands for a name where it is looked up as a whole: 32 bytes. */
    public byte[] name(String name) {
        return mac(names, name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What stands for a term where terms are looked up: {@value #KEPT} bytes for each byte of it in UTF-8. Two terms begin with the same bytes
     * exactly as far as they begin alike, so that the terms with one beginning stay side by side. Each byte is a block in AES-CBC,
     * whose ciphertext depends on all blocks before it.
     */
    public byte[] term(String term) {
        byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
        byte[] blocks = new byte[bytes.length * BLOCK];
        for (int i = 0; i < bytes.length; i++) {
            blocks[i * BLOCK] = bytes[i];
        }
        byte[] encrypted = encrypted(blocks);
        byte[] kept = new byte[bytes.length * KEPT];
        for (int i = 0; i < bytes.length; i++) {
            System.arraycopy(encrypted, i * BLOCK, kept, i * KEPT, KEPT);
        }
        return kept;
    }

    private byte[] encrypted(byte[] blocks) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, terms, new IvParameterSpec(new byte[BLOCK]));
            return cipher.doFinal(blocks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-CBC", e);
        }
    }

    private static byte[] mac(SecretKey key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
