package org.incidenttimeline.api.gather;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.RecordSymptom;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What fails, and what still works. */
@CommandsAt("/api/v1/incidents/{incident}/symptoms")
class SymptomController {
    private final Submissions submissions;

    SymptomController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> record(
            Caller caller, @PathVariable IncidentId incident, @RequestBody RecordSymptomRequest request) {
        return submissions.submit(
                new RecordSymptom(
                        incident,
                        caller.time(request.occurredAt()),
                        request.state(),
                        request.text(),
                        request.source(),
                        request.service(),
                        request.firstSeen(),
                        request.reference()),
                caller);
    }

    record RecordSymptomRequest(
            Optional<OccurredAt> occurredAt,
            SymptomState state,
            Text text,
            SymptomSource source,
            Optional<ServiceName> service,
            Optional<OccurredAt> firstSeen,
            Optional<Reference> reference) {}
}
