package org.incidenttimeline.core.event;

import java.util.Optional;

/** How an incident came to be known, when, and the alert or ticket that said so. */
public record Detection(DetectionSource source, Optional<OccurredAt> at, Optional<Reference> reference) {}
