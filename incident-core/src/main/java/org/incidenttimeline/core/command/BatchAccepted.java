package org.incidenttimeline.core.command;

import java.util.ArrayList;
import java.util.List;
import org.incidenttimeline.core.event.DomainEvent;

/**
 * What an accepted batch led to.
 *
 * @param streamId the stream of what the commands were for
 * @param accepted what was recorded, of all commands together
 * @param parts how many of the events each command led to, in their order
 * @param replayed whether this was recorded earlier, under the same key, and is now told again
 */
public record BatchAccepted(String streamId, Accepted accepted, List<Integer> parts, boolean replayed) {
    public BatchAccepted {
        parts = List.copyOf(parts);
    }

    /** The events of each command, in their order. */
    public List<List<DomainEvent>> eventsOfEach() {
        var all = new ArrayList<List<DomainEvent>>(parts.size());
        int from = 0;
        for (int count : parts) {
            all.add(accepted.events().subList(from, from + count));
            from += count;
        }
        return List.copyOf(all);
    }
}
