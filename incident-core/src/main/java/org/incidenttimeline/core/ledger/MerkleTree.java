package org.incidenttimeline.core.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 9162, section 2.1, over hashes of leaves: its root, its proofs, and their verification. A
 * proof is given as the subtrees whose roots it consists of, so that whoever has the leaves can make them in one pass.
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
                int split = Math.toIntExact(split(leaves.size()));
                yield node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
            }
        };
    }

    /** The leaves from the first to before the end, which are a subtree. */
    public record Range(long first, long end) {}

    /**
     * The subtrees whose roots prove one leaf to be in the tree of that size, RFC 9162, section 2.1.3.1.
     *
     * @throws IllegalArgumentException if there is no such leaf
     */
    public static List<Range> inclusionProof(long size, long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " has no leaf " + index);
        }
        List<Range> path = new ArrayList<>();
        long first = 0;
        long end = size;
        while (end - first > 1) {
            long middle = first + split(end - first);
            if (index < middle) {
                path.add(new Range(middle, end));
                end = middle;
            } else {
                path.add(new Range(first, middle));
                first = middle;
            }
        }
        return path.reversed();
    }

    /**
     * The subtrees whose roots prove the tree of the smaller size to be the beginning of the larger one, RFC 9162, section
     * 2.1.4.1; none where the smaller one is empty or the same.
     *
     * @throws IllegalArgumentException if it is not the smaller one
     */
    public static List<Range> consistencyProof(long smaller, long larger) {
        if (smaller < 0 || smaller > larger) {
            throw new IllegalArgumentException("a tree of " + larger + " does not begin with " + smaller);
        }
        if (smaller == 0 || smaller == larger) {
            return List.of();
        }
        List<Range> path = new ArrayList<>();
        long first = 0;
        long end = larger;
        while (smaller < end) {
            long middle = first + split(end - first);
            if (smaller <= middle) {
                path.add(new Range(middle, end));
                end = middle;
            } else {
                path.add(new Range(first, middle));
                first = middle;
            }
        }
        if (first > 0) {
            path.add(new Range(first, end));
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
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
