package org.incidenttimeline.core.axon;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.DomainCommand;
import org.jspecify.annotations.Nullable;

/** Tells Axon which stream a command is for, so that commands carry no annotation of a framework. */
public final class StreamTargetResolver implements CommandTargetResolver {
    private static final @Nullable Long ANY_VERSION = null;

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
        // The version that a caller expects is checked by the aggregate itself, where no policy of loading skips it.
        return new VersionedAggregateIdentifier((Object) stream(message), ANY_VERSION);
    }

    private static String stream(CommandMessage<?> message) {
        return switch (message.getPayload()) {
            case DomainCommand command -> command.streamId();
            case CommandBatch batch -> batch.streamId();
            case Object _ ->
                throw new IllegalArgumentException("not a command of the domain: " + message.getCommandName());
        };
    }
}
