package org.incidenttimeline.core.axon;

import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.caching.Cache;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.log.KeyTaken;
import org.incidenttimeline.core.log.LogUnavailable;
import org.incidenttimeline.core.log.OutcomeUnknown;

/**
 * Hands commands to Axon, and answers in the terms of the domain.
 *
 * <p>What a command is for may be cached, and on another node it may have moved on. An append proves that the cached one was right.
 * A refusal, or a command that changes nothing, proves nothing: it is believed only where the log is still at the version
 * on which it rests.
 */
public final class AxonCommandDesk implements CommandDesk {
    private static final int ATTEMPTS = 5;

    private final CommandBus commandBus;
    private final Cache cache;
    private final ToLongFunction<String> currentVersion;
    private final Clock clock;

    /**
     * @param cache the cache of the aggregates
     * @param currentVersion how many events a stream of the log holds
     */
    public AxonCommandDesk(CommandBus commandBus, Cache cache, ToLongFunction<String> currentVersion, Clock clock) {
        this.commandBus = commandBus;
        this.cache = cache;
        this.currentVersion = currentVersion;
        this.clock = clock;
    }

    @Override
    public Accepted submit(DomainCommand command, Provenance provenance, OptionalLong expectedVersion) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var submission = new Submission(provenance, clock.instant(), expectedVersion);
            try {
                dispatch(command, submission);
                if (!submission.accepted().events().isEmpty() || isCurrent(command, submission)) {
                    return submission.accepted();
                }
            } catch (RefusedException e) {
                if (isCurrent(command, submission)) {
                    throw e;
                }
            } catch (NotAccepted e) {
                if (e.reason() != Reason.VERSION_MOVED || isCurrent(command, submission)) {
                    throw e;
                }
            } catch (ConcurrencyException e) {
                // Somebody else appended first; the next attempt sees what they did.
            }
            cache.remove(command.streamId());
        }
        throw new NotAccepted(
                Reason.CHANGED_CONCURRENTLY,
                "Others changed it at the same time, " + ATTEMPTS + " times in a row; read it and try again.",
                Map.of(),
                null);
    }

    private boolean isCurrent(DomainCommand command, Submission submission) {
        try {
            return currentVersion.applyAsLong(command.streamId()) == submission.seenVersion();
        } catch (LogUnavailable e) {
            throw translated(e, command);
        }
    }

    private void dispatch(DomainCommand command, Submission submission) {
        var callback = new FutureCallback<DomainCommand, Object>();
        var message = new GenericCommandMessage<>(command, submission.asMetaData());
        commandBus.dispatch(message, callback);
        var failure = callback.getResult().optionalExceptionResult();
        if (failure.isPresent()) {
            throw translated(failure.get(), command);
        }
    }

    private static RuntimeException translated(Throwable failure, DomainCommand command) {
        return switch (failure) {
            case AggregateNotFoundException _ -> notThere(command);
            case KeyTaken e ->
                new NotAccepted(
                        Reason.DEDUP_KEY_TAKEN,
                        "The open incident " + e.holder() + " has this deduplication key.",
                        Map.of("dedupKey", e.key(), "incidentId", e.holder()),
                        e);
            case LogUnavailable e ->
                new NotAccepted(Reason.LOG_UNAVAILABLE, "Nothing was recorded; try again in a moment.", Map.of(), e);
            case OutcomeUnknown e ->
                new NotAccepted(
                        Reason.OUTCOME_UNKNOWN,
                        "Whether this was recorded is not known; read before trying again.",
                        Map.of(),
                        e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(failure);
        };
    }

    private static RefusedException notThere(DomainCommand command) {
        return switch (command) {
            case IncidentCommand c ->
                Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + c.incidentId() + ".");
            case RunbookCommand c -> Refusal.RUNBOOK_NOT_DRAFTED.because("There is no runbook " + c.runbookId() + ".");
            case PlaybookCommand c ->
                Refusal.PLAYBOOK_NOT_DRAFTED.because("There is no playbook " + c.playbookId() + ".");
        };
    }
}
