package org.incidenttimeline.api.declaration;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.AssessImpact;
import org.incidenttimeline.core.command.IncidentCommand.ChangeSeverity;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.ImpactWindowId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** How bad it is. */
@CommandsAt("/api/v1/incidents/{incident}")
class AssessmentController {
    private final Submissions submissions;

    AssessmentController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping("/severity")
    ResponseEntity<CommandAnswer> changeSeverity(
            Caller caller, @PathVariable IncidentId incident, @RequestBody ChangeSeverityRequest request) {
        return submissions.submit(
                new ChangeSeverity(incident, caller.time(request.occurredAt()), request.severity(), request.because()),
                caller);
    }

    record ChangeSeverityRequest(Optional<OccurredAt> occurredAt, Severity severity, Text because) {}

    @PostMapping("/impacts")
    ResponseEntity<CommandAnswer> assessImpact(
            Caller caller, @PathVariable IncidentId incident, @RequestBody AssessImpactRequest request) {
        return submissions.submit(
                new AssessImpact(
                        incident,
                        caller.time(request.occurredAt()),
                        request.impactId(),
                        request.impact().toImpact(),
                        request.from(),
                        request.until()),
                caller);
    }

    record AssessImpactRequest(
            Optional<OccurredAt> occurredAt,
            Optional<ImpactWindowId> impactId,
            ImpactRequest impact,
            Optional<OccurredAt> from,
            Optional<OccurredAt> until) {}
}
