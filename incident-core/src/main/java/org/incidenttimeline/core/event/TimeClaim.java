package org.incidenttimeline.core.event;

/** A time that somebody else claims for the same thing; nobody has settled which one is right. */
public record TimeClaim(OccurredAt time, Reference claimedBy) {}
