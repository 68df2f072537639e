package org.incidenttimeline.projections.actions;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.ActionKind;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.timeline.Source;

/**
 * A piece of work that somebody owns, as it stands now.
 *
 * @param outcome what came of it, or why it was dropped
 * @param proof where another system shows that it was done
 * @param sources the entries it is known from, the assignment first, in the order of recording
 */
public record ActionItem(
        IncidentId incidentId,
        ActionId actionId,
        Text text,
        ActionKind kind,
        Optional<Person> owner,
        Optional<LocalDate> due,
        Optional<FindingId> finding,
        Optional<Reference> tracker,
        Status status,
        Optional<Text> outcome,
        Optional<Reference> proof,
        List<Source> sources) {
    /** Whether the work is still to be done. */
    public enum Status {
        OPEN,
        DONE,
        DROPPED
    }

    public ActionItem {
        sources = List.copyOf(sources);
    }

    /** Whether it is open and its due date has passed. */
    public boolean isOverdue(LocalDate today) {
        return status == Status.OPEN && due.filter(d -> d.isBefore(today)).isPresent();
    }
}
