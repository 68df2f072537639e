package org.incidenttimeline.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.event.Provenance;

/** A desk that remembers what was handed in, and answers what the test wants. */
final class RememberingDesk implements CommandDesk {
    /** What was handed in at once. */
    record Handed(DomainCommand command, Provenance provenance, OptionalLong expectedVersion) {}

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
    public Accepted submit(DomainCommand command, Provenance provenance, OptionalLong expectedVersion) {
        Function<DomainCommand, Accepted> now;
        synchronized (this) {
            handed.add(new Handed(command, provenance, expectedVersion));
            now = answer;
        }
        return now.apply(command);
    }

    private static Accepted nothingNew(DomainCommand command) {
        return new Accepted(7, OptionalLong.empty(), List.of());
    }
}
