package org.incidenttimeline.core.seal;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (NIST SP 800-38D), with a nonce of 96 and a tag of 128 bits. */
final class Box {

    /** Bytes of a key. */
    static final int KEY_LENGTH = 32;

    /** Bytes of a nonce. */
    static final int NONCE_LENGTH = 12;

    private static final int TAG_BITS = 128;

    private Box() {}

    static byte[] close(byte[] key, byte[] nonce, byte[] content, byte[] associated) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** @throws DamagedSeal if it was closed under another key or for something else, or was changed */
    static byte[] open(byte[] key, byte[] nonce, byte[] box, byte[] associated) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(box);
        } catch (AEADBadTagException e) {
            throw new DamagedSeal("a sealed value does not open: it or its key was changed or moved", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
