package org.incidenttimeline.core.event;

import java.util.Optional;

/**
 * The status that a source gave an incident at some moment.
 *
 * @param called the source's own word, for instance {@code monitoring}
 * @param means what it says of the response; empty where it says nothing of it, as {@code postmortem} does
 */
public record SourceStatus(Reference called, Optional<StatusMeaning> means) {}
