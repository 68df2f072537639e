package org.incidenttimeline.core.axon;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.PlaybookCommand.*;
import org.incidenttimeline.core.event.PlaybookEvent;
import org.incidenttimeline.core.guidance.PlaybookDecider;
import org.incidenttimeline.core.guidance.Standing;
import org.jspecify.annotations.Nullable;

/** Axon's view of a playbook: routing and replay. Every rule lives in {@link PlaybookDecider}. */
public final class PlaybookAggregate {
    // Axon reads it.
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private @Nullable String id;

    private Standing standing = Standing.UNWRITTEN;

    PlaybookAggregate() {}

    // Axon finds a handler by the exact class of the command, so each command has its own.

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void on(DraftPlaybook command) {
        run(command);
    }

    @CommandHandler
    void on(RevisePlaybook command) {
        run(command);
    }

    @CommandHandler
    void on(ApprovePlaybook command) {
        run(command);
    }

    @CommandHandler
    void on(RetirePlaybook command) {
        run(command);
    }

    private void run(PlaybookCommand command) {
        var submission = Submission.of(CurrentUnitOfWork.get());
        submission.seen(standing.version());
        var events = PlaybookDecider.decide(standing, command);
        var metaData = MetaData.from(MetaDataOf.provenance(submission.provenance()));
        events.forEach(event -> AggregateLifecycle.apply(event, metaData));
        submission.decided(events);
    }

    @EventSourcingHandler
    void on(PlaybookEvent event) {
        id = event.streamId();
        standing = standing.evolve(event);
    }
}
