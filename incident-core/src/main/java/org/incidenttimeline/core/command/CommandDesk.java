package org.incidenttimeline.core.command;

import java.util.OptionalLong;
import org.incidenttimeline.core.event.Provenance;

/** Where commands are handed in. */
public interface CommandDesk {
    /**
     * Decides a command and records what follows from it. When this returns, the events are on disk.
     *
     * @param command what is asked
     * @param provenance who asks, kept with every event
     * @param expectedVersion the version of what it is asked of that the caller has seen; empty to accept any
     * @throws org.incidenttimeline.core.incident.RefusedException if a rule refuses; nothing was recorded
     * @throws NotAccepted if something other than a rule stands in the way; its reason says whether it may be recorded
     */
    Accepted submit(DomainCommand command, Provenance provenance, OptionalLong expectedVersion);
}
