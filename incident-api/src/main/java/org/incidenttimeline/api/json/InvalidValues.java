package org.incidenttimeline.api.json;

import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.InvalidValue;

/** Finds what a value of ours said against being made, however deep Jackson wrapped it. */
final class InvalidValues {
    private InvalidValues() {}

    static Optional<String> in(Throwable problem) {
        return Stream.iterate(problem, t -> t != null, Throwable::getCause)
                .filter(InvalidValue.class::isInstance)
                .findFirst()
                .map(Throwable::getMessage);
    }
}
