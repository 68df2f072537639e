package org.incidenttimeline.api.imports;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.problem.Problem;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.core.incident.RefusedException;

/**
 * What became of a line.
 *
 * @param entry the entry of the timeline that holds it
 * @param code why it was refused, one of the codes of problems
 * @param detail the same for a person
 * @param errors its wrong fields, with JSON Pointers into the line
 */
record Verdict(
        Outcome outcome, OptionalLong entry, Optional<String> code, Optional<String> detail, List<FieldError> errors) {

    /** Whether a line was carried out. */
    enum Outcome {
        /** Not yet carried out. */
        WAITING,
        /** Recorded by this import, or in a dry run: would be. */
        ACCEPTED,
        /** It was so already. */
        UNCHANGED,
        REFUSED
    }

    Verdict {
        errors = List.copyOf(errors);
    }

    static Verdict accepted(long entry) {
        return new Verdict(Outcome.ACCEPTED, OptionalLong.of(entry), Optional.empty(), Optional.empty(), List.of());
    }

    static Verdict unchanged(OptionalLong entry) {
        return new Verdict(Outcome.UNCHANGED, entry, Optional.empty(), Optional.empty(), List.of());
    }

    static Verdict refused(String code, String detail) {
        return new Verdict(Outcome.REFUSED, OptionalLong.empty(), Optional.of(code), Optional.of(detail), List.of());
    }

    static Verdict refused(Problem problem) {
        return new Verdict(
                Outcome.REFUSED,
                OptionalLong.empty(),
                Optional.of(problem.code()),
                Optional.of(problem.detail()),
                problem.errors());
    }

    static Verdict refused(RefusedException e) {
        return refused(e.refusal().code(), String.valueOf(e.getMessage()));
    }
}
