package org.incidenttimeline.api.exercise;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.InjectId;

/**
 * The scripts of all exercises. What it says of a fact's status is for those who read it; the log decides what was
 * delivered, so a status that lags behind does no harm.
 */
public interface Scripts {
    /** Keeps the facts of one script, and withholds those of earlier scripts. Kept once more, nothing changes. */
    void keep(List<Inject> script);

    /** Every fact of every script of an incident, in the order of their times. */
    List<Inject> of(IncidentId incident);

    Optional<Inject> find(IncidentId incident, InjectId inject);

    /** The planned facts that are to be delivered by then, of all incidents. */
    List<Inject> dueBy(Instant moment);

    void became(IncidentId incident, InjectId inject, Inject.Status status);

    /** Withholds what is still planned. */
    void withhold(IncidentId incident);
}
