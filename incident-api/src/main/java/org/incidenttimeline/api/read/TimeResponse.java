package org.incidenttimeline.api.read;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Text;

/** A time as somebody claimed it; the fields are those that a command takes, and the offset it was given in. */
record TimeResponse(
        Optional<Instant> at,
        Precision precision,
        Optional<Instant> until,
        Optional<ZoneOffset> offset,
        Optional<Text> original) {
    static TimeResponse of(OccurredAt time) {
        return new TimeResponse(time.at(), time.precision(), time.until(), time.offset(), time.original());
    }
}
