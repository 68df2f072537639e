package org.incidenttimeline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors are those of Certificate Transparency (transparency-dev/merkle, testonly). */
class MerkleTreeTest {
    private static final List<Hash> LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(content -> MerkleTree.leaf(HexFormat.of().parseHex(content)))
            .toList();

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static Hash root(int size) {
        return Hash.ofHex(ROOTS.get(size));
    }

    private static List<Hash> hashes(String proof) {
        return proof.isEmpty()
                ? List.of()
                : Stream.of(proof.split(" ")).map(Hash::ofHex).toList();
    }

    private static List<Hash> inclusion(List<Hash> tree, int index) {
        return roots(tree, MerkleTree.inclusionProof(tree.size(), index));
    }

    private static List<Hash> consistency(List<Hash> tree, int smaller) {
        return roots(tree, MerkleTree.consistencyProof(smaller, tree.size()));
    }

    private static List<Hash> roots(List<Hash> tree, List<MerkleTree.Range> ranges) {
        return ranges.stream()
                .map(range -> MerkleTree.root(tree.subList((int) range.first(), (int) range.end())))
                .toList();
    }

    @Test
    void roots_are_those_of_the_vectors_made_at_once_or_leaf_by_leaf() {
        var frontier = Frontier.EMPTY;
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertThat(MerkleTree.root(LEAVES.subList(0, size))).isEqualTo(root(size));
            assertThat(frontier.root()).isEqualTo(root(size));
            assertThat(Frontier.of(size, frontier.encoded())).isEqualTo(frontier);
            frontier = size < LEAVES.size() ? frontier.with(LEAVES.get(size)) : frontier;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, ''",
        "0, 2, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "1, 2, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
    })
    void proofs_of_inclusion_are_those_of_the_vectors(int index, int size, String proof) {
        assertThat(inclusion(LEAVES.subList(0, size), index)).isEqualTo(hashes(proof));
        assertThat(MerkleTree.includes(LEAVES.get(index), index, size, hashes(proof), root(size)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
    })
    void proofs_of_consistency_are_those_of_the_vectors(int smaller, int larger, String proof) {
        assertThat(consistency(LEAVES.subList(0, larger), smaller)).isEqualTo(hashes(proof));
        assertThat(MerkleTree.continues(smaller, root(smaller), larger, root(larger), hashes(proof)))
                .isTrue();
    }

    @Test
    void every_proof_of_every_small_tree_holds_for_what_it_proves_and_for_nothing_else() {
        var random = new Random(7);
        var leaves =
                IntStream.range(0, 70).mapToObj(i -> Hash.ofText("leaf " + i)).toList();
        for (int size = 1; size <= leaves.size(); size++) {
            var tree = leaves.subList(0, size);
            var root = MerkleTree.root(tree);
            for (int index = 0; index < size; index++) {
                var proof = inclusion(tree, index);
                assertThat(MerkleTree.includes(tree.get(index), index, size, proof, root))
                        .isTrue();
                assertThat(MerkleTree.includes(Hash.ofText("other"), index, size, proof, root))
                        .isFalse();
                assertThat(MerkleTree.includes(tree.get(index), index, size, longer(proof), root))
                        .isFalse();
                if (!proof.isEmpty()) {
                    assertThat(MerkleTree.includes(tree.get(index), index, size, changed(proof, random), root))
                            .isFalse();
                }
            }
            for (int smaller = 0; smaller <= size; smaller++) {
                var before = MerkleTree.root(tree.subList(0, smaller));
                var proof = consistency(tree, smaller);
                assertThat(MerkleTree.continues(smaller, before, size, root, proof))
                        .isTrue();
                assertThat(MerkleTree.continues(smaller, Hash.ofText("other"), size, root, proof))
                        .isFalse();
                assertThat(MerkleTree.continues(smaller, before, size, root, longer(proof)))
                        .isFalse();
                if (!proof.isEmpty()) {
                    assertThat(MerkleTree.continues(smaller, before, size, Hash.ofText("other"), proof))
                            .isFalse();
                    assertThat(MerkleTree.continues(smaller, before, size, root, changed(proof, random)))
                            .isFalse();
                }
            }
        }
    }

    private static List<Hash> longer(List<Hash> proof) {
        var longer = new ArrayList<>(proof);
        longer.add(Hash.ofText("more"));
        return longer;
    }

    private static List<Hash> changed(List<Hash> proof, Random random) {
        var changed = new ArrayList<>(proof);
        changed.set(random.nextInt(proof.size()), Hash.ofText("changed"));
        return changed;
    }
}
