package org.incidenttimeline.api.submission;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Gives out identifiers that nobody has used. */
@FunctionalInterface
public interface Identifiers {
    UUID next();

    /** UUIDs of version 7 (RFC 9562), which sort by the time they were made. */
    static Identifiers timeOrdered() {
        return UuidCreator::getTimeOrderedEpoch;
    }
}
