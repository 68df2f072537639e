package org.incidenttimeline.core.command;

import java.util.ArrayList;
import java.util.List;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentId;

/**
 * What an accepted batch led to.
 *
 * @param incidentId the incident
 * @param accepted what was recorded, of all commands together
 * @param parts how many of the events each command led to, in their order
 * @param replayed whether this was recorded earlier, under the same key, and is now told again
 */
public record BatchAccepted(IncidentId incidentId, Accepted accepted, List<Integer> parts, boolean replayed) {
    public BatchAccepted {
        parts = List.copyOf(parts);
    }

    /** The events of each command, in their order. */
    public List<List<IncidentEvent>> eventsOfEach() {
        var all = new ArrayList<List<IncidentEvent>>(parts.size());
        int from = 0;
        for (int count : parts) {
            all.add(accepted.events().subList(from, from + count));
            from += count;
        }
        return List.copyOf(all);
    }
}
