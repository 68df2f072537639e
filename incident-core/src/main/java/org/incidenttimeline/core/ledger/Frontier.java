package org.incidenttimeline.core.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that must be kept of a Merkle tree to extend it: the roots of its perfect subtrees, the largest first, one for each
 * one-bit of its size.
 *
 * @param size leaves in the tree
 */
public record Frontier(long size, List<Hash> subtrees) {

    /** Before the first leaf. */
    public static final Frontier EMPTY = new Frontier(0, List.of());

    public Frontier {
        subtrees = List.copyOf(subtrees);
        if (size < 0 || subtrees.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " is not kept in " + subtrees.size() + " subtrees");
        }
    }

    /**
     * The frontier that was written as these bytes.
     *
     * @throws IllegalArgumentException if it does not fit the size
     */
    public static Frontier of(long size, byte[] encoded) {
        if (encoded.length % Hash.LENGTH != 0) {
            throw new IllegalArgumentException(encoded.length + " bytes are no whole number of hashes");
        }
        ByteBuffer rest = ByteBuffer.wrap(encoded);
        List<Hash> subtrees = new ArrayList<>();
        while (rest.hasRemaining()) {
            byte[] next = new byte[Hash.LENGTH];
            rest.get(next);
            subtrees.add(Hash.ofBytes(next));
        }
        return new Frontier(size, subtrees);
    }

    /** The hashes one after the other. */
    public byte[] encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(subtrees.size() * Hash.LENGTH);
        subtrees.forEach(subtree -> bytes.put(subtree.bytes()));
        return bytes.array();
    }

    /** The tree with one more leaf. */
    public Frontier with(Hash leaf) {
        List<Hash> next = new ArrayList<>(subtrees);
        Hash subtree = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            subtree = MerkleTree.node(next.removeLast(), subtree);
        }
        next.add(subtree);
        return new Frontier(size + 1, next);
    }

    /** The root of the whole tree; of the empty one, the hash of nothing (RFC 9162, section 2.1.1). */
    public Hash root() {
        if (subtrees.isEmpty()) {
            return Hash.of();
        }
        Hash root = subtrees.getLast();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = MerkleTree.node(subtrees.get(i), root);
        }
        return root;
    }
}
