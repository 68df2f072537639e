package org.incidenttimeline.api.problem;

import java.util.List;

/** Ends the handling of a request with a problem for its caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        // It is an answer, not a fault: nobody reads its stack.
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** The same, said of one place in the body. */
    public ProblemException pointingAt(String pointer) {
        return new ProblemException(problem.with(List.of(new Problem.FieldError(pointer, problem.detail()))));
    }
}
