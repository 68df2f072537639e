package org.incidenttimeline.api.imports;

import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;

/** How many lines a file had so far. */
final class LineCount {
    private int count;

    /**
     * Counts one more.
     *
     * @return its number, from 1
     * @throws org.incidenttimeline.api.problem.ProblemException if it is one too many
     */
    int next() {
        if (count == Limits.IMPORT_LINES) {
            throw ProblemCode.BODY_TOO_LARGE.because(
                    "An import has at most " + Limits.IMPORT_LINES + " lines; send the file in parts.");
        }
        count++;
        return count;
    }
}
