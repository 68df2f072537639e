package org.incidenttimeline.api.caching;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names the state that an answer shows. The tag of what belongs to one incident begins with the incident's version, which
 * is what {@code If-Match} looks at.
 */
@Component
public class EntityTags {
    private static final int HASH_BYTES = 4;
    private static final int CONTENT_BYTES = 16;

    private final JsonMapper json;

    EntityTags(JsonMapper json) {
        this.json = json;
    }

    /** The tag of what follows from an incident's events alone. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The same where the address has more than one form of it; each needs a tag of its own. */
    public static String of(long version, String form) {
        return "\"" + version + "-" + form + "\"";
    }

    /**
     * The tag of what follows from an incident's events and the clock: the version alone for as long as time has changed
     * nothing, then with what it changed.
     *
     * @param asRecorded the body as it was when the last event was recorded
     * @param now the body as it is
     */
    public String of(long version, Object asRecorded, Object now) {
        return asRecorded.equals(now) ? of(version) : of(version, hash(json.writeValueAsBytes(now), HASH_BYTES));
    }

    /** The tag of a body by what it says; of use where much besides the log decides that. */
    public String ofContent(Object body) {
        return "\"" + hash(json.writeValueAsBytes(body), CONTENT_BYTES) + "\"";
    }

    /** The same of a document. */
    public static String ofContent(byte[] document) {
        return "\"" + hash(document, CONTENT_BYTES) + "\"";
    }

    /**
     * The tag of an answer across incidents: how far the view had come, and what else the answer rests on.
     *
     * @param exact whether the answer holds nothing beyond that position; otherwise the tag is a weak one
     * @param question everything that decides the answer besides the log
     */
    public static String of(long position, boolean exact, String question) {
        return (exact ? "" : "W/") + "\"" + position + "-" + hash(question.getBytes(StandardCharsets.UTF_8), HASH_BYTES)
                + "\"";
    }

    /** An answer that may be kept by who asked, and is to be asked for anew each time. */
    public static ResponseEntity.BodyBuilder ok(String tag) {
        return tagged(HttpStatus.OK, tag);
    }

    /** Tells that the caller has it already. */
    public static <T> ResponseEntity<T> notModified(String tag) {
        return tagged(HttpStatus.NOT_MODIFIED, tag).build();
    }

    private static ResponseEntity.BodyBuilder tagged(HttpStatus status, String tag) {
        return ResponseEntity.status(status)
                .eTag(tag)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy("Accept");
    }

    private static String hash(byte[] bytes, int length) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
