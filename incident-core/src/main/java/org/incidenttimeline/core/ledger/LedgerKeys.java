package org.incidenttimeline.core.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
     */
    public static LedgerKeys in(Path directory) {
        try {
            Files.createDirectories(directory);
            String signer = read(directory.resolve(SIGNER))
                    .orElseGet(() -> write(
                            directory.resolve(SIGNER),
                            NoteSigner.generate("incident-timeline/" + UUID.randomUUID(), NoteKey.Type.NOTE)
                                    .secret()));
            String seal = read(directory.resolve(SEAL)).orElseGet(() -> write(directory.resolve(SEAL), random()));
            return new LedgerKeys(
                    NoteSigner.of(signer),
                    read(directory.resolve(FORMER)).map(NoteSigner::of),
                    new LeafSeal(Base64.getDecoder().decode(seal)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the keys of a directory a new signer; the one until now becomes the former. */
    public static LedgerKeys rotate(Path directory) {
        LedgerKeys present = in(directory);
        try {
            Files.deleteIfExists(directory.resolve(FORMER));
            Files.move(directory.resolve(SIGNER), directory.resolve(FORMER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static Optional<String> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private static String write(Path file, String secret) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, secret + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            } else {
                Files.writeString(file, secret + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
