package org.incidenttimeline.api.hypothesis;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.LinkEvidence;
import org.incidenttimeline.core.command.IncidentCommand.MakePrimary;
import org.incidenttimeline.core.command.IncidentCommand.ProposeHypothesis;
import org.incidenttimeline.core.command.IncidentCommand.SetAside;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Possible causes. */
@CommandsAt("/api/v1/incidents/{incident}/hypotheses")
class HypothesisController {
    private final Submissions submissions;

    HypothesisController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> propose(
            Caller caller, @PathVariable IncidentId incident, @RequestBody ProposeHypothesisRequest request) {
        return submissions.submit(
                new ProposeHypothesis(
                        incident,
                        caller.time(request.occurredAt()),
                        request.statement(),
                        request.prediction(),
                        request.refutedBy(),
                        request.primary().orElse(false)),
                caller);
    }

    record ProposeHypothesisRequest(
            Optional<OccurredAt> occurredAt,
            Text statement,
            Optional<Text> prediction,
            Optional<Text> refutedBy,
            Optional<Boolean> primary) {}

    @PostMapping("/{hypothesis}/primary")
    ResponseEntity<CommandAnswer> makePrimary(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable HypothesisId hypothesis,
            @RequestBody MakePrimaryRequest request) {
        return submissions.submit(
                new MakePrimary(incident, caller.time(request.occurredAt()), hypothesis, request.because()), caller);
    }

    record MakePrimaryRequest(Optional<OccurredAt> occurredAt, Optional<Text> because) {}

    @PostMapping("/{hypothesis}/evidence")
    ResponseEntity<CommandAnswer> linkEvidence(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable HypothesisId hypothesis,
            @RequestBody LinkEvidenceRequest request) {
        return submissions.submit(
                new LinkEvidence(
                        incident,
                        caller.time(request.occurredAt()),
                        hypothesis,
                        request.evidenceId(),
                        request.bearing(),
                        request.because()),
                caller);
    }

    record LinkEvidenceRequest(
            Optional<OccurredAt> occurredAt, EvidenceId evidenceId, EvidenceBearing bearing, Text because) {}

    @PostMapping("/{hypothesis}/set-aside")
    ResponseEntity<CommandAnswer> setAside(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable HypothesisId hypothesis,
            @RequestBody SetAsideRequest request) {
        return submissions.submit(
                new SetAside(incident, caller.time(request.occurredAt()), hypothesis, request.because()), caller);
    }

    record SetAsideRequest(Optional<OccurredAt> occurredAt, Text because) {}
}
