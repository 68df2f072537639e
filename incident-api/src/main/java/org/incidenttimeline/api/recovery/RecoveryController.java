package org.incidenttimeline.api.recovery;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.VerifyRecovery;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Whether the service is back. */
@CommandsAt("/api/v1/incidents/{incident}/recovery-checks")
class RecoveryController {
    private final Submissions submissions;

    RecoveryController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> verify(
            Caller caller, @PathVariable IncidentId incident, @RequestBody VerifyRecoveryRequest request) {
        var checks = request.checks().stream().map(CheckRequest::toCheck).toList();
        return submissions.submit(
                new VerifyRecovery(incident, caller.time(request.occurredAt()), checks, request.recoveredAt()), caller);
    }

    record VerifyRecoveryRequest(
            Optional<OccurredAt> occurredAt, List<CheckRequest> checks, Optional<OccurredAt> recoveredAt) {}

    record CheckRequest(Text signal, Text expectation, Text observation, boolean passed, Optional<Boolean> userFacing) {
        RecoveryCheck toCheck() {
            return new RecoveryCheck(signal, expectation, observation, passed, userFacing.orElse(false));
        }
    }
}
