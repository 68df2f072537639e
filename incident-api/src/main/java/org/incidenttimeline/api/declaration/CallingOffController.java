package org.incidenttimeline.api.declaration;

import java.util.Optional;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.CancelIncident;
import org.incidenttimeline.core.command.IncidentCommand.MergeInto;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The ends of a response that need no recovery. */
@CommandsAt("/api/v1/incidents/{incident}")
class CallingOffController {
    private final Submissions submissions;
    private final IncidentAccess access;

    CallingOffController(Submissions submissions, IncidentAccess access) {
        this.submissions = submissions;
        this.access = access;
    }

    @PostMapping("/cancellation")
    ResponseEntity<CommandAnswer> cancel(
            Caller caller, @PathVariable IncidentId incident, @RequestBody CancelIncidentRequest request) {
        return submissions.submit(
                new CancelIncident(incident, caller.time(request.occurredAt()), request.reason(), request.because()),
                caller);
    }

    record CancelIncidentRequest(Optional<OccurredAt> occurredAt, CancellationReason reason, Text because) {}

    @PostMapping("/merge")
    ResponseEntity<CommandAnswer> merge(
            Caller caller, @PathVariable IncidentId incident, @RequestBody MergeIntoRequest request) {
        requireDeclared(caller.principal(), request.into());
        return submissions.submit(
                new MergeInto(incident, caller.time(request.occurredAt()), request.into(), request.because()), caller);
    }

    /** The rules see one incident alone, so the other one is looked up here. An incident that exists stays. */
    private void requireDeclared(Principal principal, IncidentId target) {
        if (!access.maySee(principal, target)) {
            throw ProblemCode.UNKNOWN_MERGE_TARGET.because("There is no incident " + target + " to merge into.");
        }
    }

    record MergeIntoRequest(Optional<OccurredAt> occurredAt, IncidentId into, Text because) {}
}
