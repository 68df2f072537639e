package org.incidenttimeline.projections.postmortem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.ActionAssigned;
import org.incidenttimeline.core.event.IncidentEvent.ActionBecameOverdue;
import org.incidenttimeline.core.event.IncidentEvent.ActionCompleted;
import org.incidenttimeline.core.event.IncidentEvent.ActionDropped;
import org.incidenttimeline.core.event.IncidentEvent.ActionReassigned;
import org.incidenttimeline.core.event.IncidentEvent.ActionRescheduled;
import org.incidenttimeline.core.event.IncidentEvent.AwarenessEstablished;
import org.incidenttimeline.core.event.IncidentEvent.FindingRecorded;
import org.incidenttimeline.core.event.IncidentEvent.FindingRevised;
import org.incidenttimeline.core.event.IncidentEvent.IncidentClassified;
import org.incidenttimeline.core.event.IncidentEvent.IncidentImported;
import org.incidenttimeline.core.event.IncidentEvent.NotificationMissed;
import org.incidenttimeline.core.event.IncidentEvent.NotificationSubmitted;
import org.incidenttimeline.core.event.IncidentEvent.PostmortemPublished;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.incident.IncidentView.Finding;
import org.incidenttimeline.projections.incident.IncidentView.ImpactWindow;
import org.incidenttimeline.projections.incident.IncidentView.MitigationStatus;
import org.incidenttimeline.projections.incident.IncidentView.Promise;
import org.incidenttimeline.projections.incident.IncidentView.PromiseStatus;
import org.incidenttimeline.projections.incident.IncidentView.RecoveryAttempt;
import org.incidenttimeline.projections.milestones.Milestones;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/**
 * Everything that a postmortem can state of one incident.
 *
 * @param incident the facts
 * @param milestones the moments and measurements
 * @param missing what an author should add or settle before publishing
 */
public record PostmortemDraft(IncidentView incident, Milestones milestones, List<Missing> missing) {
    /** Something not recorded, in words of this program, with the entries that show the lack. */
    public record Missing(String what, List<Long> entries) {
        public Missing {
            entries = List.copyOf(entries);
        }
    }

    public PostmortemDraft {
        missing = List.copyOf(missing);
    }

    /** The draft that the facts give. */
    public static PostmortemDraft of(IncidentView incident) {
        return new PostmortemDraft(incident, Milestones.of(incident.timeline()), missing(incident));
    }

    public List<Finding> findings(FindingKind kind) {
        return incident.findings().stream().filter(f -> f.kind() == kind).toList();
    }

    /** What was suffered. What the declaration said gives way to a later assessment. */
    public List<ImpactWindow> impacts() {
        return impacts(incident);
    }

    /** What happened, without the bookkeeping of the review, which has sections of its own. */
    public Timeline timeline() {
        return incident.timeline().only(e -> !isBookkeeping(e));
    }

    /** What was told of duties to report, in the order in which it happened; none where no regime is involved. */
    public List<TimelineEntry> duties() {
        return incident.duties().regimes().isEmpty()
                ? List.of()
                : incident.timeline().only(e -> isOfDuties(e.event())).entries();
    }

    private static boolean isOfDuties(IncidentEvent event) {
        return event instanceof AwarenessEstablished
                || event instanceof IncidentClassified
                || event instanceof NotificationSubmitted
                || event instanceof NotificationMissed;
    }

    public List<Promise> promises(PromiseStatus status) {
        return incident.promises().stream().filter(p -> p.status() == status).toList();
    }

    private static List<ImpactWindow> impacts(IncidentView incident) {
        var assessed = incident.impacts().stream()
                .filter(w -> w.impactId().isPresent())
                .toList();
        return assessed.isEmpty() ? incident.impacts() : assessed;
    }

    private static boolean isBookkeeping(TimelineEntry entry) {
        return entry.event() instanceof FindingRecorded
                || entry.event() instanceof FindingRevised
                || entry.event() instanceof ActionAssigned
                || entry.event() instanceof ActionReassigned
                || entry.event() instanceof ActionRescheduled
                || entry.event() instanceof ActionBecameOverdue
                || entry.event() instanceof ActionCompleted
                || entry.event() instanceof ActionDropped
                || entry.event() instanceof PostmortemPublished
                || entry.event() instanceof IncidentImported;
    }

    private static List<Missing> missing(IncidentView incident) {
        var missing = new ArrayList<Missing>();
        missingFromTheResponse(incident, missing);
        missingFromTheReview(incident, missing);
        var unknown = incident.timeline().entries().stream()
                .filter(e -> e.occurredAt().precision() == Precision.UNKNOWN)
                .map(TimelineEntry::number)
                .toList();
        if (!unknown.isEmpty()) {
            missing.add(new Missing(
                    "The time of " + (unknown.size() == 1 ? "1 entry" : unknown.size() + " entries"), unknown));
        }
        var disputed = incident.timeline().entries().stream()
                .filter(e -> e.flags().contains(TimelineEntry.Flag.TIME_DISPUTED))
                .map(TimelineEntry::number)
                .toList();
        if (!disputed.isEmpty()) {
            missing.add(new Missing(
                    "Which of the times claimed for " + count(disputed.size(), "entry", "entries") + " is right",
                    disputed));
        }
        return missing;
    }

