package org.incidenttimeline.api.page;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Goes through a record that is kept under growing numbers, from its newest entry back, some at a time. */
public final class NewestFirst {
    private NewestFirst() {}

    /**
     * All entries.
     *
     * @param before the newest of those before a number; none where there are none
     */
    public static <T> Stream<T> stream(LongFunction<List<T>> before, ToLongFunction<T> number) {
        return Stream.iterate(
                        before.apply(Long.MAX_VALUE),
                        found -> !found.isEmpty(),
                        found -> before.apply(number.applyAsLong(found.getLast())))
                .flatMap(List::stream);
    }
}
