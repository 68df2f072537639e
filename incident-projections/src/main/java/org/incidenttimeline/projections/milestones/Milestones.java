package org.incidenttimeline.projections.milestones;

import java.time.Instant;
import java.util.ArrayList;
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
import org.incidenttimeline.core.event.SourceStatus;
import org.incidenttimeline.core.event.StatusMeaning;
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
        draft.resolveAsTold();
        return new Milestones(draft.recorded);
    }

    /** What a source said of the response at some moment. */
    private record Told(StatusMeaning means, Milestone milestone) {}

    /** What is being gathered while one fold runs. */
    private static final class Draft {
        private final Map<Milestone.Name, Milestone> recorded = new EnumMap<>(Milestone.Name.class);
        private final Map<ImpactWindowId, Milestone> impacts = new HashMap<>();
        private final List<Told> told = new ArrayList<>();

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
                case IncidentImported _ -> {
                    // Whoever enters an old record by hand did not take the incident up.
                    recorded.remove(Milestone.Name.ACKNOWLEDGED);
                    return;
                }
                case EntryImported e -> {
                    e.status()
                            .flatMap(SourceStatus::means)
                            .ifPresent(means -> told.add(new Told(means, new Milestone(source.occurredAt(), source))));
                    return;
                }
                case UpdatePublished _ -> {
                    var update = new Milestone(source.occurredAt(), source);
                    recorded.merge(Milestone.Name.FIRST_UPDATE, update, Draft::earlier);
                }
                case ReviewBegun _ -> reached(Milestone.Name.REVIEW_HELD, source.occurredAt(), source);
                case IncidentClosed _ -> reached(Milestone.Name.CLOSED, source.occurredAt(), source);
                case IncidentReopened _ -> {
                    told.clear();
                    List.of(
                                    Milestone.Name.MITIGATED,
                                    Milestone.Name.RECOVERED,
                                    Milestone.Name.RESOLVED,
                                    Milestone.Name.CLOSED)
                            .forEach(recorded::remove);
                }
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
                        RedactionRequested _,
                        EntryRedacted _,
                        InjectsPlanned _,
                        InjectDelivered _,
                        ExerciseEnded _,
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
                        PostmortemPublished _ -> {}
            }
            if (entry.actor().kind() == Actor.Kind.HUMAN && !isBeforeItWasKnown(entry)) {
                recorded.putIfAbsent(Milestone.Name.ACKNOWLEDGED, new Milestone(source.occurredAt(), source));
            }
        }

        /** Where nobody verified a recovery, it was resolved when its source last said so, unless it took that back. */
        private void resolveAsTold() {
            told.stream()
                    .filter(status -> status.milestone().at().at().isPresent())
                    .reduce((one, other) -> time(other.milestone()).isBefore(time(one.milestone())) ? one : other)
                    .filter(last -> last.means() == StatusMeaning.RESOLVED)
                    .ifPresent(last -> recorded.putIfAbsent(Milestone.Name.RESOLVED, last.milestone()));
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
