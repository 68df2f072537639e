package org.incidenttimeline.projections.deadlines;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.incidenttimeline.core.duty.DutyFacts;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.Fold;
import org.incidenttimeline.projections.deadlines.Deadline.ActionDue;
import org.incidenttimeline.projections.deadlines.Deadline.NotificationDue;
import org.incidenttimeline.projections.deadlines.Deadlines.Promise;

/**
 * The deadlines of one incident. One that had passed already when it was recorded is not watched: whoever tells of the past
 * tells how it went on, too.
 */
public final class DeadlineFold implements Fold<Deadlines> {
    private final DutyTemplates templates;

    public DeadlineFold(DutyTemplates templates) {
        this.templates = templates;
    }

    @Override
    public Deadlines empty() {
        return Deadlines.NONE;
    }

    @Override
    public Deadlines apply(Deadlines deadlines, RecordedEvent event) {
        var recordedAt = event.recordedAt();
        return switch (event.event()) {
            case IncidentDeclared e ->
                new Deadlines(
                        e.mode() == Mode.BACKFILLED,
                        Map.of(),
                        Map.of(),
                        DutyFacts.NONE.after(event.version(), e),
                        List.of());
            case CommunicationPlanned e ->
                e.firstDueAt()
                        .map(at -> promises(
                                deadlines, all -> all.putIfAbsent(e.audience(), made(deadlines, at, recordedAt))))
                        .orElse(deadlines);
            case UpdatePublished e ->
                promises(deadlines, all -> {
                    for (var audience : e.audiences()) {
                        all.remove(audience);
                        e.nextUpdateAt().ifPresent(at -> all.put(audience, made(deadlines, at, recordedAt)));
                    }
                });
            case UpdateMissed e -> promises(deadlines, all -> all.put(e.audience(), new Promise(e.dueAt(), false)));
            case IncidentCancelled _, IncidentMerged _, IncidentClosed _ -> promises(deadlines, Map::clear);
            case ActionAssigned e -> due(deadlines, e.actionId(), e.due(), recordedAt);
            case ActionRescheduled e -> due(deadlines, e.actionId(), Optional.of(e.to()), recordedAt);
            case ActionBecameOverdue e -> actions(deadlines, all -> all.remove(e.actionId()));
            case ActionCompleted e -> actions(deadlines, all -> all.remove(e.actionId()));
            case ActionDropped e -> actions(deadlines, all -> all.remove(e.actionId()));
            case AwarenessEstablished _,
                    IncidentClassified _,
                    NotificationSubmitted _,
                    NotificationMissed _,
                    RecoveryVerified _,
                    IncidentReopened _,
                    EntryCorrected _ -> duties(deadlines, event);
            case RoleAssigned _,
                    RoleHandedOver _,
                    SeverityChanged _,
                    ImpactAssessed _,
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
                    RecoveryNotConfirmed _,
                    NoteAdded _,
                    EntryPinned _,
                    EntryUnpinned _,
                    RedactionRequested _,
                    EntryRedacted _,
                    InjectsPlanned _,
                    InjectDelivered _,
                    ExerciseEnded _,
                    IncidentImported _,
                    EntryImported _,
                    RunbookFollowed _,
                    RunbookStepCompleted _,
                    PlaybookApplied _,
                    ReviewBegun _,
                    FindingRecorded _,
                    FindingRevised _,
                    ActionReassigned _,
                    PostmortemPublished _ -> deadlines;
        };
    }

    /** Whether an event can change a deadline at all, so that a store need not read for the others. */
    public static boolean concerns(IncidentEvent event) {
        return event instanceof IncidentDeclared
                || event instanceof CommunicationPlanned
                || event instanceof UpdatePublished
                || event instanceof UpdateMissed
                || event instanceof IncidentCancelled
                || event instanceof IncidentMerged
                || event instanceof IncidentClosed
                || event instanceof AwarenessEstablished
                || event instanceof IncidentClassified
                || event instanceof NotificationSubmitted
                || event instanceof NotificationMissed
                || event instanceof RecoveryVerified
                || event instanceof IncidentReopened
                || event instanceof EntryCorrected
                || event.item().filter(ActionId.class::isInstance).isPresent();
    }

    private Deadlines duties(Deadlines deadlines, RecordedEvent event) {
        var facts = deadlines.duties().after(event.version(), event.event());
        if (facts.equals(deadlines.duties())) {
            return deadlines;
        }
        var due = templates.regimes().stream()
                .filter(_ -> !deadlines.toldAfterwards())
                .flatMap(regime -> regime.stages().stream()
                        .flatMap(stage -> regime.openDeadline(stage, facts).stream()
                                .map(at -> new NotificationDue(regime.name(), stage.name(), at))))
                .filter(one -> one.dueAt().isAfter(event.recordedAt())
                        || deadlines.notifications().contains(one))
                .toList();
        return new Deadlines(deadlines.toldAfterwards(), deadlines.promises(), deadlines.actions(), facts, due);
    }

    private static Promise made(Deadlines deadlines, Instant dueAt, Instant recordedAt) {
        return new Promise(dueAt, !deadlines.toldAfterwards() && dueAt.isAfter(recordedAt));
    }

    private static Deadlines due(Deadlines deadlines, ActionId action, Optional<LocalDate> due, Instant recordedAt) {
        return actions(deadlines, all -> {
            all.remove(action);
            due.filter(day -> new ActionDue(action, day).dueAt().isAfter(recordedAt))
                    .ifPresent(day -> all.put(action, day));
        });
    }

    private static Deadlines promises(Deadlines deadlines, Consumer<Map<Audience, Promise>> change) {
        var all = new EnumMap<Audience, Promise>(Audience.class);
        all.putAll(deadlines.promises());
        change.accept(all);
        return new Deadlines(
                deadlines.toldAfterwards(), all, deadlines.actions(), deadlines.duties(), deadlines.notifications());
    }

    private static Deadlines actions(Deadlines deadlines, Consumer<Map<ActionId, LocalDate>> change) {
        var all = new HashMap<>(deadlines.actions());
        change.accept(all);
        return new Deadlines(
                deadlines.toldAfterwards(), deadlines.promises(), all, deadlines.duties(), deadlines.notifications());
    }
}
