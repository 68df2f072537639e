package org.incidenttimeline.projections.store;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An answer, and the place in the whole log up to which it is complete.
 *
 * @param exact whether it holds nothing beyond that place
 */
public record Positioned<T>(long position, boolean exact, T value) {
    private static final int ATTEMPTS = 3;

    /** Reads until the position is the same before and after; under steady writes, only so often. */
    static <T> Positioned<T> read(LongSupplier position, Supplier<T> value) {
        long before = position.getAsLong();
        for (int attempt = 1; true; attempt++) {
            T read = value.get();
            long after = position.getAsLong();
            if (before == after || attempt == ATTEMPTS) {
                return new Positioned<>(before, before == after, read);
            }
            before = after;
        }
    }
}
