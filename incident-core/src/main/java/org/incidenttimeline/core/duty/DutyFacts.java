package org.incidenttimeline.core.duty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;

/**
 * What an incident's events say about duties to report, whatever the templates are. The rules and every view use this one
 * fold, so they cannot differ.
 *
 * @param detection when it was detected, as the declaration says
 * @param awareness when the organisation became aware, as was established last
 * @param resolved when the recovery was verified, unless the incident was reopened since
 */
public record DutyFacts(
        Optional<Fact> detection,
        Optional<Fact> awareness,
        Optional<Fact> resolved,
        Map<RegimeName, OfRegime> regimes) {
    /** Before anything is known. */
    public static final DutyFacts NONE = new DutyFacts(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /** An entry of the timeline and the time that it claims, as corrected. */
    public record Fact(long entry, OccurredAt occurredAt) {
        /** The time from which a clock can run: of an interval its beginning, and none where only the order is known. */
        public Optional<Instant> at() {
            return occurredAt.precision() == Precision.ORDER_ONLY ? Optional.empty() : occurredAt.at();
        }

        private Fact corrected(long corrected, OccurredAt time) {
            return entry == corrected ? new Fact(entry, time) : this;
        }
    }

    /** How an incident was classified for a regime. */
    public record Classified(Fact fact, Reportability decision, ClassificationName as) {}

    /** A report that was made. */
    public record Submission(Fact fact, Title recipient, Optional<Reference> receipt) {
        private Instant time() {
            return fact.at().orElse(Instant.MAX);
        }
    }

    /** A deadline that is recorded as missed. */
    public record Missed(Instant dueAt, long entry) {}

    /**
     * What is known for one regime.
     *
     * @param classified how the incident was classified last
     * @param submissions the reports made, in the order of recording
     */
    public record OfRegime(
            Optional<Classified> classified,
            Map<StageName, List<Submission>> submissions,
            Map<StageName, List<Missed>> missed) {
        private static final OfRegime NOTHING = new OfRegime(Optional.empty(), Map.of(), Map.of());

        public OfRegime {
            submissions = sorted(submissions, StageName::value);
            missed = sorted(missed, StageName::value);
        }

        public List<Submission> submissions(StageName stage) {
            return submissions.getOrDefault(stage, List.of());
        }

        /** The report that was made first, by the times claimed. */
        public Optional<Submission> first(StageName stage) {
            return submissions(stage).stream().min(Comparator.comparing(Submission::time));
        }

        private Optional<Submission> latest(StageName stage) {
            return submissions(stage).stream()
                    .filter(s -> s.fact().at().isPresent())
                    .max(Comparator.comparing(Submission::time));
        }

        boolean isMissed(StageName stage, Instant dueAt) {
            return missed.getOrDefault(stage, List.of()).stream()
                    .anyMatch(m -> m.dueAt().equals(dueAt));
        }

        private OfRegime classified(Classified now) {
            return new OfRegime(Optional.of(now), submissions, missed);
        }

        private OfRegime submitted(StageName stage, Submission submission) {
            return new OfRegime(classified, and(submissions, stage, submission), missed);
        }

        private OfRegime missed(StageName stage, Missed one) {
            return new OfRegime(classified, submissions, and(missed, stage, one));
        }

        private OfRegime corrected(long entry, OccurredAt time) {
            var all = new HashMap<StageName, List<Submission>>();
            submissions.forEach((stage, made) -> all.put(
                    stage,
                    made.stream()
                            .map(s -> new Submission(s.fact().corrected(entry, time), s.recipient(), s.receipt()))
                            .toList()));
            return new OfRegime(
                    classified.map(c -> new Classified(c.fact().corrected(entry, time), c.decision(), c.as())),
                    all,
                    missed);
        }

        private static <T> Map<StageName, List<T>> and(Map<StageName, List<T>> before, StageName stage, T next) {
            var all = new HashMap<>(before);
            var list = new ArrayList<>(all.getOrDefault(stage, List.of()));
            list.add(next);
            all.put(stage, List.copyOf(list));
            return all;
        }
    }

    public DutyFacts {
        regimes = sorted(regimes, RegimeName::value);
    }

    /** In one order, so that what is written of them is always the same. */
    private static <K, V> Map<K, V> sorted(Map<K, V> map, Function<K, String> name) {
        var all = new TreeMap<K, V>(Comparator.comparing(name));
        all.putAll(map);
        return Collections.unmodifiableMap(all);
    }

    /** What is known for that regime. */
    public OfRegime of(RegimeName regime) {
        return regimes.getOrDefault(regime, OfRegime.NOTHING);
    }

    /** What a clock runs from, if it is known. */
    Optional<Fact> anchor(RegimeName regime, Anchor anchor, Optional<StageName> of) {
        return switch (anchor) {
            case DETECTION -> detection;
            case AWARENESS -> awareness;
            case CLASSIFICATION ->
                of(regime)
                        .classified()
                        .filter(c -> c.decision() == Reportability.REPORTABLE)
                        .map(Classified::fact);
            case RESOLVED -> resolved;
            case SUBMISSION -> of.flatMap(stage -> of(regime).first(stage)).map(Submission::fact);
            case LATEST_SUBMISSION ->
                of.flatMap(stage -> of(regime).latest(stage)).map(Submission::fact);
        };
    }

    /** These facts, and one event more, which happened when it says. */
    public DutyFacts after(long entry, IncidentEvent event) {
        return after(entry, event, event.occurredAt());
    }

    /**
     * These facts, and one event more.
     *
     * @param entry its number
     * @param occurredAt when it happened, as corrected
     */
    public DutyFacts after(long entry, IncidentEvent event, OccurredAt occurredAt) {
        var fact = new Fact(entry, occurredAt);
        return switch (event) {
            case IncidentDeclared e ->
                new DutyFacts(
                        e.detection().at().map(at -> new Fact(entry, at)),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
            case AwarenessEstablished _ -> new DutyFacts(detection, Optional.of(fact), resolved, regimes);
            case IncidentClassified e ->
                with(e.regime(), known -> known.classified(new Classified(fact, e.decision(), e.classification())));
            case NotificationSubmitted e ->
                with(e.regime(), known -> known.submitted(e.stage(), new Submission(fact, e.recipient(), e.receipt())));
            case NotificationMissed e ->
                with(e.regime(), known -> known.missed(e.stage(), new Missed(e.dueAt(), entry)));
            case RecoveryVerified _ -> new DutyFacts(detection, awareness, Optional.of(fact), regimes);
            case IncidentReopened _ -> new DutyFacts(detection, awareness, Optional.empty(), regimes);
            case EntryCorrected e ->
                e.time().map(time -> corrected(e.entry(), time)).orElse(this);
            case RoleAssigned _,
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
                    PostmortemPublished _,
                    IncidentClosed _,
                    IncidentImported _,
                    EntryImported _,
                    RunbookFollowed _,
                    RunbookStepCompleted _,
                    PlaybookApplied _ -> this;
        };
    }

    private DutyFacts with(RegimeName regime, UnaryOperator<OfRegime> change) {
        var all = new HashMap<>(regimes);
        all.put(regime, change.apply(of(regime)));
        return new DutyFacts(detection, awareness, resolved, all);
    }

    /** A declaration has a time of its own for the detection, which no correction of the entry changes. */
    private DutyFacts corrected(long entry, OccurredAt time) {
        var all = new HashMap<RegimeName, OfRegime>();
        regimes.forEach((regime, known) -> all.put(regime, known.corrected(entry, time)));
        return new DutyFacts(
                detection,
                awareness.map(fact -> fact.corrected(entry, time)),
                resolved.map(fact -> fact.corrected(entry, time)),
                all);
    }
}
