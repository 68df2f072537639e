package org.incidenttimeline.api.evidence;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the files of a pack one after the other, and remembers the digest of each. */
final class PackWriter {
    private final ZipOutputStream zip;
    private final FileTime time;
    private final List<Manifest.File> files = new ArrayList<>();

    PackWriter(OutputStream out, Instant time) {
        this.zip = new ZipOutputStream(out);
        this.time = FileTime.from(time);
    }

    /** Writes what is in a file. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    void file(String name, byte[] content) throws IOException {
        file(name, out -> out.write(content));
    }

    void file(String name, Content content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(time);
        zip.putNextEntry(entry);
        var counted = new Counted(zip);
        var digest = sha256();
        var out = new DigestOutputStream(counted, digest);
        content.write(out);
        out.flush();
        zip.closeEntry();
        files.add(new Manifest.File(name, counted.bytes, HexFormat.of().formatHex(digest.digest())));
    }

    /** Those written so far. */
    List<Manifest.File> files() {
        return List.copyOf(files);
    }

    void end() throws IOException {
        zip.finish();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Counts what goes through, and stays open when the file ends. */
    private static final class Counted extends FilterOutputStream {
        private long bytes;

        private Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            out.write(b, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
