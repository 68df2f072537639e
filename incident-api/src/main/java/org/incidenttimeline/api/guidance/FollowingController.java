package org.incidenttimeline.api.guidance;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.ApplyPlaybook;
import org.incidenttimeline.core.command.IncidentCommand.CompleteRunbookStep;
import org.incidenttimeline.core.command.IncidentCommand.FollowRunbook;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What an incident makes of runbooks and playbooks. */
@CommandsAt("/api/v1/incidents/{incident}")
class FollowingController {
    private final Submissions submissions;
    private final Guidance guidance;

    FollowingController(Submissions submissions, Guidance guidance) {
        this.submissions = submissions;
        this.guidance = guidance;
    }

    @PostMapping("/runbooks")
    ResponseEntity<CommandAnswer> follow(
            Caller caller, @PathVariable IncidentId incident, @RequestBody FollowRunbookRequest request) {
        return submissions.submit(
                () -> new FollowRunbook(
                        incident, caller.time(request.occurredAt()), guidance.runbook(request.runbookId())),
                caller);
    }

    record FollowRunbookRequest(Optional<OccurredAt> occurredAt, RunbookId runbookId) {}

    @PostMapping("/runbooks/{runbook}/steps/{step:[1-9][0-9]{0,8}}/completion")
    ResponseEntity<CommandAnswer> completeStep(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable RunbookId runbook,
            @PathVariable int step,
            @RequestBody CompleteRunbookStepRequest request) {
        return submissions.submit(
                new CompleteRunbookStep(
                        incident,
                        caller.time(request.occurredAt()),
                        runbook,
                        step,
                        request.outcome(),
                        request.skippedBecause()),
                caller);
    }

    record CompleteRunbookStepRequest(
            Optional<OccurredAt> occurredAt, Optional<Text> outcome, Optional<Text> skippedBecause) {}

    @PostMapping("/playbook")
    ResponseEntity<CommandAnswer> apply(
            Caller caller, @PathVariable IncidentId incident, @RequestBody ApplyPlaybookRequest request) {
        return submissions.submit(
                () -> new ApplyPlaybook(
                        incident, caller.time(request.occurredAt()), guidance.playbook(request.playbookId())),
                caller);
    }

    record ApplyPlaybookRequest(Optional<OccurredAt> occurredAt, PlaybookId playbookId) {}
}
