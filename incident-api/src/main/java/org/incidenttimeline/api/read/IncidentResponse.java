package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.incidenttimeline.api.read.DutiesResponse.OpenDutyResponse;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.projections.duties.Duties;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.milestones.Measurement;
import org.incidenttimeline.projections.milestones.Milestone;
import org.incidenttimeline.projections.milestones.Milestones;

/** How one incident stands. Every {@code entry} is the number of a timeline entry; details are in the timeline. */
record IncidentResponse(
        IncidentId incidentId,
        long version,
        Title title,
        Optional<Text> summary,
        Phase phase,
        Severity severity,
        Mode mode,
        Visibility visibility,
        List<ServiceName> services,
        List<RoleResponse> roles,
        List<ImpactResponse> impacts,
        List<FreezeResponse> freezes,
        List<HypothesisResponse> hypotheses,
        List<MitigationResponse> mitigations,
        List<ChangeResponse> changes,
        List<PromiseResponse> promises,
        List<OpenDutyResponse> duties,
        List<FollowedRunbookResponse> runbooks,
        Optional<AppliedPlaybookResponse> playbook,
        List<MilestoneResponse> milestones,
        List<MeasurementResponse> measurements,
        Optional<ImportResponse> imported) {

    /** The record that the incident was entered from, by whom, and in which import. */
    @Schema(name = "ImportedFromResponse")
    record ImportResponse(
            Reference source,
            Reference id,
            Optional<Location> url,
            Optional<Text> licence,
            Optional<Reference> importRun,
            Person by,
            Instant importedAt,
            long entry) {
        static ImportResponse of(IncidentView.Import i) {
            return new ImportResponse(
                    i.origin().source(),
                    i.origin().id(),
                    i.origin().url(),
                    i.licence(),
                    i.run(),
                    i.source().by().name(),
                    i.source().recordedAt(),
                    i.source().entry());
        }
    }

    /** Who holds a role now. */
    record RoleResponse(Role role, Person person, long entry) {}

    /** What was suffered in one window. */
    record ImpactResponse(
            Optional<ImpactWindowId> impactId,
            Text broken,
            Optional<Text> stillWorks,
            Optional<Text> affected,
            Spread spread,
            Optional<TimeResponse> from,
            Optional<TimeResponse> until) {}

    /** A freeze of this incident, lifted or on. */
    record FreezeResponse(
            FreezeId freezeId,
            List<ServiceName> services,
            List<Environment> environments,
            Text reason,
            boolean on,
            Optional<Instant> expectedEnd,
            boolean overdueToBeLifted,
            List<Reference> exceptions,
            long entry) {}

    /** A hypothesis and where it stands. */
    record HypothesisResponse(
            HypothesisId hypothesisId,
            Text statement,
            IncidentView.HypothesisStatus status,
            boolean primary,
            long entry) {}

    /** A mitigation and where it stands. */
    record MitigationResponse(
            MitigationId mitigationId,
            MitigationKind kind,
            Text text,
            IncidentView.MitigationStatus status,
            Optional<MitigationOutcome> outcome,
            long entry) {}

    /** A change, what it had to do with the incident, and the freeze it went against. */
    record ChangeResponse(
            ChangeId changeId,
            ChangeKind kind,
            Text text,
            ServiceName service,
            Optional<ChangeVerdict> verdict,
            Optional<FreezeId> freezeBroken,
            TimeResponse madeAt,
            long entry) {}

    /** When an audience was to hear again, and whether it did. */
    record PromiseResponse(
            Audience audience,
            Instant dueAt,
            IncidentView.PromiseStatus status,
            OptionalLong lateBySeconds,
            boolean overdue) {}

    /** A runbook that is followed, in the revision that was in use then. */
    record FollowedRunbookResponse(
            RunbookId runbookId, int revision, Text title, List<FollowedStepResponse> steps, long entry) {
        static FollowedRunbookResponse of(IncidentView.FollowedRunbook runbook) {
            return new FollowedRunbookResponse(
                    runbook.runbookId(),
                    runbook.revision(),
                    runbook.title(),
                    runbook.steps().stream().map(FollowedStepResponse::of).toList(),
                    runbook.followed().entry());
        }
    }

    /** A step, and what was told of it last; {@code entry} is empty where nothing is told yet. */
    record FollowedStepResponse(
            int step, Text action, Optional<Text> outcome, Optional<Text> skippedBecause, OptionalLong entry) {
        static FollowedStepResponse of(IncidentView.FollowedStep step) {
            return new FollowedStepResponse(
                    step.number(),
                    step.action(),
                    step.told().flatMap(told -> told.outcome()),
                    step.told().flatMap(told -> told.skippedBecause()),
                    step.told()
                            .map(told -> OptionalLong.of(told.source().entry()))
                            .orElse(OptionalLong.empty()));
        }
    }

    /** The playbook applied last: whom to call, and what will have to be decided. */
    record AppliedPlaybookResponse(
            PlaybookId playbookId,
            int revision,
            Text title,
            Severity severity,
            List<EscalationResponse> escalations,
            List<DecisionResponse> decisions,
            long entry) {
        static AppliedPlaybookResponse of(IncidentView.AppliedPlaybook playbook) {
            return new AppliedPlaybookResponse(
                    playbook.playbookId(),
                    playbook.revision(),
                    playbook.title(),
                    playbook.severity(),
                    playbook.escalations().stream()
                            .map(e -> new EscalationResponse(e.when(), e.to(), e.reachedAt(), e.within()))
                            .toList(),
                    playbook.decisions().stream()
                            .map(d -> new DecisionResponse(d.question(), d.decidedBy(), d.guidance()))
                            .toList(),
                    playbook.source().entry());
        }
    }

    /** Whom to call, when, and how long to wait for them. */
    record EscalationResponse(Text when, Person to, Reference reachedAt, Optional<Duration> within) {}

    /** A question that will come up, who answers it, and what to go by. */
    record DecisionResponse(Text question, Role decidedBy, Text guidance) {}

    /** A moment by which the response is measured, and the entry that claims it. */
    record MilestoneResponse(Milestone.Name name, TimeResponse at, long entry) {}

    /** A length of time between two milestones; without one of them, what is missing. */
    record MeasurementResponse(
            String name,
            Milestone.Name from,
            Milestone.Name to,
            OptionalLong seconds,
            boolean approximate,
            Optional<String> remark,
            List<Milestone.Name> missing) {
        static MeasurementResponse of(Measurement.Value value) {
            var m = value.measurement();
            return switch (value) {
                case Measurement.Value.Measured v ->
                    new MeasurementResponse(
                            m.name(),
                            m.from(),
                            m.to(),
                            OptionalLong.of(v.length().toSeconds()),
                            v.approximate(),
                            v.remark(),
                            List.of());
                case Measurement.Value.NotRecorded v ->
                    new MeasurementResponse(
                            m.name(), m.from(), m.to(), OptionalLong.empty(), false, Optional.empty(), v.missing());
            };
        }
    }

    static IncidentResponse of(IncidentView view, DutyTemplates templates, Instant now) {
        var milestones = Milestones.of(view.timeline());
        return new IncidentResponse(
                view.incidentId(),
                view.version(),
                view.title(),
                view.summary(),
                view.phase(),
                view.severity(),
                view.mode(),
                view.visibility(),
                view.services(),
                view.rolesNow().stream()
                        .map(r ->
                                new RoleResponse(r.role(), r.person(), r.since().entry()))
                        .toList(),
                view.impacts().stream().map(IncidentResponse::impact).toList(),
                view.freezes().stream().map(f -> freeze(f, now)).toList(),
                view.hypotheses().stream()
                        .map(h -> new HypothesisResponse(
                                h.hypothesisId(),
                                h.statement(),
                                h.status(),
                                h.primary(),
                                h.sources().getFirst().entry()))
                        .toList(),
                view.mitigations().stream()
                        .map(m -> new MitigationResponse(
                                m.mitigationId(),
                                m.kind(),
                                m.text(),
                                m.status(),
                                m.outcome().map(o -> o.outcome()),
                                m.begun().entry()))
                        .toList(),
                view.changes().stream()
                        .map(c -> new ChangeResponse(
                                c.changeId(),
                                c.kind(),
                                c.text(),
                                c.service(),
                                c.verdict(),
                                c.freezeBroken(),
                                TimeResponse.of(c.source().occurredAt()),
                                c.source().entry()))
                        .toList(),
                view.promises().stream().map(p -> promise(p, now)).toList(),
                OpenDutyResponse.of(Duties.of(view, templates, now)),
                view.runbooks().stream().map(FollowedRunbookResponse::of).toList(),
                view.playbooks().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                AppliedPlaybookResponse.of(view.playbooks().getLast())),
                Stream.of(Milestone.Name.values())
                        .flatMap(name -> milestones.get(name).stream()
                                .map(m -> new MilestoneResponse(
                                        name,
                                        TimeResponse.of(m.at()),
                                        m.source().entry())))
                        .toList(),
                milestones.measurements().stream().map(MeasurementResponse::of).toList(),
                view.imported().map(ImportResponse::of));
    }

    private static ImpactResponse impact(IncidentView.ImpactWindow w) {
        return new ImpactResponse(
                w.impactId(),
                w.impact().broken(),
                w.impact().stillWorks(),
                w.impact().affected(),
                w.impact().spread(),
                w.from().map(TimeResponse::of),
                w.until().map(TimeResponse::of));
    }

    private static FreezeResponse freeze(Freeze f, Instant now) {
        return new FreezeResponse(
                f.freezeId(),
                f.scope().services(),
                f.scope().environments(),
                f.reason(),
                f.isOn(),
                f.expectedEnd(),
                f.isOverdueToBeLifted(now),
                f.exceptions().stream().map(Freeze.Exempted::change).toList(),
                f.frozen().entry());
    }

    private static PromiseResponse promise(IncidentView.Promise p, Instant now) {
        boolean pending = p.status() == IncidentView.PromiseStatus.PENDING;
        return new PromiseResponse(
                p.audience(),
                p.dueAt(),
                p.status(),
                p.lateBy().map(d -> OptionalLong.of(d.toSeconds())).orElse(OptionalLong.empty()),
                pending && p.dueAt().isBefore(now));
    }
}
