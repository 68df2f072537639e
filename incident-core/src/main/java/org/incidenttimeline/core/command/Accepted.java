package org.incidenttimeline.core.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.IncidentEvent;

/**
 * What an accepted command led to.
 *
 * @param version the incident's version afterwards; the events hold the last versions up to it
 * @param position the place in the whole log of the last event recorded; empty when the incident was so already
 * @param events what was recorded, in order; empty when the incident was so already
 * @param receipt where that stands in the ledger; empty when nothing was recorded now
 */
public record Accepted(
        long version, OptionalLong position, List<IncidentEvent> events, Optional<LedgerReceipt> receipt) {

    /** Without a receipt: nothing was recorded now. */
    public Accepted(long version, OptionalLong position, List<IncidentEvent> events) {
        this(version, position, events, Optional.empty());
    }

    public Accepted {
        events = List.copyOf(events);
    }
}
