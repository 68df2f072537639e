package org.incidenttimeline.core.event;

import java.time.Instant;

/**
 * An event of an incident as the log holds it.
 *
 * @param event what happened
 * @param eventId the event's own identifier
 * @param position its place in the whole log, from 1 without gaps, in the order of commits
 * @param version its place in its incident, from 1 without gaps; also the number of its timeline entry
 * @param recordedAt when the log accepted it, by the server's clock; never decreases with the position
 * @param provenance who did it, and how
 */
public record RecordedEvent(
        IncidentEvent event, String eventId, long position, long version, Instant recordedAt, Provenance provenance)
        implements Recorded {}
