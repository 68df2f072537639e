package org.incidenttimeline.api.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files that only the user who runs the service may read and write, from the first byte on. */
public final class PrivateFile {
    private PrivateFile() {}

    /** Writes the line where no file is yet; false where there is one, which stays as it is. */
    public static boolean createNew(Path file, String line) throws IOException {
        var written = written(file, line);
        try {
            // A link appears whole or not at all, and never in the place of another file.
            Files.createLink(file, written);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (UnsupportedOperationException _) {
            Files.move(written, file);
            return true;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Writes the line, in the place of what the file held before. */
    public static void replace(Path file, String line) throws IOException {
        Files.move(written(file, line), file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path written(Path file, String line) throws IOException {
        var directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
        Files.createDirectories(directory);
        var temporary = Files.createTempFile(directory, file.getFileName().toString(), ".new", forOwnerOnly(directory));
        Files.write(temporary, (line + "\n").getBytes(StandardCharsets.US_ASCII));
        return temporary;
    }

    private static FileAttribute<?>[] forOwnerOnly(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[] {};
    }
}
