package org.incidenttimeline.core.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Provenance;

/**
 * Commands for one incident that are handed in together. Each is decided on what the ones before it lead to, and what
 * follows from them is recorded all or not at all.
 *
 * @param commands 1 to {@value #MOST_COMMANDS}
 * @param expectedVersion the version of the incident that the caller has seen; empty to accept any
 * @param retryKey under which the caller may ask again
 */
public record CommandBatch(List<Given> commands, OptionalLong expectedVersion, Optional<RetryKey> retryKey) {
    /** Most commands handed in together. */
    public static final int MOST_COMMANDS = 100;

    /**
     * A command and who gave it.
     *
     * @param command what is asked
     * @param provenance who asks, kept with every event that follows
     */
    public record Given(IncidentCommand command, Provenance provenance) {}

    public CommandBatch {
        commands = List.copyOf(commands);
        if (commands.isEmpty() || commands.size() > MOST_COMMANDS) {
            throw new IllegalArgumentException(
                    "1 to " + MOST_COMMANDS + " commands are handed in together, not " + commands.size());
        }
        var incident = commands.getFirst().command().incidentId();
        if (!commands.stream().allMatch(given -> given.command().incidentId().equals(incident))) {
            throw new IllegalArgumentException("commands that are handed in together are for one incident");
        }
    }

    /** One command, by itself. */
    public static CommandBatch of(IncidentCommand command, Provenance provenance, OptionalLong expectedVersion) {
        return new CommandBatch(List.of(new Given(command, provenance)), expectedVersion, Optional.empty());
    }

    public IncidentId incidentId() {
        return commands.getFirst().command().incidentId();
    }
}
