package org.incidenttimeline.api.read;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.projections.store.Positioned;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.WebRequest;

/** How reads across incidents are answered: in parts, and not at all where the caller has the answer. */
final class Lists {
    private Lists() {}

    /** A part of a list, and the cursor of the next one; empty for the last. */
    record Part<T>(List<T> items, Optional<String> next) {}

    /** The part that was asked for, of items of which one more was read, if there is one more. */
    static <T> Part<T> part(List<T> read, Page page, Function<T, String> cursor) {
        if (read.size() <= page.limit()) {
            return new Part<>(read, Optional.empty());
        }
        var items = read.subList(0, page.limit());
        return new Part<>(items, Optional.of(cursor.apply(items.getLast())));
    }

    /** Everything that decides the answer besides the log. */
    static String question(Page page, Viewer viewer, Object... more) {
        return Stream.concat(
                        Stream.of(
                                page.list(),
                                page.limit(),
                                page.cursor(),
                                viewer.name(),
                                viewer.all(),
                                viewer.services().stream()
                                        .map(Object::toString)
                                        .sorted()
                                        .toList()),
                        Stream.of(more))
                .map(Object::toString)
                .reduce("", (a, b) -> a + "\n" + b);
    }

    /** The answer, or that the caller has it: then the view has come no further, and nothing is read. */
    static <T, B> ResponseEntity<B> answer(
            WebRequest request,
            String question,
            long position,
            Supplier<Positioned<T>> read,
            Function<Positioned<T>, B> body) {
        String tag = EntityTags.of(position, true, question);
        if (request.checkNotModified(tag)) {
            return EntityTags.notModified(tag);
        }
        var answer = read.get();
        return EntityTags.ok(EntityTags.of(answer.position(), answer.exact(), question))
                .body(body.apply(answer));
    }
}
