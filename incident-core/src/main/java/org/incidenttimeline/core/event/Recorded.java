package org.incidenttimeline.core.event;

import java.time.Instant;

/** An event of any kind as the log holds it. */
public sealed interface Recorded permits RecordedEvent, RecordedRunbookEvent, RecordedPlaybookEvent {
    /** What happened. */
    DomainEvent event();

    /** The event's own identifier. */
    String eventId();

    /** Its place in the whole log, from 1 without gaps, in the order of commits. */
    long position();

    /** Its place in its stream, from 1 without gaps. */
    long version();

    /** When the log accepted it, by the server's clock; never decreases with the position. */
    Instant recordedAt();

    /** Who did it, and how. */
    Provenance provenance();
}
