package org.incidenttimeline.api.mitigation;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.BeginMitigation;
import org.incidenttimeline.core.command.IncidentCommand.CompleteMitigation;
import org.incidenttimeline.core.command.IncidentCommand.FailMitigation;
import org.incidenttimeline.core.command.IncidentCommand.RollBackMitigation;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.MitigationKind;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Mitigations and how they end. */
@CommandsAt("/api/v1/incidents/{incident}/mitigations")
class MitigationController {
    private final Submissions submissions;

    MitigationController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> begin(
            Caller caller, @PathVariable IncidentId incident, @RequestBody BeginMitigationRequest request) {
        return submissions.submit(
                new BeginMitigation(
                        incident,
                        caller.time(request.occurredAt()),
                        request.kind(),
                        request.text(),
                        request.destructive().orElse(false),
                        request.restsOn(),
                        request.blind().orElse(false),
                        request.undo(),
                        request.parallelBecause(),
                        request.evidenceWaivedBecause()),
                caller);
    }

    record BeginMitigationRequest(
            Optional<OccurredAt> occurredAt,
            MitigationKind kind,
            Text text,
            Optional<Boolean> destructive,
            Optional<HypothesisId> restsOn,
            Optional<Boolean> blind,
            Optional<Text> undo,
            Optional<Text> parallelBecause,
            Optional<Text> evidenceWaivedBecause) {}

    @PostMapping("/{mitigation}/completion")
    ResponseEntity<CommandAnswer> complete(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable MitigationId mitigation,
            @RequestBody CompleteMitigationRequest request) {
        return submissions.submit(
                new CompleteMitigation(
                        incident, caller.time(request.occurredAt()), mitigation, request.outcome(), request.observed()),
                caller);
    }

    record CompleteMitigationRequest(Optional<OccurredAt> occurredAt, MitigationOutcome outcome, Text observed) {}

    @PostMapping("/{mitigation}/failure")
    ResponseEntity<CommandAnswer> fail(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable MitigationId mitigation,
            @RequestBody FailMitigationRequest request) {
        return submissions.submit(
                new FailMitigation(
                        incident, caller.time(request.occurredAt()), mitigation, request.outcome(), request.observed()),
                caller);
    }

    record FailMitigationRequest(Optional<OccurredAt> occurredAt, MitigationOutcome outcome, Text observed) {}

    @PostMapping("/{mitigation}/rollback")
    ResponseEntity<CommandAnswer> rollBack(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable MitigationId mitigation,
            @RequestBody RollBackMitigationRequest request) {
        return submissions.submit(
                new RollBackMitigation(incident, caller.time(request.occurredAt()), mitigation, request.because()),
                caller);
    }

    record RollBackMitigationRequest(Optional<OccurredAt> occurredAt, Text because) {}
}
