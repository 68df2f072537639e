package org.incidenttimeline.projections.freezes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.Fold;
import org.incidenttimeline.projections.freezes.Freeze.Exempted;
import org.incidenttimeline.projections.freezes.Freeze.Lift;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/** The freezes of one incident. */
public final class FreezeFold implements Fold<Freezes> {
    @Override
    public Freezes empty() {
        return new Freezes(Optional.empty(), List.of());
    }

    @Override
    public Freezes apply(Freezes freezes, RecordedEvent event) {
        var source = TimelineEntry.of(event).source();
        return switch (event.event()) {
            case IncidentDeclared e ->
                new Freezes(Optional.of(new Freezes.Traits(e.mode(), e.visibility())), freezes.all());
            case ChangesFrozen e ->
                freezes.incident()
                        .map(traits -> and(freezes, frozen(e, traits, source)))
                        .orElse(freezes);
            case FreezeExceptionGranted e ->
                changed(
                        freezes,
                        e.freezeId(),
                        f -> exempted(
                                f, new Exempted(e.exceptionId(), e.change(), e.approvedBy(), e.because(), source)));
            case FreezeLifted e -> changed(freezes, e.freezeId(), f -> lifted(f, new Lift(e.because(), source)));
            case EntryCorrected e -> corrected(freezes, e.entry(), e.text(), e.time());
            case RoleAssigned _,
                    RoleHandedOver _,
                    SeverityChanged _,
                    ImpactAssessed _,
                    IncidentCancelled _,
                    IncidentMerged _,
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
                    InjectsPlanned _,
                    InjectDelivered _,
                    ExerciseEnded _,
                    ReviewBegun _,
                    FindingRecorded _,
                    FindingRevised _,
                    ActionAssigned _,
                    ActionReassigned _,
                    ActionRescheduled _,
                    ActionBecameOverdue _,
                    ActionCompleted _,
                    ActionDropped _,
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
                    EntryImported _ -> freezes;
        };
    }

    /** Whether an event can change a freeze at all, so that a store need not read for the others. */
    public static boolean concerns(IncidentEvent event) {
        return event instanceof IncidentDeclared
                || event instanceof FreezeExceptionGranted
                || event instanceof EntryCorrected
                || event.item().filter(FreezeId.class::isInstance).isPresent();
    }

    /** The freezes that these entries tell of, with what was corrected in them. */
    public Freezes of(List<TimelineEntry> asRecorded) {
        var freezes = empty();
        for (TimelineEntry entry : asRecorded) {
            freezes = apply(freezes, entry.recorded());
            for (var correction : entry.corrections()) {
                freezes = corrected(freezes, entry.number(), correction.text(), correction.time());
            }
        }
        return freezes;
    }

    private static Freeze frozen(ChangesFrozen e, Freezes.Traits incident, Source source) {
        return new Freeze(
                e.incidentId(),
                incident.mode(),
                incident.visibility(),
                e.freezeId(),
                e.scope(),
                e.reason(),
                e.expectedEnd(),
                source,
                List.of(),
                Optional.empty());
    }

    private static Freezes and(Freezes freezes, Freeze freeze) {
        var all = new ArrayList<>(freezes.all());
        all.add(freeze);
        return new Freezes(freezes.incident(), all);
    }

    private static Freezes changed(Freezes freezes, FreezeId freeze, UnaryOperator<Freeze> change) {
        return new Freezes(
                freezes.incident(),
                freezes.all().stream()
                        .map(f -> f.freezeId().equals(freeze) ? change.apply(f) : f)
                        .toList());
    }

    private static Freeze exempted(Freeze f, Exempted exception) {
        var all = new ArrayList<>(f.exceptions());
        all.add(exception);
        return with(f, f.reason(), f.frozen(), all, f.lifted());
    }

    private static Freeze lifted(Freeze f, Lift lift) {
        return with(f, f.reason(), f.frozen(), f.exceptions(), Optional.of(lift));
    }

    private static Freezes corrected(Freezes freezes, long entry, Optional<Text> text, Optional<OccurredAt> time) {
        return new Freezes(
                freezes.incident(),
                freezes.all().stream()
                        .map(f -> with(
                                f,
                                words(f.reason(), f.frozen(), entry, text),
                                f.frozen().after(entry, time),
                                f.exceptions().stream()
                                        .map(x -> new Exempted(
                                                x.exceptionId(),
                                                x.change(),
                                                x.approvedBy(),
                                                words(x.because(), x.source(), entry, text),
                                                x.source().after(entry, time)))
                                        .toList(),
                                f.lifted()
                                        .map(l -> new Lift(
                                                words(l.because(), l.source(), entry, text),
                                                l.source().after(entry, time)))))
                        .toList());
    }

    private static Text words(Text before, Source source, long entry, Optional<Text> corrected) {
        return source.entry() == entry ? corrected.orElse(before) : before;
    }

    private static Freeze with(Freeze f, Text reason, Source frozen, List<Exempted> exceptions, Optional<Lift> lifted) {
        return new Freeze(
                f.incidentId(),
                f.mode(),
                f.visibility(),
                f.freezeId(),
                f.scope(),
                reason,
                f.expectedEnd(),
                frozen,
                exceptions,
                lifted);
    }
}
