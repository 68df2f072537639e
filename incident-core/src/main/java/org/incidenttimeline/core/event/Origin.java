package org.incidenttimeline.core.event;

import java.util.Optional;

/**
 * Where something that was entered afterwards comes from.
 *
 * @param source who keeps the record, for instance the name of a status page
 * @param id how the record calls the thing; with the source it tells one thing from another
 * @param url where the record can be read
 */
public record Origin(Reference source, Reference id, Optional<Location> url) {
    /** Whether both name the same thing of the same record, wherever it can be read. */
    public boolean isSameAs(Origin other) {
        return source.equals(other.source) && id.equals(other.id);
    }
}
