package org.incidenttimeline.core.command;

import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.Provenance;

/** Where commands are handed in. */
public interface CommandDesk {
    /**
     * Decides commands, one after the other, and records what follows from them. When this returns, the events are on disk.
     * What was recorded under the same key before is not recorded again, whatever has happened to the incident since.
     *
     * @throws BatchRefused if a rule refuses one of the commands; nothing was recorded
     * @throws NotAccepted if something other than a rule stands in the way; its reason says whether it may be recorded
     */
    BatchAccepted submit(CommandBatch batch);

    /**
     * What was recorded under a key before, if anything was.
     *
     * @throws NotAccepted if something else was asked under the key, or the log cannot be read now
     */
    Optional<BatchAccepted> recorded(RetryKey key);

    /**
     * Decides one command, and records what follows from it.
     *
     * @param command what is asked
     * @param provenance who asks, kept with every event
     * @param expectedVersion the version of what it is asked of that the caller has seen; empty to accept any
     * @throws org.incidenttimeline.core.incident.RefusedException if a rule refuses; nothing was recorded
     * @throws NotAccepted if something other than a rule stands in the way; its reason says whether it may be recorded
     */
    default Accepted submit(DomainCommand command, Provenance provenance, OptionalLong expectedVersion) {
        try {
            return submit(CommandBatch.of(command, provenance, expectedVersion)).accepted();
        } catch (BatchRefused e) {
            throw e.refusal();
        }
    }
}
