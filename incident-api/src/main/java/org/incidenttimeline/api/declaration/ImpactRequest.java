package org.incidenttimeline.api.declaration;

import java.util.Optional;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.Spread;
import org.incidenttimeline.core.event.Text;

/** What users and systems suffer. A spread that is not given is not known. */
record ImpactRequest(Text broken, Optional<Text> stillWorks, Optional<Text> affected, Optional<Spread> spread) {
    Impact toImpact() {
        return new Impact(broken, stillWorks, affected, spread.orElse(Spread.UNKNOWN));
    }
}
