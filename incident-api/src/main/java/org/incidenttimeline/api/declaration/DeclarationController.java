package org.incidenttimeline.api.declaration;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.guidance.Guidance;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The incidents themselves. */
@CommandsAt("/api/v1/incidents")
class DeclarationController {
    private final Submissions submissions;
    private final Identifiers identifiers;
    private final Guidance guidance;

    DeclarationController(Submissions submissions, Identifiers identifiers, Guidance guidance) {
        this.submissions = submissions;
        this.identifiers = identifiers;
        this.guidance = guidance;
    }

    @PostMapping
    @ApiResponse(responseCode = "201", description = "The incident is new.", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "200",
            description = "It was declared before in the same words.",
            useReturnTypeSchema = true)
    ResponseEntity<CommandAnswer> declare(Caller caller, @RequestBody DeclareIncidentRequest request) {
        var incident = request.incidentId()
                .orElseGet(() -> new IncidentId(identifiers.next().toString()));
        return submissions.declare(
                () -> new DeclareIncident(
                        incident,
                        caller.time(request.occurredAt()),
                        request.title(),
                        request.severity(),
                        request.lead(),
                        request.summary(),
                        request.services(),
                        request.detection().toDetection(),
                        request.startedAt(),
                        request.impact().map(ImpactRequest::toImpact),
                        request.mode().orElse(Mode.LIVE),
                        request.visibility().orElse(Visibility.OPEN),
                        request.dedupKey(),
                        request.playbook().map(guidance::playbook)),
                caller);
    }

    /** A caller who chooses the identifier can repeat the request safely. */
    record DeclareIncidentRequest(
            Optional<IncidentId> incidentId,
            Optional<OccurredAt> occurredAt,
            Title title,
            Severity severity,
            Person lead,
            Optional<Text> summary,
            List<ServiceName> services,
            DetectionRequest detection,
            Optional<OccurredAt> startedAt,
            Optional<ImpactRequest> impact,
            Optional<Mode> mode,
            Optional<Visibility> visibility,
            Optional<DedupKey> dedupKey,
            Optional<PlaybookId> playbook) {}
}
