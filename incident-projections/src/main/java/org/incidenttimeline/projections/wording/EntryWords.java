package org.incidenttimeline.projections.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.PlaybookContent.DecisionPoint;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/**
 * What a timeline says of one event: facts only, without judgement, and complete.
 *
 * @param headline what happened, in the words that stand now
 * @param details what else is known of it
 */
public record EntryWords(Phrase headline, List<Phrase> details) {
    public EntryWords {
        details = List.copyOf(details);
    }

    /** The words for an entry, as corrected last. */
    public static EntryWords of(TimelineEntry entry, People people) {
        var words = of(entry.event(), entry.text(), people);
        if (entry.corrections().isEmpty()) {
            return words;
        }
        var details = new ArrayList<>(words.details);
        entry.corrections()
                .forEach(c -> details.add(Phrase.of("corrected by ")
                        .and(people.tell(c.by(), c.onBehalfOf()))
                        .say(": ")
                        .quote(c.because())));
        return new EntryWords(words.headline, details);
    }

    private static EntryWords of(IncidentEvent event, Optional<Text> text, People people) {
        return switch (event) {
            case IncidentDeclared e ->
                line(Phrase.of("Declared as " + e.severity() + ": ").quote(e.title()))
                        .quote("", text)
                        .add(e.mode() == Mode.LIVE ? Phrase.EMPTY : Phrase.of("mode: " + Names.of(e.mode())))
                        .add(
                                e.services().isEmpty()
                                        ? Phrase.EMPTY
                                        : Phrase.of("services: ").names(e.services()))
                        .quote("lead: ", people.name(e.lead()))
                        .add(detection(e.detection()))
                        .at("started ", e.startedAt())
                        .add(e.impact().map(i -> Phrase.of("impact: ").quote(i.broken())))
                        .add(e.impact().map(EntryWords::impact).orElse(Phrase.EMPTY))
                        .words();
            case RoleAssigned e ->
                line(Phrase.of("Role assigned: " + Names.of(e.role())))
                        .quote("to ", people.name(e.person()))
                        .words();
            case RoleHandedOver e ->
                line(Phrase.of("Role handed over: " + Names.of(e.role())))
                        .quote("from ", people.name(e.from()))
                        .quote("to ", people.name(e.to()))
                        .quote("briefing: ", text)
                        .words();
            case SeverityChanged e ->
                line(Phrase.of("Severity changed from " + e.from() + " to " + e.to())
                                .quote(": ", text))
                        .words();
            case ImpactAssessed e ->
                line(Phrase.of("Impact: ").quote("", text))
                        .add(impact(e.impact()))
                        .at("from ", e.from())
                        .at("until ", e.until())
                        .words();
            case IncidentCancelled e ->
                line(Phrase.of("Cancelled (" + Names.of(e.reason()) + ")").quote(": ", text))
                        .words();
            case IncidentMerged e ->
                line(Phrase.of("Merged into ").name(e.into()).quote(": ", text)).words();
            case ChangesFrozen e ->
                line(Phrase.of("Changes frozen for ").and(scope(e.scope())).quote(": ", text))
                        .add(e.expectedEnd()
                                .map(t -> Phrase.of("expected to end ").at(t)))
                        .words();
            case FreezeExceptionGranted e ->
                line(Phrase.of("Exception to " + e.freezeId() + " granted for ")
                                .quote(e.change())
                                .quote(": ", text))
                        .add(Phrase.of("approved by ").and(people.tell(e.approvedBy())))
                        .words();
            case FreezeLifted e ->
                line(Phrase.of("Freeze lifted (" + e.freezeId() + ")").quote(": ", text))
                        .words();
            case SymptomRecorded e ->
                line(Phrase.of(state(e.state()) + ": ").quote("", text))
                        .add(Phrase.of("seen in: " + Names.of(e.source())))
                        .add(e.service().map(s -> Phrase.of("service: ").name(s)))
                        .at("first seen ", e.firstSeen())
                        .quote("reference: ", e.reference())
                        .words();
            case ChangeRecorded e ->
                line(Phrase.of("Change to ")
                                .name(e.service())
                                .say(" (" + Names.of(e.kind()) + ")")
                                .quote(": ", text))
                        .add(e.freezeBroken().map(f -> Phrase.of("made inside " + f + " without an exception")))
                        .add(e.environment().map(v -> Phrase.of("environment: ").name(v)))
                        .add(e.by().map(p -> Phrase.of("made by ").and(people.tell(p))))
                        .quote("reference: ", e.reference())
                        .words();
            case ChangeLinked e ->
                line(Phrase.of(e.changeId() + " " + Names.of(e.verdict())).quote(": ", text))
                        .words();
            case EvidencePreserved e ->
                line(Phrase.of("Evidence preserved (" + e.evidenceId() + ")").quote(": ", text))
                        .add(Phrase.of(Names.of(e.kind()) + ", " + Names.of(e.certainty())))
                        .add(Phrase.of("kept at ").quote(e.location()))
                        .add(e.sha256().map(d -> Phrase.of("SHA-256 ").name(d)))
                        .add(Phrase.of("collected by ").and(people.tell(e.collectedBy())))
                        .words();
            case HypothesisProposed e ->
                line(Phrase.of("Hypothesis proposed (" + e.hypothesisId() + ")").quote(": ", text))
                        .quote("predicts: ", e.prediction())
                        .quote("would be refuted by: ", e.refutedBy())
                        .words();
            case PrimaryHypothesisChosen e ->
                line(Phrase.of("Primary hypothesis chosen: " + e.hypothesisId()).quote(", ", text))
                        .words();
            case EvidenceLinked e ->
                line(Phrase.of(e.evidenceId() + " " + Names.of(e.bearing()) + " " + e.hypothesisId())
                                .quote(": ", text))
                        .words();
            case HypothesisSetAside e ->
                line(Phrase.of("Hypothesis set aside (" + e.hypothesisId() + ")")
                                .quote(": ", text))
                        .words();
            case HypothesisTestBegun e ->
                line(Phrase.of("Test of " + e.hypothesisId() + " begun (" + e.testId() + ")")
                                .quote(": ", text))
                        .add(Phrase.of("expected: ").quote(e.expectation()))
                        .add(Phrase.of("safe because: ").quote(e.safeBecause()))
                        .add(Phrase.of("undone by: ").quote(e.undo()))
                        .add(e.risky() ? Phrase.of("risky") : Phrase.EMPTY)
                        .add(e.approvedBy().map(p -> Phrase.of("approved by ").and(people.tell(p))))
                        .quote("rule overridden: ", e.overrideBecause())
                        .words();
            case HypothesisConfirmed e ->
                line(Phrase.of(e.hypothesisId() + " confirmed by " + e.testId()).quote(": ", text))
                        .add(evidence(e.evidence()))
                        .quote("rule overridden: ", e.overrideBecause())
                        .words();
            case HypothesisRefuted e ->
                line(Phrase.of(e.hypothesisId() + " refuted by " + e.testId()).quote(": ", text))
                        .add(evidence(e.evidence()))
                        .quote("rule overridden: ", e.overrideBecause())
                        .words();
            case HypothesisTestInconclusive e ->
                line(Phrase.of("Test of " + e.hypothesisId() + " inconclusive (" + e.testId() + ")")
                                .quote(": ", text))
                        .add(evidence(e.evidence()))
                        .quote("rule overridden: ", e.overrideBecause())
                        .words();
            case MitigationBegun e ->
                line(Phrase.of(Names.of(e.mitigationId(), e.kind(), e.destructive()) + " begun")
                                .quote(": ", text))
                        .add(Phrase.of(e.restsOn().map(h -> "rests on " + h).orElse("rests on no hypothesis")))
                        .quote("undone by: ", e.undo())
                        .quote("in parallel because: ", e.parallelBecause())
                        .quote("no evidence preserved first because: ", e.evidenceWaivedBecause())
                        .words();
            case MitigationCompleted e ->
                line(Phrase.of(e.mitigationId() + " completed, " + Names.of(e.outcome()))
                                .quote(": ", text))
                        .words();
            case MitigationFailed e ->
                line(Phrase.of(e.mitigationId() + " failed, " + Names.of(e.outcome()))
                                .quote(": ", text))
                        .words();
            case MitigationRolledBack e ->
                line(Phrase.of(e.mitigationId() + " rolled back").quote(": ", text))
                        .words();
            case RecoveryVerified e -> {
                var all = line(Phrase.of("Recovery verified")).at("recovered ", e.recoveredAt());
                e.checks().forEach(c -> all.add(check(c)));
                yield all.words();
            }
            case RecoveryNotConfirmed e -> {
                var all = line(Phrase.of("Recovery not confirmed"));
                e.checks().forEach(c -> all.add(check(c)));
                yield all.words();
            }
            case CommunicationPlanned e ->
                line(Phrase.of("Updates to " + Names.of(e.audience()) + " planned every " + Times.duration(e.cadence())
                                        + " on ")
                                .quote(e.channel()))
                        .add(Phrase.of("owner: ").and(people.tell(e.owner())))
                        .words();
            case UpdatePublished e ->
                line(Phrase.of("Update published to " + Names.all(e.audiences()) + " (" + e.updateId() + ")")
                                .quote(": ", text))
                        .add(Phrase.of("user impact: ").quote(e.userImpact()))
                        .add(Phrase.of("what we are doing: ").quote(e.whatWeAreDoing()))
                        .add(e.nextUpdateAt()
                                .map(t -> Phrase.of("next update by ").at(t))
                                .orElse(Phrase.of("no further update promised")))
                        .words();
            case UpdateMissed e ->
                line(Phrase.of("The update promised to " + Names.of(e.audience()) + " for ")
                                .at(e.dueAt())
                                .say(" did not come in time"))
                        .words();
            case NoteAdded _ -> line(Phrase.EMPTY.quote("", text)).words();
            case EntryCorrected e ->
                line(Phrase.of("Entry corrected").quote(": ", text).cite(e.entry()))
                        .words();
            case EntryPinned e ->
                line(Phrase.of("Entry pinned").cite(e.entry())).words();
            case EntryUnpinned e ->
                line(Phrase.of("Entry unpinned").cite(e.entry())).words();
            case RedactionRequested e ->
                line(Phrase.of("Redaction asked for (" + Names.of(e.reason()) + ")")
                                .quote(": ", text)
                                .cite(e.entry()))
                        .add(Phrase.of("asked by ").and(people.tell(e.requestedBy())))
                        .words();
            case EntryRedacted e ->
                line(Phrase.of("Entry redacted (" + Names.of(e.reason()) + "): "
                                        + Names.count(e.fields().size(), "text") + " taken out")
                                .cite(e.entry()))
                        .add(Phrase.of("asked by ").and(people.tell(e.requestedBy())))
                        .add(Phrase.of("approved by ").and(people.tell(e.approvedBy())))
                        .words();
            case InjectsPlanned e ->
                line(Phrase.of("Script of the exercise laid ready: "
                                + Names.count(e.injects().size(), "inject")))
                        .add(Phrase.of("SHA-256 ").name(e.script()))
                        .words();
            case InjectDelivered e ->
                line(Phrase.of("Inject of the exercise (" + Names.of(e.kind()) + ")")
                                .quote(": ", text))
                        .add(Phrase.of(e.injectId().value()))
                        .words();
            case ExerciseEnded e ->
                line(Phrase.of("Exercise ended").quote(": ", text))
                        .add(
                                e.withheld().isEmpty()
                                        ? Phrase.EMPTY
                                        : Phrase.of(Names.count(e.withheld().size(), "inject") + " not delivered"))
                        .words();
            case ReviewBegun e ->
                line(Phrase.of("Review begun"))
                        .add(Phrase.of("facilitated by ").and(people.tell(e.facilitator())))
                        .add(participants(e.participants(), people))
                        .words();
            case FindingRecorded e ->
                line(Phrase.of(Names.of(e.kind()) + " (" + e.findingId() + ")").quote(": ", text))
                        .add(e.pattern().map(p -> Phrase.of("pattern: ").name(p)))
                        .add(shownBy(e.entries()))
                        .words();
            case FindingRevised e ->
                line(Phrase.of("Finding revised: " + Names.of(e.kind()) + " (" + e.findingId() + ")")
                                .quote(": ", text))
                        .add(e.pattern().map(p -> Phrase.of("pattern: ").name(p)))
                        .add(shownBy(e.entries()))
                        .add(Phrase.of("revised because: ").quote(e.because()))
                        .words();
            case ActionAssigned e ->
                line(Phrase.of("Action assigned (" + e.actionId() + ", " + Names.of(e.kind()) + ")")
                                .quote(": ", text))
                        .add(e.owner().map(p -> Phrase.of("owner: ").and(people.tell(p))))
                        .add(e.due().map(d -> Phrase.of("due " + d)))
                        .add(e.finding().map(f -> Phrase.of("follows from " + f)))
                        .quote("tracker: ", e.tracker())
                        .words();
            case ActionReassigned e ->
                line(Phrase.of(e.actionId() + " given to another owner").quote(": ", text))
                        .quote("from ", e.from().flatMap(people::name))
                        .quote("to ", people.name(e.to()))
                        .words();
            case ActionRescheduled e ->
                line(Phrase.of(e.actionId()
                                        + e.from().map(d -> " moved from " + d).orElse(" moved") + " to " + e.to())
                                .quote(": ", text))
                        .words();
            case ActionBecameOverdue e ->
                line(Phrase.of(e.actionId() + " was due on " + e.due() + " and is still open"))
                        .words();
            case ActionCompleted e ->
                line(Phrase.of(e.actionId() + " completed").quote(": ", text))
                        .quote("proof: ", e.proof())
                        .words();
            case ActionDropped e ->
                line(Phrase.of(e.actionId() + " dropped").quote(": ", text)).words();
            case RunbookFollowed e -> {
                var all = line(Phrase.of("Runbook followed: ")
                        .name(e.runbookId())
                        .say(", revision " + e.revision())
                        .quote(": ", text));
                for (int i = 0; i < e.steps().size(); i++) {
                    all.add(Phrase.of("step " + (i + 1) + ": ").quote(e.steps().get(i)));
                }
                yield all.words();
            }
            case RunbookStepCompleted e ->
                line(Phrase.of("Step " + e.step() + " of runbook ")
                                .name(e.runbookId())
                                .say(e.outcome().isPresent() ? " done" : " skipped")
                                .quote(": ", text))
                        .add(Phrase.of("the step: ").quote(e.action()))
                        .quote("skipped because: ", e.outcome().flatMap(_ -> e.skippedBecause()))
                        .words();
            case PlaybookApplied e -> {
                var all = line(Phrase.of("Playbook applied for " + e.severity() + ": ")
                        .name(e.playbookId())
                        .say(", revision " + e.revision())
                        .quote(": ", text));
                e.escalations().forEach(way -> all.add(escalation(way, people)));
                e.decisions().forEach(point -> all.add(decision(point)));
                yield all.words();
            }
            case AwarenessEstablished e ->
                line(Phrase.of("The organisation became aware").quote(": ", text))
                        .add(Phrase.of("first known to ").and(people.tell(e.by())))
                        .words();
            case IncidentClassified e ->
                line(Phrase.of("Classified for ")
                                .name(e.regime())
                                .say(" as ")
                                .name(e.classification())
                                .say(", " + Names.of(e.decision()))
                                .quote(": ", text))
                        .words();
            case NotificationSubmitted e ->
                line(Phrase.of("Report ")
                                .name(e.stage())
                                .say(" for ")
                                .name(e.regime())
                                .say(e.late() ? " submitted late to " : " submitted to ")
                                .quote(e.recipient()))
                        .quote("receipt: ", e.receipt())
                        .add(e.dueAt().map(due -> Phrase.of("due ").at(due)))
                        .quote("late because: ", text)
                        .words();
            case NotificationMissed e ->
                line(Phrase.of("The report ")
                                .name(e.stage())
                                .say(" for ")
                                .name(e.regime())
                                .say(" was due ")
                                .at(e.dueAt())
                                .say(" and was not submitted"))
                        .words();
            case PostmortemPublished e ->
                line(Phrase.of("Postmortem published").quote(": ", text))
                        .quote("no action because: ", e.noActionBecause())
                        .words();
            case IncidentClosed _ ->
                line(Phrase.of("Incident closed").quote(": ", text)).words();
            case IncidentReopened _ ->
                line(Phrase.of("Incident reopened").quote(": ", text)).words();
            case IncidentImported e ->
                line(Phrase.of("Imported from ").quote(e.origin().source()))
                        .add(Phrase.of("called there: ").quote(e.origin().id()))
                        .quote("to be read at ", e.origin().url())
                        .quote("licence: ", text)
                        .quote("import: ", e.importRun())
                        .words();
            case EntryImported e ->
                line(imported(e.status(), text))
                        .add(Phrase.of("imported from ")
                                .quote(e.origin().source())
                                .say(": ")
                                .quote(e.origin().id()))
                        .add(e.status().flatMap(SourceStatus::means).map(m -> Phrase.of("meant as " + Names.of(m))))
                        .quote("to be read at ", e.origin().url())
                        .add(joined(e.otherTimes().stream()
                                .map(claim -> Phrase.of("another time is claimed: ")
                                        .at(claim.time())
                                        .say(", by ")
                                        .quote(claim.claimedBy()))
                                .toList()))
                        .words();
        };
    }

