package org.incidenttimeline.api.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.incidenttimeline.api.limit.Limits;

/**
 * The lines of a stream, one after the other. A line that is too long is passed over without being held. Empty lines are
 * counted and left out.
 */
final class Lines {
    private static final int END = -1;

    private final InputStream body;
    private final LineCount count = new LineCount();
    private int number;

    Lines(InputStream body) {
        this.body = new BufferedInputStream(body);
    }

    /**
     * One line.
     *
     * @param number its number, from 1
     * @param bytes what it holds, without its end; empty if it is longer than a line may be
     */
    record Line(int number, Optional<byte[]> bytes) {}

    /** The next line that holds something, if there is one. */
    Optional<Line> next() throws IOException {
        int first = body.read();
        while (first != END) {
            number = count.next();
            var line = new ByteArrayOutputStream();
            boolean isTooLong = false;
            int b = first;
            for (; b != '\n' && b != END; b = body.read()) {
                if (line.size() < Limits.IMPORT_LINE_BYTES) {
                    line.write(b);
                } else {
                    isTooLong = true;
                }
            }
            byte[] bytes = withoutByteOrderMark(line.toByteArray());
            if (isTooLong) {
                return Optional.of(new Line(number, Optional.empty()));
            }
            if (!isBlank(bytes)) {
                return Optional.of(new Line(number, Optional.of(bytes)));
            }
            first = b == END ? END : body.read();
        }
        return Optional.empty();
    }

    /** Some programs begin a file with one; it says nothing in UTF-8. */
    private byte[] withoutByteOrderMark(byte[] line) {
        boolean marked = number == 1
                && line.length >= 3
                && line[0] == (byte) 0xEF
                && line[1] == (byte) 0xBB
                && line[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
