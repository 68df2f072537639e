package org.incidenttimeline.projections.timeline;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.OccurredAt;

/**
 * The entry from which a view knows something, so that a document can cite it.
 *
 * @param entry the number of the timeline entry, which is the version of its event
 * @param occurredAt when it happened, as corrected last
 * @param recordedAt when the log accepted it
 * @param by who said so
 * @param corrected whether its words or its time were corrected
 */
public record Source(long entry, OccurredAt occurredAt, Instant recordedAt, Actor by, boolean corrected) {
    /** The moment to sort and to measure by: the time claimed, or where none is known, the time of recording. */
    public Instant sortedBy() {
        return occurredAt.sortedBy(recordedAt);
    }

    /** The same source after a correction; unchanged where another entry is corrected. */
    public Source after(long correctedEntry, Optional<OccurredAt> time) {
        return correctedEntry == entry ? new Source(entry, time.orElse(occurredAt), recordedAt, by, true) : this;
    }
}
