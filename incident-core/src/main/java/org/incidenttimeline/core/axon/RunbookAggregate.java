package org.incidenttimeline.core.axon;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.command.RunbookCommand.*;
import org.incidenttimeline.core.event.RunbookEvent;
import org.incidenttimeline.core.guidance.RunbookDecider;
import org.incidenttimeline.core.guidance.Standing;
import org.jspecify.annotations.Nullable;

/** Axon's view of a runbook: routing and replay. Every rule lives in {@link RunbookDecider}. */
public final class RunbookAggregate {
    // Axon reads it.
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private @Nullable String id;

    private Standing standing = Standing.UNWRITTEN;

    RunbookAggregate() {}

    // Axon finds a handler by the exact class of the command, so each command has its own.

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void on(DraftRunbook command) {
        run(command);
    }

    @CommandHandler
    void on(ReviseRunbook command) {
        run(command);
    }

    @CommandHandler
    void on(ApproveRunbook command) {
        run(command);
    }

    @CommandHandler
    void on(RetireRunbook command) {
        run(command);
    }

    private void run(RunbookCommand command) {
        var submission = Submission.of(CurrentUnitOfWork.get());
        submission.seen(standing.version());
        var events = RunbookDecider.decide(standing, command);
        var metaData = MetaData.from(MetaDataOf.provenance(submission.provenance()));
        events.forEach(event -> AggregateLifecycle.apply(event, metaData));
        submission.decided(events);
    }

    @EventSourcingHandler
    void on(RunbookEvent event) {
        id = event.streamId();
        standing = standing.evolve(event);
    }
}
