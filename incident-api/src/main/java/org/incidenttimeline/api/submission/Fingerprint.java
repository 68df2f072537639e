package org.incidenttimeline.api.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.incidenttimeline.api.json.CanonicalBody;
import org.incidenttimeline.api.limit.RequestBytes;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.seal.RowCipher;

/**
 * Tells whether two requests ask the same thing of us for the same person. Nothing can be read out of it, and without the key
 * of the installation nobody can try what was asked.
 */
final class Fingerprint {
    private Fingerprint() {}

    static String of(HttpServletRequest request, Provenance provenance, RowCipher cipher) {
        var digest = sha256();
        for (var part : new String[] {
            request.getMethod(),
            request.getRequestURI(),
            provenance.actor().kind().name(),
            provenance.actor().name().value(),
            provenance.onBehalfOf().map(Person::value).orElse("")
        }) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            // None of them holds one, so that the parts cannot run into each other.
            digest.update((byte) '\n');
        }
        digest.update(CanonicalBody.of(RequestBytes.of(request)));
        return HexFormat.of().formatHex(cipher.name(HexFormat.of().formatHex(digest.digest())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
