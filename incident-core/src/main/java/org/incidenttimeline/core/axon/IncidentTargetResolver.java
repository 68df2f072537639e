package org.incidenttimeline.core.axon;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.event.IncidentId;
import org.jspecify.annotations.Nullable;

/** Tells Axon which incident a command is for, so that commands carry no annotation of a framework. */
public final class IncidentTargetResolver implements CommandTargetResolver {
    private static final @Nullable Long ANY_VERSION = null;

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
        // The version that a caller expects is checked by the aggregate itself, where no policy of loading skips it.
        return new VersionedAggregateIdentifier((Object) incident(message).value(), ANY_VERSION);
    }

    private static IncidentId incident(CommandMessage<?> message) {
        return switch (message.getPayload()) {
            case IncidentCommand command -> command.incidentId();
            case CommandBatch batch -> batch.incidentId();
            case Object _ ->
                throw new IllegalArgumentException("not a command for an incident: " + message.getCommandName());
        };
    }
}
