package org.incidenttimeline.projections;

import java.util.List;
import org.incidenttimeline.core.event.RecordedEvent;

/**
 * A view as a function of what was recorded of one incident. The live table, a rebuild and the answer "as of" a version
 * all run the same function, so an implementation reads no clock, keeps no state and depends on nothing but its
 * arguments. Events come in the order of their versions, each once.
 */
public interface Fold<V> {
    /** The view of an incident of which nothing is recorded. */
    V empty();

    /** The view after one event more. */
    V apply(V view, RecordedEvent event);

    /** The view of a whole history, or of the beginning of one. */
    default V replay(List<RecordedEvent> events) {
        V view = empty();
        for (RecordedEvent event : events) {
            view = apply(view, event);
        }
        return view;
    }
}
