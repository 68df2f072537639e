package org.incidenttimeline.api.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;

/** The body of an import, counted as it arrives, whatever the headers promise. */
final class CountedBody extends FilterInputStream {
    private long count;

    CountedBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            count(1);
        }
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) {
        count += bytes;
        if (count > Limits.IMPORT_BYTES) {
            throw ProblemCode.BODY_TOO_LARGE.because(
                    "An import has at most " + Limits.IMPORT_BYTES + " bytes; send the file in parts.");
        }
    }
}
