package org.incidenttimeline.projections.actions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.ActionKind;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.ActionAssigned;
import org.incidenttimeline.core.event.IncidentEvent.ActionCompleted;
import org.incidenttimeline.core.event.IncidentEvent.ActionDropped;
import org.incidenttimeline.core.event.IncidentEvent.ActionReassigned;
import org.incidenttimeline.core.event.IncidentEvent.ActionRescheduled;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;

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
        Person owner,
        LocalDate due,
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
        return status == Status.OPEN && due.isBefore(today);
    }

    /** The action that an event is about, if it is about one. */
    public static Optional<ActionId> concernedBy(IncidentEvent event) {
        return event.item().filter(ActionId.class::isInstance).map(ActionId.class::cast);
    }

    /** The actions that these entries tell of, in the order of their assignment; entries about anything else are passed over. */
    public static List<ActionItem> of(List<TimelineEntry> asRecorded) {
        var items = new LinkedHashMap<ActionId, ActionItem>();
        for (TimelineEntry entry : asRecorded) {
            concernedBy(entry.event()).ifPresent(id -> {
                if (entry.event() instanceof ActionAssigned assigned) {
                    items.put(id, assigned(assigned, entry));
                } else {
                    items.computeIfPresent(id, (_, item) -> item.after(entry));
                }
            });
        }
        return List.copyOf(items.values());
    }

    private static ActionItem assigned(ActionAssigned e, TimelineEntry entry) {
        return new ActionItem(
                e.incidentId(),
                e.actionId(),
                entry.text().orElse(e.text()),
                e.kind(),
                e.owner(),
                e.due(),
                e.finding(),
                e.tracker(),
                Status.OPEN,
                Optional.empty(),
                Optional.empty(),
                List.of(entry.source()));
    }

    private ActionItem after(TimelineEntry entry) {
        var all = new ArrayList<>(sources);
        all.add(entry.source());
        return switch (entry.event()) {
            case ActionReassigned e -> with(e.to(), due, status, outcome, proof, all);
            case ActionRescheduled e -> with(owner, e.to(), status, outcome, proof, all);
            case ActionCompleted e -> with(owner, due, Status.DONE, entry.text(), e.proof(), all);
            case ActionDropped _ -> with(owner, due, Status.DROPPED, entry.text(), proof, all);
            // Every event that concerns an action is above; this one is an assignment or about something else.
            case IncidentEvent _ -> this;
        };
    }

    private ActionItem with(
            Person newOwner,
            LocalDate newDue,
            Status newStatus,
            Optional<Text> newOutcome,
            Optional<Reference> newProof,
            List<Source> allSources) {
        return new ActionItem(
                incidentId,
                actionId,
                text,
                kind,
                newOwner,
                newDue,
                finding,
                tracker,
                newStatus,
                newOutcome,
                newProof,
                allSources);
    }
}