    /** The source's own words; its status goes before them, as a status page shows it. */
    private static Phrase imported(Optional<SourceStatus> status, Optional<Text> text) {
        var told = status.map(s -> Phrase.of("Status ").quote(s.called())).orElse(Phrase.EMPTY);
        return told.quote(status.isPresent() ? ": " : "", text);
    }

    /** What else an impact says beside what is broken. */
    private static String state(SymptomState state) {
        return switch (state) {
            case FAILING -> "Failing";
            case STILL_WORKS -> "Still working";
            case WORKS_AGAIN -> "Working again";
        };
    }

    private static Phrase impact(Impact impact) {
        var parts = new ArrayList<Phrase>();
        impact.stillWorks().ifPresent(t -> parts.add(Phrase.of("still works: ").quote(t)));
        impact.affected().ifPresent(t -> parts.add(Phrase.of("affected: ").quote(t)));
        if (impact.spread() != Spread.UNKNOWN) {
            parts.add(Phrase.of("spread: " + Names.of(impact.spread())));
        }
        return joined(parts);
    }

    private static Phrase detection(Detection detection) {
        var told = Phrase.of("detected by " + Names.of(detection.source()));
        var timed = detection.at().map(t -> told.say(" ").at(t)).orElse(told);
        return timed.quote(", ", detection.reference());
    }

