package org.incidenttimeline.core.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.DomainEvent;

/**
 * What an accepted command led to.
 *
 * @param version the version afterwards of what the command was for; the events hold the last versions up to it
 * @param position the place in the whole log of the last event recorded; empty when it was so already
 * @param events what was recorded, in order; empty when it was so already
 * @param receipt where that stands in the ledger; empty when nothing was recorded now
 */
public record Accepted(long version, OptionalLong position, List<DomainEvent> events, Optional<LedgerReceipt> receipt) {

    /** Without a receipt: nothing was recorded now. */
    public Accepted(long version, OptionalLong position, List<DomainEvent> events) {
        this(version, position, events, Optional.empty());
    }

    public Accepted {
        events = List.copyOf(events);
    }
}
