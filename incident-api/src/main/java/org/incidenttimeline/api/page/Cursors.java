package org.incidenttimeline.api.page;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;

/**
 * Makes cursors and reads them again. A cursor holds numbers that say where a list goes on, sealed (HMAC with SHA-256, cut
 * to 128 bits as RFC 2104 allows) together with the list that they belong to. It grants nothing: who may see what is asked
 * anew for each part.
 */
public final class Cursors {
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL_BYTES = 16;

    private final SecretKeySpec key;

    public Cursors(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The cursor of a list at these numbers. */
    public String at(Page page, long... numbers) {
        byte[] place = bytes(numbers);
        byte[] seal = seal(page.list(), place);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(place.length + seal.length)
                        .put(place)
                        .put(seal)
                        .array());
    }

    /**
     * So many numbers of the cursor that was sent, or nothing if none was.
     *
     * @throws ProblemException if it was not made here, or not for this list and these filters
     */
    public Optional<long[]> numbers(Page page, int count) {
        return page.cursor().map(cursor -> numbers(page.list(), cursor, count));
    }

    private long[] numbers(String list, String cursor, int count) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            byte[] place = new byte[count * Long.BYTES];
            byte[] seal = new byte[SEAL_BYTES];
            bytes.get(place).get(seal);
            if (bytes.hasRemaining() || !MessageDigest.isEqual(seal, seal(list, place))) {
                throw foreign();
            }
            long[] numbers = new long[count];
            ByteBuffer.wrap(place).asLongBuffer().get(numbers);
            return numbers;
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            throw foreign();
        }
    }

    private static ProblemException foreign() {
        return ProblemCode.INVALID_CURSOR.because(
                "The parameter cursor must be the next of an answer to the same question; ask again without it.");
    }

    private byte[] seal(String list, byte[] place) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(place);
            return Arrays.copyOf(mac.doFinal(list.getBytes(StandardCharsets.UTF_8)), SEAL_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(long[] numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        bytes.asLongBuffer().put(numbers);
        return bytes.array();
    }
}
