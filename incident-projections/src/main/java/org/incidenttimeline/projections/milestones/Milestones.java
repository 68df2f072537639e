package org.incidenttimeline.projections.milestones;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.ImpactWindowId;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/**
 * The milestones of one incident, those that are recorded. A reopened incident is not yet mitigated, recovered, resolved
 * or closed again.
 */
public record Milestones(Map<Milestone.Name, Milestone> recorded) {
    public Milestones {
        recorded = Map.copyOf(recorded);
    }

    public Optional<Milestone> get(Milestone.Name name) {
        return Optional.ofNullable(recorded.get(name));
    }

    /** Every measurement, those that cannot be made included. */
    public List<Measurement.Value> measurements() {
        return Measurement.ALL.stream().map(m -> m.of(this)).toList();
    }

    /** The milestones that a whole timeline tells of, as its entries are corrected. */
    public static Milestones of(Timeline timeline) {
        var draft = new Draft();
        timeline.asRecorded().forEach(draft::take);
        return new Milestones(draft.recorded);
    }

    /** What is being gathered while one fold runs. */
    private static final class Draft {
        private final Map<Milestone.Name, Milestone> recorded = new EnumMap<>(Milestone.Name.class);
        private final Map<ImpactWindowId, Milestone> impacts = new HashMap<>();

        void take(TimelineEntry entry) {
            var source = entry.source();
            switch (entry.event()) {
                case IncidentDeclared e -> {
                    reached(Milestone.Name.DECLARED, source.occurredAt(), source);
                    e.startedAt().ifPresent(at -> reached(Milestone.Name.STARTED, at, source));
                    e.detection().at().ifPresent(at -> reached(Milestone.Name.DETECTED, at, source));
                }
                case ImpactAssessed e -> assessed(e, source);
                case MitigationCompleted e -> {
                    if (e.outcome() == MitigationOutcome.EFFECTIVE) {
                        reached(Milestone.Name.MITIGATED, source.occurredAt(), source);
                    }
                }
                case RecoveryVerified e -> {
                    reached(Milestone.Name.RECOVERED, e.recoveredAt().orElse(source.occurredAt()), source);
                    reached(Milestone.Name.RESOLVED, source.occurredAt(), source);
                }
                case UpdatePublished _ -> {
                    var update = new Milestone(source.occurredAt(), source);
                    recorded.merge(Milestone.Name.FIRST_UPDATE, update, Draft::earlier);
                }
                case ReviewBegun _ -> reached(Milestone.Name.REVIEW_HELD, source.occurredAt(), source);
                case IncidentClosed _ -> reached(Milestone.Name.CLOSED, source.occurredAt(), source);
                case IncidentReopened _ ->
                    List.of(
                                    Milestone.Name.MITIGATED,
                                    Milestone.Name.RECOVERED,
                                    Milestone.Name.RESOLVED,
                                    Milestone.Name.CLOSED)
                            .forEach(recorded::remove);
                case RoleAssigned _,
                        RoleHandedOver _,
                        SeverityChanged _,
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
                        MitigationFailed _,
                        MitigationRolledBack _,
                        RecoveryNotConfirmed _,
                        CommunicationPlanned _,
                        UpdateMissed _,
                        NoteAdded _,
                        EntryCorrected _,
                        EntryPinned _,
                        EntryUnpinned _,
                        FindingRecorded _,
                        FindingRevised _,
                        ActionAssigned _,
                        ActionReassigned _,
                        ActionRescheduled _,
                        ActionCompleted _,
                        ActionDropped _,
                        RunbookFollowed _,
                        RunbookStepCompleted _,
                        PlaybookApplied _,
                        PostmortemPublished _ -> {}
            }
            if (entry.actor().kind() == Actor.Kind.HUMAN && !isBeforeItWasKnown(entry)) {
                recorded.putIfAbsent(Milestone.Name.ACKNOWLEDGED, new Milestone(source.occurredAt(), source));
            }
        }

        /** What a person tells of the time before is no sign that somebody had taken the incident up. */
        private boolean isBeforeItWasKnown(TimelineEntry entry) {
            return Stream.of(Milestone.Name.DETECTED, Milestone.Name.DECLARED)
                    .flatMap(name -> Optional.ofNullable(recorded.get(name)).stream())
                    .map(Draft::time)
                    .allMatch(known -> entry.sortedBy().isBefore(known));
        }

        private void reached(Milestone.Name name, OccurredAt at, Source source) {
            recorded.put(name, new Milestone(at, source));
        }

        /** The beginning of the earliest window stands instead of what the declaration said. */
        private void assessed(ImpactAssessed e, Source source) {
            e.from().ifPresent(from -> {
                impacts.put(e.impactId(), new Milestone(from, source));
                impacts.values().stream()
                        .min(Comparator.comparing(Draft::time))
                        .ifPresent(start -> recorded.put(Milestone.Name.STARTED, start));
            });
        }

        private static Milestone earlier(Milestone one, Milestone other) {
            return time(other).isBefore(time(one)) ? other : one;
        }

        private static Instant time(Milestone milestone) {
            return milestone.at().sortedBy(milestone.source().recordedAt());
        }
    }
}
