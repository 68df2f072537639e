package org.incidenttimeline.api.gather;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.PreserveEvidence;
import org.incidenttimeline.core.event.Certainty;
import org.incidenttimeline.core.event.EvidenceKind;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Location;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Title;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What was preserved. */
@CommandsAt("/api/v1/incidents/{incident}/evidence")
class EvidenceController {
    private final Submissions submissions;

    EvidenceController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> preserve(
            Caller caller, @PathVariable IncidentId incident, @RequestBody PreserveEvidenceRequest request) {
        return submissions.submit(
                new PreserveEvidence(
                        incident,
                        caller.time(request.occurredAt()),
                        request.title(),
                        request.kind(),
                        request.location(),
                        request.sha256(),
                        request.collectedBy(),
                        request.certainty()),
                caller);
    }

    record PreserveEvidenceRequest(
            Optional<OccurredAt> occurredAt,
            Title title,
            EvidenceKind kind,
            Location location,
            Optional<Sha256> sha256,
            Person collectedBy,
            Certainty certainty) {}
}
