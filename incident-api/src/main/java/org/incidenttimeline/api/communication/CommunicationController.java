package org.incidenttimeline.api.communication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.PlanCommunication;
import org.incidenttimeline.core.command.IncidentCommand.PublishUpdate;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Plans of communication, and updates. */
@CommandsAt("/api/v1/incidents/{incident}")
class CommunicationController {
    private final Submissions submissions;

    CommunicationController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping("/communication-plans")
    ResponseEntity<CommandAnswer> plan(
            Caller caller, @PathVariable IncidentId incident, @RequestBody PlanCommunicationRequest request) {
        return submissions.submit(
                new PlanCommunication(
                        incident,
                        caller.time(request.occurredAt()),
                        request.audience(),
                        request.owner(),
                        request.channel(),
                        request.cadence()),
                caller);
    }

    record PlanCommunicationRequest(
            Optional<OccurredAt> occurredAt, Audience audience, Person owner, Reference channel, Duration cadence) {}

    @PostMapping("/updates")
    ResponseEntity<CommandAnswer> publish(
            Caller caller, @PathVariable IncidentId incident, @RequestBody PublishUpdateRequest request) {
        return submissions.submit(
                new PublishUpdate(
                        incident,
                        caller.time(request.occurredAt()),
                        request.audiences(),
                        request.whatHappened(),
                        request.userImpact(),
                        request.whatWeAreDoing(),
                        request.nextUpdateAt()),
                caller);
    }

    record PublishUpdateRequest(
            Optional<OccurredAt> occurredAt,
            List<Audience> audiences,
            Text whatHappened,
            Text userImpact,
            Text whatWeAreDoing,
            Optional<Instant> nextUpdateAt) {}
}
