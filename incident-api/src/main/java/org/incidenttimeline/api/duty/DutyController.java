package org.incidenttimeline.api.duty;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.ClassifyIncident;
import org.incidenttimeline.core.command.IncidentCommand.EstablishAwareness;
import org.incidenttimeline.core.command.IncidentCommand.SubmitNotification;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.incident.RegimeInForce;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What is told of duties to report. */
@CommandsAt("/api/v1/incidents/{incident}")
class DutyController {
    private final Submissions submissions;
    private final DutyTemplates templates;

    DutyController(Submissions submissions, DutyTemplates templates) {
        this.submissions = submissions;
        this.templates = templates;
    }

    @PostMapping("/awareness")
    ResponseEntity<CommandAnswer> establishAwareness(
            Caller caller, @PathVariable IncidentId incident, @RequestBody EstablishAwarenessRequest request) {
        return submissions.submit(
                new EstablishAwareness(incident, caller.time(request.occurredAt()), request.by(), request.because()),
                caller);
    }

    record EstablishAwarenessRequest(Optional<OccurredAt> occurredAt, Person by, Text because) {}

    @PostMapping("/classifications")
    ResponseEntity<CommandAnswer> classify(
            Caller caller, @PathVariable IncidentId incident, @RequestBody ClassifyIncidentRequest request) {
        return submissions.submit(
                () -> new ClassifyIncident(
                        incident,
                        caller.time(request.occurredAt()),
                        RegimeInForce.of(templates, request.regime()),
                        request.decision(),
                        request.classification(),
                        request.because()),
                caller);
    }

    record ClassifyIncidentRequest(
            Optional<OccurredAt> occurredAt,
            RegimeName regime,
            Reportability decision,
            ClassificationName classification,
            Text because) {}

    @PostMapping("/notifications")
    ResponseEntity<CommandAnswer> submitNotification(
            Caller caller, @PathVariable IncidentId incident, @RequestBody SubmitNotificationRequest request) {
        return submissions.submit(
                () -> new SubmitNotification(
                        incident,
                        caller.time(request.occurredAt()),
                        RegimeInForce.of(templates, request.regime()),
                        request.stage(),
                        request.recipient(),
                        request.receipt(),
                        request.lateBecause()),
                caller);
    }

    record SubmitNotificationRequest(
            Optional<OccurredAt> occurredAt,
            RegimeName regime,
            StageName stage,
            Title recipient,
            Optional<Reference> receipt,
            Optional<Text> lateBecause) {}
}
