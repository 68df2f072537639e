package org.incidenttimeline.core.axon;

import java.util.Optional;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.RetryKey;

/** What the log knows of keys that callers gave. */
public interface Receipts {
    /**
     * What was recorded under the key.
     *
     * @throws org.incidenttimeline.core.command.NotAccepted if something else was
     */
    Optional<BatchAccepted> find(RetryKey key);

    /**
     * Keeps that commands changed nothing.
     *
     * @param first the first of them
     * @param version at which what they are for stayed
     * @param commands how many they were
     */
    void keepUnchanged(RetryKey key, DomainCommand first, long version, int commands);
}
