package org.incidenttimeline.api.access.key;

import java.time.Instant;
import org.incidenttimeline.api.access.key.ApiKey.Deed;
import org.incidenttimeline.core.event.Person;

/** Who did it, and when. */
public record DeedResponse(Person by, Instant at) {
    static DeedResponse of(Deed deed) {
        return new DeedResponse(deed.by(), deed.at());
    }
}
