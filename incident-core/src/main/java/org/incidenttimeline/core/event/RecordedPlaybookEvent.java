package org.incidenttimeline.core.event;

import java.time.Instant;

/** An event of a playbook as the log holds it; see {@link Recorded}. */
public record RecordedPlaybookEvent(
        PlaybookEvent event, String eventId, long position, long version, Instant recordedAt, Provenance provenance)
        implements Recorded {}
