package org.incidenttimeline.api.ledger;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.Leaf;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.Append;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Ledger;
import org.incidenttimeline.core.log.Load;
import org.incidenttimeline.core.log.NewEvent;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the ledger costs: appends, making a leaf, proofs by the size of the tree, and checking an archive. The argument is the
 * size of the largest tree and of the archive.
 */
public final class LedgerBenchmark {
    private static final int CALLERS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final String PAYLOAD = "{\"text\":\"" + "the vendor says that all is well ".repeat(8) + "\"}";
    private static final String METADATA = "{\"actor\":\"ana\",\"actorKind\":\"HUMAN\",\"credential\":\"none\"}";

    private LedgerBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        int largest = Integer.parseInt(arguments[0]);
        double perLeaf = leaf();
        for (var kind : Database.values()) {
            appends(kind, perLeaf);
        }
        for (int size = 1_000; size <= largest; size *= 10) {
            proofs(size);
        }
        archive(largest);
    }

    private static Leaf leaf(LedgerKeys keys, long index, Hash previous, long sequence, String stream) {
        return new Leaf(
                keys.origin(),
                index,
                new UUID(7, index),
                "incident",
                stream,
                sequence,
                "incident.note-added",
                1,
                Instant.ofEpochSecond(1_780_000_000L + index),
                Hash.ofText(PAYLOAD),
                Hash.ofText(METADATA),
                previous);
    }

    /** Seconds to make a leaf, seal it and extend the tree, on one thread. */
    private static double leaf() {
        var keys = LedgerKeys.generate("benchmark");
        var frontier = Frontier.EMPTY;
        long start = 0;
        int count = 200_000;
        for (int i = -count; i < count; i++) {
            if (i == 0) {
                start = System.nanoTime();
            }
            var hash = leaf(keys, Math.abs(i), Leaf.NONE, 0, "inc-1").hash();
            frontier = frontier.with(hash);
            if (keys.seal().of(hash).equals(hash)) {
                throw new IllegalStateException("a seal is no leaf");
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9 / count;
        System.out.printf(
                "a leaf, its seal, and the tree extended: %.1f us (%d leaves)%n", seconds * 1e6, frontier.size());
        return seconds;
    }

    private static void appends(Database kind, double perLeaf) {
        try (var database = TestDatabases.fresh(kind);
                var log = EventLog.open(
                        database.dataSource(),
                        database.writerLock(),
                        Clock.systemUTC(),
                        database.ledgerKeys(),
                        database.sealingKey())) {
            var sequences = new AtomicLongArray(CALLERS);
            var result = Load.run(
                    CALLERS,
                    WARM_UP,
                    MEASURED,
                    (caller, _) -> log.append(new Append(
                            "incident",
                            "inc-" + caller,
                            sequences.getAndIncrement(caller),
                            List.of(new NewEvent(UUID.randomUUID(), "incident.note-added", 1, PAYLOAD, METADATA)),
                            List.of())));
            System.out.printf(
                    "%s, %s%n%s, of the committer's time %.1f %% for leaves%n",
                    kind, Load.Result.HEADER, result, 100 * perLeaf * result.perSecond());
        }
    }

    private static void proofs(int size) throws SQLException {
        try (var database = TestDatabases.fresh(Database.H2)) {
            fill(database, size);
            var ledger = new Ledger(database.dataSource(), database.writerLock());
            var inclusion = MerkleTree.inclusionProof(size, size / 3);
            var consistency = MerkleTree.consistencyProof(size / 3, size);
            ledger.roots(inclusion);
            long start = System.nanoTime();
            var proof = ledger.roots(inclusion);
            long middle = System.nanoTime();
            ledger.roots(consistency);
            long end = System.nanoTime();
            System.out.printf(
                    "proofs in a tree of %,d: inclusion %d hashes (%d bytes) in %.0f ms, consistency %d hashes in %.0f ms%n",
                    size,
                    proof.size(),
                    proof.size() * Hash.LENGTH,
                    (middle - start) / 1e6,
                    consistency.size(),
                    (end - middle) / 1e6);
        }
    }

    private static void fill(TestDatabase database, int size) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var insert = connection.prepareStatement(
                        "insert into log.leaf (position, leaf_hash, seal) values (?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 1; i <= size; i++) {
                byte[] hash = Hash.ofText("leaf " + i).bytes();
                insert.setLong(1, i);
                insert.setBytes(2, hash);
                insert.setBytes(3, hash);
                insert.addBatch();
                if (i % 10_000 == 0 || i == size) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static void archive(int size) throws IOException {
        var keys = LedgerKeys.generate("benchmark");
        Path file = Files.createTempFile("archive", ".ndjson");
        try {
            try (var out = Files.newBufferedWriter(file)) {
                write(out, keys, size);
            }
            long start = System.nanoTime();
            try (BufferedReader in = Files.newBufferedReader(file)) {
                var verdict = new ArchiveCheck(
                                List.of(keys.signer().key()), Optional.empty(), Optional.empty(), false, _ -> {})
                        .check(in);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "an archive of %,d events, %,d bytes, checked in %.1f s: %s%n",
                        size, Files.size(file), seconds, verdict);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void write(BufferedWriter out, LedgerKeys keys, int size) throws IOException {
        var json = new JsonMapper();
        out.write("{\"archive\":1,\"origin\":\"benchmark\",\"events\":" + size + ",\"keys\":[]}\n");
        var frontier = Frontier.EMPTY;
        var previous = Leaf.NONE;
        for (int i = 0; i < size; i++) {
            var leaf = leaf(keys, i, i % 20 == 0 ? Leaf.NONE : previous, i % 20, "inc-" + i / 20);
            previous = leaf.hash();
            frontier = frontier.with(previous);
            out.write(json.writeValueAsString(json.createObjectNode()
                            .put("envelope", leaf.envelope())
                            .put("payload", PAYLOAD)
                            .put("metadata", METADATA)
                            .put("leaf", previous.hex())
                            .put("seal", ""))
                    + "\n");
        }
        String text = new Checkpoint("benchmark", size, frontier.root()).text();
        String note = new SignedNote(text, List.of(keys.signer().sign(text))).encoded();
        out.write(json.writeValueAsString(json.createObjectNode().put("checkpoint", note)) + "\n");
        out.write("{\"end\":{\"events\":" + size + ",\"checkpoints\":1}}\n");
    }
}