    /** The services and environments of a freeze in words. */
    public static Phrase scope(Scope scope) {
        var services = scope.services().contains(ServiceName.ANY)
                ? Phrase.of("all services")
                : Phrase.EMPTY.names(scope.services());
        var in = services.say(" in ");
        return scope.environments().contains(Environment.ANY)
                ? in.say("all environments")
                : in.names(scope.environments());
    }

    /** One check of recovery in words. */
    public static Phrase check(RecoveryCheck check) {
        return Phrase.of(
                        (check.passed() ? "passed" : "failed") + (check.userFacing() ? " (seen as a user)" : "") + ": ")
                .quote(check.signal())
                .say("; expected: ")
                .quote(check.expectation())
                .say("; observed: ")
                .quote(check.observation());
    }

    private static Phrase escalation(Escalation way, People people) {
        var told = Phrase.of("escalate to ")
                .and(people.tell(way.to()))
                .say(" at ")
                .quote(way.reachedAt())
                .say(" when: ")
                .quote(way.when());
        return way.within()
                .map(time -> told.say("; to answer within " + Times.duration(time)))
                .orElse(told);
    }

    private static Phrase decision(DecisionPoint point) {
        return Phrase.of("to be decided by the " + Names.of(point.decidedBy()) + ": ")
                .quote(point.question())
                .say("; to go by: ")
                .quote(point.guidance());
    }

