package org.incidenttimeline.api.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.incidenttimeline.core.command.BatchAccepted;

/**
 * What the giver of accepted commands is told.
 *
 * @param incidentId the incident
 * @param version its version now
 * @param position the place in the whole log of the last event recorded; absent when everything was so already
 * @param commands what was recorded for each command, in their order
 */
public record BatchAnswer(String incidentId, long version, OptionalLong position, List<Part> commands) {
    public BatchAnswer {
        commands = List.copyOf(commands);
    }

    /**
     * What one command led to.
     *
     * @param events what was recorded, in order
     */
    public record Part(List<CommandAnswer.Event> events) {
        public Part {
            events = List.copyOf(events);
        }
    }

    static BatchAnswer of(BatchAccepted batch) {
        var accepted = batch.accepted();
        var parts = new ArrayList<Part>();
        long[] entry = {accepted.version() - accepted.events().size()};
        for (var events : batch.eventsOfEach()) {
            parts.add(new Part(IntStream.range(0, events.size())
                    .mapToObj(i -> CommandAnswer.Event.of(events.get(i), ++entry[0]))
                    .toList()));
        }
        return new BatchAnswer(batch.streamId(), accepted.version(), accepted.position(), parts);
    }
}
