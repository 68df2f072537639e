package org.incidenttimeline.core.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.IncidentEvent.EntryImported;
import org.incidenttimeline.core.event.Sha256;

/**
 * That a record kept elsewhere told something, without its words.
 *
 * @param entry the entry that holds it
 * @param digest of everything that was told
 */
record ImportedEntry(long entry, Sha256 digest) {
    static ImportedEntry of(long entry, EntryImported told) {
        return new ImportedEntry(entry, digestOf(told));
    }

    /** Whether the record tells the same now; where it can be read does not matter. */
    boolean says(EntryImported now) {
        return digest.equals(digestOf(now));
    }

    private static Sha256 digestOf(EntryImported told) {
        // The lengths keep words from passing for the field after them.
        String all = Stream.of(told.occurredAt(), told.text(), told.status(), told.otherTimes())
                .map(Object::toString)
                .map(field -> field.length() + ":" + field)
                .collect(Collectors.joining());
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return new Sha256(HexFormat.of().formatHex(sha256.digest(all.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
