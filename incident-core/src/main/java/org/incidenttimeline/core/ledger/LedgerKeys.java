package org.incidenttimeline.core.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The secrets of the ledger, kept outside of the database.
 *
 * @param signer signs checkpoints; its name is the origin of the ledger
 * @param former the key before it, which signs too for as long as it is given; empty but while a key is changed
 * @param seal marks leaves
 */
public record LedgerKeys(NoteSigner signer, Optional<NoteSigner> former, LeafSeal seal) {

    private static final String SIGNER = "signer.key";
    private static final String FORMER = "signer.former.key";
    private static final String SEAL = "seal.key";

    public LedgerKeys {
        if (former.isPresent() && !former.get().key().name().equals(signer.key().name())) {
            throw new IllegalArgumentException(
                    "a key is followed by one of the same name, which is the ledger's origin");
        }
    }

    /** The name of the ledger. */
    public String origin() {
        return signer.key().name();
    }

    /** All that sign, the present one first. */
    public List<NoteSigner> signers() {
        return former.map(before -> List.of(signer, before)).orElse(List.of(signer));
    }

    /** New keys that are kept nowhere. */
    public static LedgerKeys generate(String origin) {
        byte[] seal = new byte[Hash.LENGTH];
        new SecureRandom().nextBytes(seal);
        return new LedgerKeys(NoteSigner.generate(origin, NoteKey.Type.NOTE), Optional.empty(), new LeafSeal(seal));
    }

    /**
     * The keys in a directory, which are made there if it has none; only its owner can read them.
     *
     * @throws IllegalArgumentException if what is there is no key
     * @throws IllegalStateException if one of the two is missing: what the lost one made could not be told from another's
     */
    public static LedgerKeys in(Path directory) {
        try {
            Files.createDirectories(directory);
            Path signer = directory.resolve(SIGNER);
            Path seal = directory.resolve(SEAL);
            if (Files.exists(signer) != Files.exists(seal)) {
                throw new IllegalStateException("one of the keys of the ledger is lost: " + directory + " has "
                        + (Files.exists(seal) ? SEAL + " and no " + SIGNER : SIGNER + " and no " + SEAL)
                        + ". Put it back; where nothing was ever recorded with these keys, remove the other one too");
            }
            if (!Files.exists(seal)) {
                write(seal, random());
                write(
                        signer,
                        NoteSigner.generate("incident-timeline/" + UUID.randomUUID(), NoteKey.Type.NOTE)
                                .secret());
            }
            return read(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerKeys read(Path directory) throws IOException {
        NoteSigner signer = NoteSigner.of(text(directory.resolve(SIGNER)));
        Path before = directory.resolve(FORMER);
        Optional<NoteSigner> former =
                Files.exists(before) ? Optional.of(NoteSigner.of(text(before))) : Optional.empty();
        return new LedgerKeys(
                signer,
                // The same one stands there when a rotation was cut off.
                former.filter(key -> !key.key().equals(signer.key())),
                new LeafSeal(Base64.getDecoder().decode(text(directory.resolve(SEAL)))));
    }

    /** Gives the keys of a directory a new signer; the one until now becomes the former. At every moment both are whole. */
    public static LedgerKeys rotate(Path directory) {
        LedgerKeys present = in(directory);
        write(directory.resolve(FORMER), present.signer().secret());
        write(
                directory.resolve(SIGNER),
                NoteSigner.generate(present.origin(), NoteKey.Type.NOTE).secret());
        return in(directory);
    }

    private static String random() {
        byte[] key = new byte[Hash.LENGTH];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    /** The file has its name when it is whole and on the disk. */
    private static void write(Path file, String secret) {
        try {
            Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".part");
            try {
                Files.writeString(part, secret + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
