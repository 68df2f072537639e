package org.incidenttimeline.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.Provenance;

/** A desk that remembers what was handed in, and answers what the test wants. */
final class RememberingDesk implements CommandDesk {
    /** What was handed in at once. */
    record Handed(
            DomainCommand command, Provenance provenance, OptionalLong expectedVersion, Optional<RetryKey> retryKey) {}

    private final List<Handed> handed = new ArrayList<>();
    private Function<DomainCommand, Accepted> answer = RememberingDesk::nothingNew;

    synchronized void reset() {
        handed.clear();
        answer = RememberingDesk::nothingNew;
    }

    synchronized void answers(Function<DomainCommand, Accepted> newAnswer) {
        answer = newAnswer;
    }

    synchronized void throwing(RuntimeException failure) {
        answer = _ -> {
            throw failure;
        };
    }

    synchronized List<Handed> handed() {
        return List.copyOf(handed);
    }

    Optional<Handed> last() {
        var all = handed();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    @Override
    public BatchAccepted submit(CommandBatch batch) {
        Function<DomainCommand, Accepted> now;
        synchronized (this) {
            batch.commands()
                    .forEach(given -> handed.add(new Handed(
                            given.command(), given.provenance(), batch.expectedVersion(), batch.retryKey())));
            now = answer;
        }
        var accepted = now.apply(batch.commands().getFirst().command());
        var parts = new ArrayList<>(Collections.nCopies(batch.commands().size(), 0));
        parts.set(0, accepted.events().size());
        return new BatchAccepted(batch.streamId(), accepted, parts, false);
    }

    @Override
    public Optional<BatchAccepted> recorded(RetryKey key) {
        return Optional.empty();
    }

    private static Accepted nothingNew(DomainCommand command) {
        return new Accepted(7, OptionalLong.empty(), List.of());
    }
}
