package org.incidenttimeline.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.SignedNote;

/**
 * Copies of checkpoints in a directory, one file each, which are written once. What is in it is compared with the database
 * before every signature; it is worth the more the further away from the database it is.
 */
public final class CheckpointFiles {

    private static final Pattern NAME = Pattern.compile("[0-9]{19}\\.checkpoint");

    private final Path directory;

    public CheckpointFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes a copy, unless there is one of that size. */
    void keep(long size, String note) {
        Path file = directory.resolve(String.format(Locale.ROOT, "%019d.checkpoint", size));
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    file, note, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException _) {
            // Another node signed it too, or this one before it was stopped.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The newest copy.
     *
     * @throws IllegalStateException if it is no checkpoint
     */
    Optional<Checkpoint> newest() {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> newest = files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
            return newest.map(CheckpointFiles::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Checkpoint read(Path file) {
        try {
            return SignedNote.of(Files.readString(file))
                    .flatMap(note -> Checkpoint.of(note.text()))
                    .orElseThrow(() -> new IllegalStateException(file.getFileName() + " is no checkpoint"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
