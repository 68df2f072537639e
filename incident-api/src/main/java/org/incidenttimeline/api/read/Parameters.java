package org.incidenttimeline.api.read;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.problem.ProblemCode;

/** What the types of parameters alone do not say. */
final class Parameters {
    private Parameters() {}

    /** The values of a filter that may be repeated; none where it is absent, but never none where it is there. */
    static <T> Set<T> some(String name, Optional<? extends Collection<T>> values) {
        if (values.isPresent() && values.get().isEmpty()) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter " + name + " must have a value.");
        }
        return values.<Set<T>>map(Set::copyOf).orElse(Set.of());
    }
}
