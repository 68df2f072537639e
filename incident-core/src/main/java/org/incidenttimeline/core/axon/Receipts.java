package org.incidenttimeline.core.axon;

import java.util.Optional;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.IncidentId;

/** What the log knows of keys that callers gave. */
public interface Receipts {
    /**
     * What was recorded under the key.
     *
     * @throws org.incidenttimeline.core.command.NotAccepted if something else was
     */
    Optional<BatchAccepted> find(RetryKey key);

    /** Keeps that commands changed nothing of an incident at that version. */
    void keepUnchanged(RetryKey key, IncidentId incident, long version, int commands);
}
