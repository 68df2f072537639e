package org.incidenttimeline.api.declaration;

import java.util.Optional;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.DetectionSource;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Reference;

/** How an incident came to be known, as requests tell it. */
record DetectionRequest(DetectionSource source, Optional<OccurredAt> at, Optional<Reference> reference) {
    Detection toDetection() {
        return new Detection(source, at, reference);
    }
}
