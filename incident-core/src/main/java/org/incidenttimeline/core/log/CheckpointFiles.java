package org.incidenttimeline.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
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
    private Optional<Checkpoint> newest = Optional.empty();

    public CheckpointFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes a copy, unless there is one of that size. Its name is given to it when it is whole and on the disk. */
    synchronized void keep(long size, String note) {
        Path file = directory.resolve(String.format(Locale.ROOT, "%019d.checkpoint", size));
        try {
            Files.createDirectories(directory);
            Path part = directory.resolve(UUID.randomUUID() + ".part");
            try {
                write(part, note);
                name(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (FileAlreadyExistsException _) {
            // Another node signed it too, or this one before it was stopped.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        remember(read(file));
    }

    private static void write(Path file, String note) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer rest = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** A second name never replaces a file, as an atomic move would. */
    private static void name(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException _) {
            // Not every file system has links; there another node may replace the file, by one of the same text.
            Files.move(part, file);
        }
    }

    /** The newest copy that this object knows of; the directory is read once, and then as {@link #reread} is called. */
    synchronized Optional<Checkpoint> newest() {
        return newest.isPresent() ? newest : reread();
    }

    /** The newest copy, also of those that others wrote. A file that holds no checkpoint is passed over. */
    synchronized Optional<Checkpoint> reread() {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                List<Path> newestFirst = files.filter(file ->
                                NAME.matcher(file.getFileName().toString()).matches())
                        .sorted(Comparator.comparing(
                                        (Path file) -> file.getFileName().toString())
                                .reversed())
                        .toList();
                remember(newestFirst.stream()
                        .map(CheckpointFiles::read)
                        .flatMap(Optional::stream)
                        .findFirst());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return newest;
    }

    private void remember(Optional<Checkpoint> found) {
        if (found.isPresent()
                && found.get().size() >= newest.map(Checkpoint::size).orElse(-1L)) {
            newest = found;
        }
    }

    private static Optional<Checkpoint> read(Path file) {
        try {
            Optional<Checkpoint> found = SignedNote.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    .flatMap(note -> Checkpoint.of(note.text()));
            if (found.isEmpty()) {
                EventLog.LOGGER.warn("{} is no checkpoint", file);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
