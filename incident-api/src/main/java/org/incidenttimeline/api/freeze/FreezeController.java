package org.incidenttimeline.api.freeze;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.FreezeChanges;
import org.incidenttimeline.core.command.IncidentCommand.GrantFreezeException;
import org.incidenttimeline.core.command.IncidentCommand.LiftFreeze;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Freezes of an incident, and the exceptions to them. */
@CommandsAt("/api/v1/incidents/{incident}/freezes")
class FreezeController {
    private final Submissions submissions;

    FreezeController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> freeze(
            Caller caller, @PathVariable IncidentId incident, @RequestBody FreezeChangesRequest request) {
        return submissions.submit(
                new FreezeChanges(
                        incident,
                        caller.time(request.occurredAt()),
                        request.scope(),
                        request.reason(),
                        request.expectedEnd()),
                caller);
    }

    record FreezeChangesRequest(
            Optional<OccurredAt> occurredAt, Scope scope, Text reason, Optional<Instant> expectedEnd) {}

    @PostMapping("/{freeze}/exceptions")
    ResponseEntity<CommandAnswer> grantException(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable FreezeId freeze,
            @RequestBody GrantFreezeExceptionRequest request) {
        return submissions.submit(
                new GrantFreezeException(
                        incident,
                        caller.time(request.occurredAt()),
                        freeze,
                        request.change(),
                        request.approvedBy(),
                        request.because()),
                caller);
    }

    record GrantFreezeExceptionRequest(
            Optional<OccurredAt> occurredAt, Reference change, Person approvedBy, Text because) {}

    @PostMapping("/{freeze}/lift")
    ResponseEntity<CommandAnswer> lift(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable FreezeId freeze,
            @RequestBody LiftFreezeRequest request) {
        return submissions.submit(
                new LiftFreeze(incident, caller.time(request.occurredAt()), freeze, request.because()), caller);
    }

    record LiftFreezeRequest(Optional<OccurredAt> occurredAt, Text because) {}
}
