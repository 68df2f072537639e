package org.incidenttimeline.core.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.Provenance;

/**
 * A command, or several for one incident that are handed in together. Each is decided on what the ones before it lead to, and what
 * follows from them is recorded all or not at all.
 *
 * @param commands 1 to {@value #MOST_COMMANDS}
 * @param expectedVersion the version that the caller has seen of what they are for; empty to accept any
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
    public record Given(DomainCommand command, Provenance provenance) {}

    public CommandBatch {
        commands = List.copyOf(commands);
        if (commands.isEmpty() || commands.size() > MOST_COMMANDS) {
            throw new IllegalArgumentException(
                    "1 to " + MOST_COMMANDS + " commands are handed in together, not " + commands.size());
        }
        var stream = commands.getFirst().command().streamId();
        if (commands.size() > 1
                && !commands.stream()
                        .allMatch(given -> given.command() instanceof IncidentCommand command
                                && command.streamId().equals(stream))) {
            throw new IllegalArgumentException("commands that are handed in together are for one incident");
        }
    }

    /** One command, by itself. */
    public static CommandBatch of(DomainCommand command, Provenance provenance, OptionalLong expectedVersion) {
        return new CommandBatch(List.of(new Given(command, provenance)), expectedVersion, Optional.empty());
    }

    /** The stream of what they are for. */
    public String streamId() {
        return commands.getFirst().command().streamId();
    }
}
