package org.incidenttimeline.api.access.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The whole of an API key as its holder sends it: {@code itl_}, the key's id, {@code _} and 32 random bytes in base64url.
 * So many random bits need no slow hash: nobody can go through them (ASVS 5.0, 6.5.2).
 */
record KeySecret(String id, String secret) {
    private static final String PREFIX = "itl_";
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("itl_([a-z2-7]{" + ID_LENGTH + "})_([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeySecret random() {
        var id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(RANDOM.nextInt(ID_CHARACTERS.length())));
        }
        return of(id.toString());
    }

    /** A new secret for a key. */
    static KeySecret of(String id) {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return new KeySecret(id, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static Optional<KeySecret> parse(String token) {
        var form = FORM.matcher(token);
        return form.matches() ? Optional.of(new KeySecret(form.group(1), form.group(2))) : Optional.empty();
    }

    static boolean looksLikeOne(String token) {
        return token.startsWith(PREFIX);
    }

    /** What of a key may be shown, so that its holder finds it again. */
    static String shown(String id) {
        return PREFIX + id;
    }

    /** SHA-256 of the secret, in hexadecimal digits. */
    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String token() {
        return shown(id) + "_" + secret;
    }

    /** Without the secret, wherever it may be printed. */
    @Override
    public String toString() {
        return shown(id);
    }
}
