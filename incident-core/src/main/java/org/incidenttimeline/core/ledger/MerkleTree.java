package org.incidenttimeline.core.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 9162, section 2.1, over hashes of leaves: its root, its proofs, and their verification. What is
 * made is recomputed from the leaves, which takes a fraction of a second for a million of them; what is verified needs
 * nothing but the proof.
 */
public final class MerkleTree {

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private MerkleTree() {}

    /** The hash of a leaf's content, RFC 9162, section 2.1.1. */
    public static Hash leaf(byte[] content) {
        return Hash.of(new byte[] {LEAF}, content);
    }

    static Hash node(Hash left, Hash right) {
        return Hash.ofPair(NODE, left, right);
    }

    /** The root over these leaves. */
    public static Hash root(List<Hash> leaves) {
        return switch (leaves.size()) {
            case 0 -> Hash.of();
            case 1 -> leaves.getFirst();
            default -> {
                int split = split(leaves.size());
                yield node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
            }
        };
    }

    /**
     * The hashes that prove one leaf to be in the tree of all of them, RFC 9162, section 2.1.3.1.
     *
     * @throws IllegalArgumentException if there is no such leaf
     */
    public static List<Hash> inclusionProof(List<Hash> leaves, int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IllegalArgumentException("a tree of " + leaves.size() + " has no leaf " + index);
        }
        List<Hash> path = new ArrayList<>();
        List<Hash> rest = leaves;
        int at = index;
        while (rest.size() > 1) {
            int split = split(rest.size());
            boolean left = at < split;
            path.add(root(left ? rest.subList(split, rest.size()) : rest.subList(0, split)));
            rest = left ? rest.subList(0, split) : rest.subList(split, rest.size());
            at = left ? at : at - split;
        }
        return path.reversed();
    }

    /**
     * The hashes that prove the tree of the first so many leaves to be the beginning of the tree of all of them, RFC 9162,
     * section 2.1.4.1; none where the smaller one is empty or the same.
     *
     * @throws IllegalArgumentException if there are fewer leaves
     */
    public static List<Hash> consistencyProof(List<Hash> leaves, int smaller) {
        if (smaller < 0 || smaller > leaves.size()) {
            throw new IllegalArgumentException("a tree of " + leaves.size() + " does not begin with " + smaller);
        }
        if (smaller == 0 || smaller == leaves.size()) {
            return List.of();
        }
        List<Hash> path = new ArrayList<>();
        List<Hash> rest = leaves;
        int first = smaller;
        boolean known = true;
        while (first < rest.size()) {
            int split = split(rest.size());
            if (first <= split) {
                path.add(root(rest.subList(split, rest.size())));
                rest = rest.subList(0, split);
            } else {
                path.add(root(rest.subList(0, split)));
                rest = rest.subList(split, rest.size());
                first -= split;
                known = false;
            }
        }
        if (!known) {
            path.add(root(rest));
        }
        return path.reversed();
    }

    /** Whether the proof shows that the tree with that root has that leaf, RFC 9162, section 2.1.3.2. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Hash hash = leaf;
        for (Hash next : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = node(next, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = node(hash, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /** Whether the proof shows that the larger tree begins with the smaller one, RFC 9162, section 2.1.4.2. */
    public static boolean continues(long smaller, Hash smallerRoot, long larger, Hash largerRoot, List<Hash> proof) {
        if (smaller < 0 || smaller > larger) {
            return false;
        }
        if (smaller == larger) {
            return proof.isEmpty() && smallerRoot.equals(largerRoot);
        }
        if (smaller == 0) {
            // Every tree begins with the empty one, and nothing need be shown.
            return proof.isEmpty() && smallerRoot.equals(Frontier.EMPTY.root());
        }
        List<Hash> path = new ArrayList<>(proof);
        if (Long.bitCount(smaller) == 1) {
            path.addFirst(smallerRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        long fn = smaller - 1;
        long sn = larger - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        Hash first = path.getFirst();
        Hash second = path.getFirst();
        for (Hash next : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                first = node(next, first);
                second = node(next, second);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                second = node(second, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && first.equals(smallerRoot) && second.equals(largerRoot);
    }

    /** The largest power of two below a size of at least two. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