    private static Phrase evidence(List<EvidenceId> evidence) {
        return evidence.isEmpty()
                ? Phrase.EMPTY
                : Phrase.of("evidence: ")
                        .say(String.join(
                                ", ", evidence.stream().map(EvidenceId::value).toList()));
    }

    private static Phrase shownBy(List<Long> entries) {
        return entries.isEmpty() ? Phrase.EMPTY : Phrase.of("shown by").cite(entries);
    }

    private static Phrase participants(List<Person> participants, People people) {
        var named = participants.stream().flatMap(p -> people.name(p).stream()).toList();
        if (participants.isEmpty()) {
            return Phrase.EMPTY;
        }
        return named.isEmpty()
                ? Phrase.of("participants: " + participants.size())
                : Phrase.of("participants: ").names(named);
    }

    /** The phrases separated by semicolons. */
    public static Phrase joined(List<Phrase> phrases) {
        return phrases.stream().reduce((a, b) -> a.say("; ").and(b)).orElse(Phrase.EMPTY);
    }

    private static Lines line(Phrase headline) {
        return new Lines(headline, new ArrayList<>());
    }

    /** Collects details and passes over the empty ones. */
    private record Lines(Phrase headline, List<Phrase> details) {
        Lines add(Phrase detail) {
            if (!detail.isEmpty()) {
                details.add(detail);
            }
            return this;
        }

        Lines add(Optional<Phrase> detail) {
            return add(detail.orElse(Phrase.EMPTY));
        }

        Lines quote(String before, Optional<? extends Sealable> words) {
            return add(words.map(w -> Phrase.of(before).quote(w)));
        }

        Lines at(String before, Optional<OccurredAt> time) {
            return add(time.map(t -> Phrase.of(before).at(t)));
        }

        EntryWords words() {
            return new EntryWords(headline, details);
        }
    }
}
