package org.incidenttimeline.core.axon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandBatch.Given;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.incident.Incident;
import org.incidenttimeline.core.incident.IncidentDecider;
import org.incidenttimeline.core.incident.RefusedException;
import org.jspecify.annotations.Nullable;

/** Axon's view of an incident: routing and replay. Every rule lives in {@link IncidentDecider}. */
public final class IncidentAggregate {
    // Axon reads it.
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private @Nullable String id;

    private Incident incident = Incident.undeclared();

    IncidentAggregate() {}

    // Axon finds a handler by the exact class of the command, so each command has its own.

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void on(DeclareIncident command) {
        run(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void on(ImportIncident command) {
        run(command);
    }

    @CommandHandler
    void on(ImportEntry command) {
        run(command);
    }

    @CommandHandler
    void on(AssignRole command) {
        run(command);
    }

    @CommandHandler
    void on(HandOverRole command) {
        run(command);
    }

    @CommandHandler
    void on(ChangeSeverity command) {
        run(command);
    }

    @CommandHandler
    void on(AssessImpact command) {
        run(command);
    }

    @CommandHandler
    void on(CancelIncident command) {
        run(command);
    }

    @CommandHandler
    void on(MergeInto command) {
        run(command);
    }

    @CommandHandler
    void on(FreezeChanges command) {
        run(command);
    }

    @CommandHandler
    void on(GrantFreezeException command) {
        run(command);
    }

    @CommandHandler
    void on(LiftFreeze command) {
        run(command);
    }

    @CommandHandler
    void on(RecordSymptom command) {
        run(command);
    }

    @CommandHandler
    void on(RecordChange command) {
        run(command);
    }

    @CommandHandler
    void on(LinkChange command) {
        run(command);
    }

    @CommandHandler
    void on(PreserveEvidence command) {
        run(command);
    }

    @CommandHandler
    void on(ProposeHypothesis command) {
        run(command);
    }

    @CommandHandler
    void on(MakePrimary command) {
        run(command);
    }

    @CommandHandler
    void on(LinkEvidence command) {
        run(command);
    }

    @CommandHandler
    void on(SetAside command) {
        run(command);
    }

    @CommandHandler
    void on(BeginTest command) {
        run(command);
    }

    @CommandHandler
    void on(ConcludeTest command) {
        run(command);
    }

    @CommandHandler
    void on(BeginMitigation command) {
        run(command);
    }

    @CommandHandler
    void on(CompleteMitigation command) {
        run(command);
    }

    @CommandHandler
    void on(FailMitigation command) {
        run(command);
    }

    @CommandHandler
    void on(RollBackMitigation command) {
        run(command);
    }

    @CommandHandler
    void on(VerifyRecovery command) {
        run(command);
    }

    @CommandHandler
    void on(PlanCommunication command) {
        run(command);
    }

    @CommandHandler
    void on(PublishUpdate command) {
        run(command);
    }

    @CommandHandler
    void on(RecordMissedUpdate command) {
        run(command);
    }

    @CommandHandler
    void on(AddNote command) {
        run(command);
    }

    @CommandHandler
    void on(CorrectEntry command) {
        run(command);
    }

    @CommandHandler
    void on(PinEntry command) {
        run(command);
    }

    @CommandHandler
    void on(UnpinEntry command) {
        run(command);
    }

    @CommandHandler
    void on(RequestRedaction command) {
        run(command);
    }

    @CommandHandler
    void on(RedactEntry command) {
        run(command);
    }

    @CommandHandler
    void on(PlanInjects command) {
        run(command);
    }

    @CommandHandler
    void on(DeliverInject command) {
        run(command);
    }

    @CommandHandler
    void on(EndExercise command) {
        run(command);
    }

    @CommandHandler
    void on(BeginReview command) {
        run(command);
    }

    @CommandHandler
    void on(RecordFinding command) {
        run(command);
    }

    @CommandHandler
    void on(ReviseFinding command) {
        run(command);
    }

    @CommandHandler
    void on(AssignAction command) {
        run(command);
    }

    @CommandHandler
    void on(ReassignAction command) {
        run(command);
    }

    @CommandHandler
    void on(RescheduleAction command) {
        run(command);
    }

    @CommandHandler
    void on(RecordOverdueAction command) {
        run(command);
    }

    @CommandHandler
    void on(CompleteAction command) {
        run(command);
    }

    @CommandHandler
    void on(DropAction command) {
        run(command);
    }

    @CommandHandler
    void on(PublishPostmortem command) {
        run(command);
    }

    @CommandHandler
    void on(CloseIncident command) {
        run(command);
    }

    @CommandHandler
    void on(ReopenIncident command) {
        run(command);
    }

    /** Several at once; the first may declare the incident. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void on(CommandBatch batch) {
        run(batch.commands());
    }

    @CommandHandler
    void on(FollowRunbook command) {
        run(command);
    }

    @CommandHandler
    void on(CompleteRunbookStep command) {
        run(command);
    }

    @CommandHandler
    void on(ApplyPlaybook command) {
        run(command);
    }

    @CommandHandler
    void on(EstablishAwareness command) {
        run(command);
    }

    @CommandHandler
    void on(ClassifyIncident command) {
        run(command);
    }

    @CommandHandler
    void on(SubmitNotification command) {
        run(command);
    }

    @CommandHandler
    void on(RecordMissedNotification command) {
        run(command);
    }

    private void run(IncidentCommand command) {
        run(List.of(new Given(command, Submission.of(CurrentUnitOfWork.get()).provenance())));
    }

    private void run(List<Given> commands) {
        var submission = Submission.of(CurrentUnitOfWork.get());
        submission.seen(incident.version());
        var decided = decide(commands, submission.receivedAt());
        var keyBefore = incident.dedupKeyHeld();
        // All is decided before the first event is applied: applying changes the state that decides.
        for (int i = 0; i < decided.size(); i++) {
            var metaData = MetaData.from(MetaDataOf.provenance(commands.get(i).provenance()));
            decided.get(i).forEach(event -> AggregateLifecycle.apply(event, metaData));
        }
        submission.decided(decided, keyBefore, incident.dedupKeyHeld());
    }

    private static IncidentCommand command(Given given) {
        return switch (given.command()) {
            case IncidentCommand command -> command;
            case RunbookCommand _, PlaybookCommand _ ->
                throw new IllegalArgumentException("not a command for an incident: " + given.command());
        };
    }

    /** What each command leads to, decided on what the ones before it lead to. */
    private List<List<IncidentEvent>> decide(List<Given> commands, Instant receivedAt) {
        var decided = new ArrayList<List<IncidentEvent>>(commands.size());
        var state = incident;
        for (var given : commands) {
            try {
                var events = IncidentDecider.decide(state, command(given), receivedAt);
                for (var event : events) {
                    state = state.evolve(event);
                }
                decided.add(events);
            } catch (RefusedException e) {
                throw new BatchRefused(decided.size(), e);
            }
        }
        return decided;
    }

    @EventSourcingHandler
    void on(IncidentEvent event) {
        id = event.incidentId().value();
        incident = incident.evolve(event);
    }
}