    private static void missingFromTheResponse(IncidentView incident, List<Missing> missing) {
        if (incident.detection().at().isEmpty()) {
            missing.add(new Missing(
                    "When the incident came to be known",
                    List.of(incident.declared().entry())));
        }
        if (incident.impacts().isEmpty()) {
            missing.add(new Missing("What users and systems suffered", List.of()));
        }
        impacts(incident).stream()
                .filter(w -> w.until().isEmpty())
                .forEach(w -> missing.add(new Missing("When the impact ended", entries(w.sources()))));
        var unpredicted = incident.hypotheses().stream()
                .filter(h -> h.prediction().isEmpty() || h.refutedBy().isEmpty())
                .map(h -> h.sources().getFirst().entry())
                .toList();
        if (!unpredicted.isEmpty()) {
            missing.add(new Missing(
                    "What " + count(unpredicted.size(), "hypothesis", "hypotheses")
                            + " predicted, or what would refute it",
                    unpredicted));
        }
        incident.hypotheses().stream()
                .flatMap(h -> h.tests().stream())
                .filter(t -> t.conclusion().isEmpty())
                .forEach(t -> missing.add(new Missing(
                        "How " + t.testId() + " ended", List.of(t.begun().entry()))));
        incident.mitigations().stream()
                .filter(m -> m.status() == MitigationStatus.RUNNING)
                .forEach(m -> missing.add(new Missing(
                        "How " + m.mitigationId() + " ended", List.of(m.begun().entry()))));
        recovery(incident)
                .filter(r -> r.checks().stream().noneMatch(RecoveryCheck::userFacing))
                .ifPresent(r -> missing.add(new Missing(
                        "A recovery check that sees what users see",
                        List.of(r.source().entry()))));
        if (recovery(incident).isEmpty()) {
            missing.add(new Missing("A verified recovery", List.of()));
        }
        incident.freezes().stream()
                .filter(Freeze::isOn)
                .forEach(f -> missing.add(new Missing(
                        "The end of " + f.freezeId(), List.of(f.frozen().entry()))));
        if (incident.evidence().isEmpty()) {
            missing.add(new Missing("Preserved evidence", List.of()));
        }
        var undigested = incident.evidence().stream()
                .filter(e -> e.sha256().isEmpty())
                .map(e -> e.source().entry())
                .toList();
        if (!undigested.isEmpty()) {
            missing.add(
                    new Missing("The SHA-256 of " + count(undigested.size(), "piece") + " of evidence", undigested));
        }
    }

    private static Optional<RecoveryAttempt> recovery(IncidentView incident) {
        return incident.recoveries().reversed().stream()
                .filter(RecoveryAttempt::verified)
                .findFirst();
    }

    private static void missingFromTheReview(IncidentView incident, List<Missing> missing) {
        var factors = incident.findings().stream()
                .filter(f -> f.kind() == FindingKind.ROOT_CAUSE || f.kind() == FindingKind.CONTRIBUTING_FACTOR)
                .toList();
        if (factors.isEmpty()) {
            missing.add(new Missing("A root cause or contributing factor", List.of()));
        }
        var unanswered = factors.stream()
                .filter(f ->
                        incident.actions().stream().noneMatch(a -> a.finding().equals(Optional.of(f.findingId()))))
                .map(f -> f.sources().getLast().entry())
                .toList();
        var settled = incident.postmortem().flatMap(p -> p.noActionBecause()).isPresent();
        if (!unanswered.isEmpty() && !settled) {
            missing.add(new Missing(
                    "An action for " + unanswered.size() + " of " + factors.size() + " factors", unanswered));
        }
        if (incident.actions().isEmpty() && !settled) {
            missing.add(new Missing("An action, or the reason why there is none", List.of()));
        }
        var untracked = incident.actions().stream()
                .filter(a -> a.tracker().isEmpty() && a.status() == ActionItem.Status.OPEN)
                .map(a -> a.sources().getFirst().entry())
                .toList();
        if (!untracked.isEmpty()) {
            missing.add(new Missing("The tracker reference of " + count(untracked.size(), "action"), untracked));
        }
        var unowned = incident.actions().stream()
                .filter(a -> a.owner().isEmpty() || a.due().isEmpty())
                .map(a -> a.sources().getFirst().entry())
                .toList();
        if (!unowned.isEmpty()) {
            missing.add(new Missing("The owner or due date of " + count(unowned.size(), "action"), unowned));
        }
        if (incident.postmortem().isEmpty()) {
            missing.add(new Missing("A published summary", List.of()));
        }
    }

    private static String count(int number, String thing) {
        return count(number, thing, thing + "s");
    }

    private static String count(int number, String thing, String things) {
        return number + " " + (number == 1 ? thing : things);
    }

    private static List<Long> entries(List<Source> sources) {
        return sources.stream().map(Source::entry).toList();
    }
}
