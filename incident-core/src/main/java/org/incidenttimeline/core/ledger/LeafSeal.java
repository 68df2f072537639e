package org.incidenttimeline.core.ledger;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks leaves as written by the service: HMAC-SHA-256 (RFC 2104) by a key that is not in the database, so that a row put
 * in by somebody who has only the database is told from ours.
 */
public final class LeafSeal {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException if the key is shorter than the hash */
    public LeafSeal(byte[] key) {
        if (key.length < Hash.LENGTH) {
            throw new IllegalArgumentException("the key that seals leaves has at least " + Hash.LENGTH + " bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The mark of a leaf. */
    public Hash of(Hash leaf) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Hash.ofBytes(mac.doFinal(leaf.bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether the mark is that of the leaf. */
    public boolean fits(Hash leaf, Hash mark) {
        return MessageDigest.isEqual(of(leaf).bytes(), mark.bytes());
    }
}
