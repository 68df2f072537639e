package org.incidenttimeline.api.submission;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.ItemId;

/**
 * What the giver of an accepted command is told.
 *
 * @param incidentId the incident
 * @param version its version now
 * @param position the place in the whole log of the last event recorded; absent when everything was so already
 * @param events what was recorded, in order
 */
public record CommandAnswer(String incidentId, long version, OptionalLong position, List<Event> events) {
    public CommandAnswer {
        events = List.copyOf(events);
    }

    /**
     * One event that was recorded.
     *
     * @param kind what happened, for instance {@code hypothesis-proposed}
     * @param entry its number in the incident's timeline
     * @param item the thing that it made or changed, for instance {@code hypothesis-1}
     */
    public record Event(String kind, long entry, Optional<String> item) {
        static Event of(DomainEvent event, long entry) {
            return new Event(EventCatalogue.kindOf(event), entry, event.item().map(ItemId::value));
        }
    }

    static CommandAnswer of(BatchAccepted batch) {
        var accepted = batch.accepted();
        var events = accepted.events();
        long before = accepted.version() - events.size();
        return new CommandAnswer(
                batch.streamId(),
                accepted.version(),
                accepted.position(),
                IntStream.range(0, events.size())
                        .mapToObj(i -> Event.of(events.get(i), before + i + 1))
                        .toList());
    }
}
