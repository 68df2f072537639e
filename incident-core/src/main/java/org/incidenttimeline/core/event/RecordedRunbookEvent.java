package org.incidenttimeline.core.event;

import java.time.Instant;

/** An event of a runbook as the log holds it; see {@link Recorded}. */
public record RecordedRunbookEvent(
        RunbookEvent event, String eventId, long position, long version, Instant recordedAt, Provenance provenance)
        implements Recorded {}
