package org.incidenttimeline.api.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Seals short secrets that must be read again, such as those that sign webhooks, so that the database alone does not
 * tell them: AES-256-GCM (NIST SP 800-38D) under a key that is kept outside of it. The key is {@code incident.key}, 32
 * bytes in base64, which several nodes share; without it, what the file {@code incident.key-file} holds, which is made at
 * the first start.
 *
 * <p>A sealed secret reads {@code v1.<which key>.<nonce and ciphertext>}, in base64url. It opens only for the purpose
 * that it was sealed for, so that a row cannot be given the secret of another one.
 */
@Component
public final class SecretBox {
    /** Random nonces of this length are safe for 2^32 secrets under one key (SP 800-38D, 8.3). */
    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final Pattern SEALED = Pattern.compile("v1\\.([0-9a-f]{8})\\.([A-Za-z0-9_-]+)");

    private final SecretKeySpec key;
    private final String keyName;
    private final SecureRandom random = new SecureRandom();

    /** A stored secret cannot be read with the present key; it has to be set anew, or the former key brought back. */
    public static final class CannotOpen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private CannotOpen(String purpose, String why) {
            super("The secret of " + purpose + " cannot be opened: " + why);
        }
    }

    @Autowired
    SecretBox(@Value("${incident.key:}") String given, @Value("${incident.key-file:data/incident.key}") Path file) {
        this(given.isBlank() ? ofFile(file) : decoded(given.strip(), "incident.key"));
    }

    SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        this.keyName = HexFormat.of().formatHex(sha256(key), 0, 4);
    }

    /**
     * The secret in a form that can be stored.
     *
     * @param purpose what the secret is of, for instance {@code webhook:} and its identifier; asked for again at opening
     */
    public String seal(String purpose, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return "v1." + keyName + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** The secret again. */
    public String open(String purpose, String sealed) {
        var form = SEALED.matcher(sealed);
        if (!form.matches()) {
            throw new CannotOpen(purpose, "what is stored is no sealed secret.");
        }
        if (!form.group(1).equals(keyName)) {
            throw new CannotOpen(
                    purpose,
                    "it was sealed with the key " + form.group(1) + ", and incident.key or incident.key-file now has "
                            + keyName + ". Bring that key back, or set the secret anew.");
        }
        byte[] all = bytes(form.group(2));
        if (all.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new CannotOpen(purpose, "what is stored was cut off.");
        }
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), purpose)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException _) {
            throw new CannotOpen(purpose, "what is stored was changed, or belongs to something else.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static byte[] bytes(String base64url) {
        try {
            return Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] ofFile(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(fresh);
                PrivateFile.createNew(file, Base64.getEncoder().encodeToString(fresh));
            }
            return decoded(Files.readString(file).strip(), "the file " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("incident.key-file must name a file that can be read, or made: " + file, e);
        }
    }

    private static byte[] decoded(String base64, String where) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose words would quote the key.
            throw new IllegalStateException(where + " must hold a key of 32 bytes in base64");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalStateException(where + " must hold a key of 32 bytes in base64, not of " + key.length);
        }
        return key;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
