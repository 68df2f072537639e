package org.incidenttimeline.api.page;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.springframework.web.context.request.NativeWebRequest;

/** Reads parameters of a query. What is wrong with one is told by {@link ProblemCode#INVALID_PARAMETER}. */
public final class Parameters {
    private Parameters() {}

    /** The value of a parameter that may be given once. */
    public static Optional<String> one(NativeWebRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return Optional.empty();
        }
        if (values.length > 1) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter " + name + " must be given once.");
        }
        return Optional.of(values[0]);
    }

    /** A whole number within limits. */
    public static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw ProblemCode.INVALID_PARAMETER.because(
                "The parameter " + name + " must be a whole number from " + least + " to " + most + ".");
    }

    /** The period of the parameters {@code from} and {@code to}. */
    public static Period period(Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter from must lie before to.");
        }
        return new Period(from, to);
    }
}
