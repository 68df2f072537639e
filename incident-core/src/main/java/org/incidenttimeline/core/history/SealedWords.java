package org.incidenttimeline.core.history;

import java.util.List;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RedactedField;

/** Where the words of entries stand, so that they can be named without being repeated. */
public interface SealedWords {
    /** All words of an entry, those that were taken out too; none if there is no such entry, or none was sealed. */
    List<RedactedField> of(IncidentId incident, long entry);
}
