package org.incidenttimeline.api.gather;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.LinkChange;
import org.incidenttimeline.core.command.IncidentCommand.RecordChange;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.ChangeVerdict;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What was changed, and what that has to do with the incident. */
@CommandsAt("/api/v1/incidents/{incident}/changes")
class ChangeController {
    private final Submissions submissions;

    ChangeController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> record(
            Caller caller, @PathVariable IncidentId incident, @RequestBody RecordChangeRequest request) {
        return submissions.submit(
                new RecordChange(
                        incident,
                        caller.time(request.occurredAt()),
                        request.kind(),
                        request.text(),
                        request.service(),
                        request.environment(),
                        request.by(),
                        request.reference()),
                caller);
    }

    record RecordChangeRequest(
            Optional<OccurredAt> occurredAt,
            ChangeKind kind,
            Text text,
            ServiceName service,
            Optional<Environment> environment,
            Optional<Person> by,
            Optional<Reference> reference) {}

    @PostMapping("/{change}/link")
    ResponseEntity<CommandAnswer> link(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable ChangeId change,
            @RequestBody LinkChangeRequest request) {
        return submissions.submit(
                new LinkChange(
                        incident, caller.time(request.occurredAt()), change, request.verdict(), request.because()),
                caller);
    }

    record LinkChangeRequest(Optional<OccurredAt> occurredAt, ChangeVerdict verdict, Text because) {}
}
