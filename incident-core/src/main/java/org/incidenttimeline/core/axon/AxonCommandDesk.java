package org.incidenttimeline.core.axon;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.caching.Cache;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.log.KeyTaken;
import org.incidenttimeline.core.log.LogFailure;
import org.incidenttimeline.core.log.LogReadOnly;
import org.incidenttimeline.core.log.LogUnavailable;
import org.incidenttimeline.core.log.OutcomeUnknown;
import org.incidenttimeline.core.log.ReceiptExists;

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
    private final Receipts receipts;
    private final Clock clock;

    /**
     * @param cache the cache of the aggregates
     * @param currentVersion how many events a stream of the log holds
     * @param receipts what was recorded under which key
     */
    public AxonCommandDesk(
            CommandBus commandBus, Cache cache, ToLongFunction<String> currentVersion, Receipts receipts, Clock clock) {
        this.commandBus = commandBus;
        this.cache = cache;
        this.currentVersion = currentVersion;
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * A key is looked up before anything is decided, and again after anything but success: the same request may have been
     * recorded meanwhile, by another node too, and that is then the reason why this one was not.
     */
    @Override
    public BatchAccepted submit(CommandBatch batch) {
        var earlier = recorded(batch);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            return record(batch);
        } catch (BatchRefused | NotAccepted e) {
            return meanwhile(batch, e).orElseThrow(() -> e);
        }
    }

    private Optional<BatchAccepted> meanwhile(CommandBatch batch, RuntimeException refused) {
        try {
            return recorded(batch);
        } catch (NotAccepted e) {
            if (e.reason() == Reason.IDEMPOTENCY_KEY_REUSED) {
                throw e;
            }
            refused.addSuppressed(e);
            return Optional.empty();
        }
    }

    private Optional<BatchAccepted> recorded(CommandBatch batch) {
        return batch.retryKey().flatMap(this::recorded);
    }

    @Override
    public Optional<BatchAccepted> recorded(RetryKey key) {
        try {
            return receipts.find(key);
        } catch (LogUnavailable e) {
            throw unavailable(e);
        }
    }

    private BatchAccepted record(CommandBatch batch) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var submission = new Submission(
                    batch.commands().getFirst().provenance(),
                    clock.instant(),
                    batch.expectedVersion(),
                    batch.retryKey());
            try {
                dispatch(batch, submission);
                if (!submission.changedNothing()) {
                    return submission.accepted(batch.streamId());
                }
                if (isCurrent(batch, submission)) {
                    keepUnchanged(batch, submission);
                    return submission.accepted(batch.streamId());
                }
            } catch (BatchRefused e) {
                if (isCurrent(batch, submission)) {
                    throw e;
                }
            } catch (NotAccepted e) {
                if (e.reason() != Reason.VERSION_MOVED || isCurrent(batch, submission)) {
                    throw e;
                }
            } catch (ConcurrencyException e) {
                // Somebody else appended first; the next attempt sees what they did.
            }
            cache.remove(batch.streamId());
        }
        throw new NotAccepted(
                Reason.CHANGED_CONCURRENTLY,
                "Others changed it at the same time, " + ATTEMPTS + " times in a row; read it and try again.",
                Map.of(),
                null);
    }

    private boolean isCurrent(CommandBatch batch, Submission submission) {
        try {
            return currentVersion.applyAsLong(batch.streamId()) == submission.seenVersion();
        } catch (LogUnavailable e) {
            throw translated(e, batch);
        }
    }

    private void keepUnchanged(CommandBatch batch, Submission submission) {
        try {
            batch.retryKey()
                    .ifPresent(key -> receipts.keepUnchanged(
                            key,
                            batch.commands().getFirst().command(),
                            submission.seenVersion(),
                            batch.commands().size()));
        } catch (LogFailure e) {
            throw translated(e, batch);
        }
    }

    private void dispatch(CommandBatch batch, Submission submission) {
        var callback = new FutureCallback<Object, Object>();
        // A command by itself has its own handler, which does not make an incident that is not there.
        Object payload =
                batch.commands().size() == 1 ? batch.commands().getFirst().command() : batch;
        var message = new GenericCommandMessage<>(payload, submission.asMetaData());
        commandBus.dispatch(message, callback);
        var failure = callback.getResult().optionalExceptionResult();
        if (failure.isPresent()) {
            throw translated(failure.get(), batch);
        }
    }

    private static RuntimeException translated(Throwable failure, CommandBatch batch) {
        return switch (failure) {
            case AggregateNotFoundException _ ->
                new BatchRefused(0, notThere(batch.commands().getFirst().command()));
            case KeyTaken e ->
                new NotAccepted(
                        Reason.DEDUP_KEY_TAKEN,
                        "The open incident " + e.holder() + " has this deduplication key.",
                        Map.of("dedupKey", e.key(), "incidentId", e.holder()),
                        e);
            case LogUnavailable e -> unavailable(e);
            case LogReadOnly e ->
                new NotAccepted(
                        Reason.LOG_READ_ONLY,
                        "Nothing was recorded: a check found the record changed, and it stays as it is until that is cleared up.",
                        Map.of(),
                        e);
            case OutcomeUnknown e ->
                new NotAccepted(
                        Reason.OUTCOME_UNKNOWN,
                        batch.retryKey().isPresent()
                                ? "Whether this was recorded is not known; ask again under the same key to learn it."
                                : "Whether this was recorded is not known; read before trying again.",
                        Map.of(),
                        e);
            // The receipt is looked up next; it is gone only if it was forgotten in this moment.
            case ReceiptExists e ->
                new NotAccepted(
                        Reason.CHANGED_CONCURRENTLY, "The same was asked at the same time; ask again.", Map.of(), e);
            case RefusedException e -> new BatchRefused(0, e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(failure);
        };
    }

    private static NotAccepted unavailable(LogUnavailable e) {
        return new NotAccepted(Reason.LOG_UNAVAILABLE, "Nothing was recorded; try again in a moment.", Map.of(), e);
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
