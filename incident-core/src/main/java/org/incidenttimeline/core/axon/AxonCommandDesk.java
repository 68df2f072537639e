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
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.log.KeyTaken;
import org.incidenttimeline.core.log.LogUnavailable;
import org.incidenttimeline.core.log.OutcomeUnknown;

/**
 * Hands commands to Axon, and answers in the terms of the domain.
 *
 * <p>An incident may be cached, and on another node it may have moved on. An append proves that the cached one was right.
 * A refusal, or a command that changes nothing, proves nothing: it is believed only where the log is still at the version
 * on which it rests.
 */
public final class AxonCommandDesk implements CommandDesk {
    private static final int ATTEMPTS = 5;

    private final CommandBus commandBus;
    private final Cache cache;
    private final ToLongFunction<IncidentId> currentVersion;
    private final Clock clock;

    /**
     * @param cache the cache of the aggregates
     * @param currentVersion how many events the log holds of an incident
     */
    public AxonCommandDesk(CommandBus commandBus, Cache cache, ToLongFunction<IncidentId> currentVersion, Clock clock) {
        this.commandBus = commandBus;
        this.cache = cache;
        this.currentVersion = currentVersion;
        this.clock = clock;
    }

    @Override
    public Accepted submit(IncidentCommand command, Provenance provenance, OptionalLong expectedVersion) {
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
            cache.remove(command.incidentId().value());
        }
        throw new NotAccepted(
                Reason.CHANGED_CONCURRENTLY,
                "Others changed the incident at the same time, " + ATTEMPTS + " times in a row; read it and try again.",
                Map.of(),
                null);
    }

    private boolean isCurrent(IncidentCommand command, Submission submission) {
        try {
            return currentVersion.applyAsLong(command.incidentId()) == submission.seenVersion();
        } catch (LogUnavailable e) {
            throw translated(e, command);
        }
    }

    private void dispatch(IncidentCommand command, Submission submission) {
        var callback = new FutureCallback<IncidentCommand, Object>();
        var message = new GenericCommandMessage<>(command, submission.asMetaData());
        commandBus.dispatch(message, callback);
        var failure = callback.getResult().optionalExceptionResult();
        if (failure.isPresent()) {
            throw translated(failure.get(), command);
        }
    }

    private static RuntimeException translated(Throwable failure, IncidentCommand command) {
        return switch (failure) {
            case AggregateNotFoundException _ ->
                Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + command.incidentId() + ".");
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
                        "Whether this was recorded is not known; read the incident before trying again.",
                        Map.of(),
                        e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(failure);
        };
    }
}
