package org.incidenttimeline.projections.actions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.Fold;
import org.incidenttimeline.projections.actions.ActionItem.Status;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/** The actions of one incident, in the order of their assignment. */
public final class ActionFold implements Fold<List<ActionItem>> {
    @Override
    public List<ActionItem> empty() {
        return List.of();
    }

    @Override
    public List<ActionItem> apply(List<ActionItem> items, RecordedEvent event) {
        var source = TimelineEntry.of(event).source();
        return switch (event.event()) {
            case ActionAssigned e -> {
                var all = new ArrayList<>(items);
                all.add(assigned(e, source));
                yield List.copyOf(all);
            }
            case ActionReassigned e ->
                changed(
                        items,
                        e.actionId(),
                        i -> with(i, Optional.of(e.to()), i.due(), i.status(), i.outcome(), i.proof(), source));
            case ActionRescheduled e ->
                changed(
                        items,
                        e.actionId(),
                        i -> with(i, i.owner(), Optional.of(e.to()), i.status(), i.outcome(), i.proof(), source));
            case ActionCompleted e ->
                changed(
                        items,
                        e.actionId(),
                        i -> with(i, i.owner(), i.due(), Status.DONE, e.outcome(), e.proof(), source));
            case ActionDropped e ->
                changed(
                        items,
                        e.actionId(),
                        i -> with(i, i.owner(), i.due(), Status.DROPPED, Optional.of(e.because()), i.proof(), source));
            case EntryCorrected e -> corrected(items, e.entry(), e.text(), e.time());
            case IncidentDeclared _,
                    RoleAssigned _,
                    RoleHandedOver _,
                    SeverityChanged _,
                    ImpactAssessed _,
                    IncidentCancelled _,
                    IncidentMerged _,
                    ChangesFrozen _,
                    FreezeExceptionGranted _,
                    FreezeLifted _,
                    SymptomRecorded _,
                    ChangeRecorded _,
                    ChangeLinked _,
                    EvidencePreserved _,
                    HypothesisProposed _,
                    PrimaryHypothesisChosen _,
                    EvidenceLinked _,
                    HypothesisSetAside _,
                    HypothesisTestBegun _,
                    HypothesisConfirmed _,
                    HypothesisRefuted _,
                    HypothesisTestInconclusive _,
                    MitigationBegun _,
                    MitigationCompleted _,
                    MitigationFailed _,
                    MitigationRolledBack _,
                    RecoveryVerified _,
                    RecoveryNotConfirmed _,
                    CommunicationPlanned _,
                    UpdatePublished _,
                    UpdateMissed _,
                    NoteAdded _,
                    EntryPinned _,
                    EntryUnpinned _,
                    RedactionRequested _,
                    EntryRedacted _,
                    // Whether an action is overdue follows from its date.
                    ActionBecameOverdue _,
                    InjectsPlanned _,
                    InjectDelivered _,
                    ExerciseEnded _,
                    ReviewBegun _,
                    FindingRecorded _,
                    FindingRevised _,
                    RunbookFollowed _,
                    AwarenessEstablished _,
                    IncidentClassified _,
                    NotificationSubmitted _,
                    NotificationMissed _,
                    RunbookStepCompleted _,
                    PlaybookApplied _,
                    PostmortemPublished _,
                    IncidentClosed _,
                    IncidentReopened _,
                    IncidentImported _,
                    EntryImported _ -> items;
        };
    }

    /** Whether an event can change an action at all, so that a store need not read for the others. */
    public static boolean concerns(IncidentEvent event) {
        return event instanceof EntryCorrected
                || event.item().filter(ActionId.class::isInstance).isPresent();
    }

    /** The actions that these entries tell of, with what was corrected in them. */
    public List<ActionItem> of(List<TimelineEntry> asRecorded) {
        var items = empty();
        for (TimelineEntry entry : asRecorded) {
            items = apply(items, entry.recorded());
            for (var correction : entry.corrections()) {
                items = corrected(items, entry.number(), correction.text(), correction.time());
            }
        }
        return items;
    }

    private static ActionItem assigned(ActionAssigned e, Source source) {
        return new ActionItem(
                e.incidentId(),
                e.actionId(),
                e.text(),
                e.kind(),
                e.owner(),
                e.due(),
                e.finding(),
                e.tracker(),
                Status.OPEN,
                Optional.empty(),
                Optional.empty(),
                List.of(source));
    }

    private static List<ActionItem> changed(List<ActionItem> items, ActionId action, UnaryOperator<ActionItem> change) {
        return items.stream()
                .map(i -> i.actionId().equals(action) ? change.apply(i) : i)
                .toList();
    }

    private static ActionItem with(
            ActionItem i,
            Optional<Person> owner,
            Optional<LocalDate> due,
            Status status,
            Optional<Text> outcome,
            Optional<Reference> proof,
            Source source) {
        var sources = new ArrayList<>(i.sources());
        sources.add(source);
        return new ActionItem(
                i.incidentId(),
                i.actionId(),
                i.text(),
                i.kind(),
                owner,
                due,
                i.finding(),
                i.tracker(),
                status,
                outcome,
                proof,
                sources);
    }

    /** Only the words of the assignment and of the end are kept, so only these can be corrected here. */
    private static List<ActionItem> corrected(
            List<ActionItem> items, long entry, Optional<Text> text, Optional<OccurredAt> time) {
        return items.stream()
                .map(i -> new ActionItem(
                        i.incidentId(),
                        i.actionId(),
                        i.sources().getFirst().entry() == entry ? text.orElse(i.text()) : i.text(),
                        i.kind(),
                        i.owner(),
                        i.due(),
                        i.finding(),
                        i.tracker(),
                        i.status(),
                        i.status() != Status.OPEN && i.sources().getLast().entry() == entry
                                ? text.or(i::outcome)
                                : i.outcome(),
                        i.proof(),
                        i.sources().stream().map(s -> s.after(entry, time)).toList()))
                .toList();
    }
}
