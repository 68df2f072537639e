package org.incidenttimeline.api.guidance;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.guidance.GuideSubmissions.RunbookAnswer;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.RunbookCommand.ApproveRunbook;
import org.incidenttimeline.core.command.RunbookCommand.DraftRunbook;
import org.incidenttimeline.core.command.RunbookCommand.RetireRunbook;
import org.incidenttimeline.core.command.RunbookCommand.ReviseRunbook;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.RunbookStep;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The runbooks themselves. Who asks is the author of what they write, or the human they act for; who approves is who asks. */
@CommandsAt("/api/v1/runbooks")
class RunbookController {
    private final GuideSubmissions submissions;
    private final Identifiers identifiers;

    RunbookController(GuideSubmissions submissions, Identifiers identifiers) {
        this.submissions = submissions;
        this.identifiers = identifiers;
    }

    @PostMapping
    @ApiResponse(responseCode = "201", description = "The runbook is new.", useReturnTypeSchema = true)
    ResponseEntity<RunbookAnswer> draft(Caller caller, @RequestBody DraftRunbookRequest request) {
        var id = request.runbookId()
                .orElseGet(() -> new RunbookId(identifiers.next().toString()));
        var content = request.content();
        return submissions.submit(new DraftRunbook(id, content, caller.author()), content, caller);
    }

    /** A caller who chooses the identifier can repeat the request safely. */
    record DraftRunbookRequest(
            Optional<RunbookId> runbookId,
            Title title,
            List<ServiceName> services,
            List<Text> symptoms,
            List<RunbookStep> firstChecks,
            List<RunbookStep> safeMitigations,
            Text escalateWhen,
            List<RunbookStep> restoredWhen,
            List<RunbookStep> rollback) {
        RunbookContent content() {
            return new RunbookContent(
                    title, services, symptoms, firstChecks, safeMitigations, escalateWhen, restoredWhen, rollback);
        }
    }

    @PostMapping("/{runbook}/revision")
    ResponseEntity<RunbookAnswer> revise(
            Caller caller, @PathVariable RunbookId runbook, @RequestBody ReviseRunbookRequest request) {
        var content = request.content();
        return submissions.submit(
                new ReviseRunbook(runbook, content, caller.author(), request.because()), content, caller);
    }

    record ReviseRunbookRequest(
            Title title,
            List<ServiceName> services,
            List<Text> symptoms,
            List<RunbookStep> firstChecks,
            List<RunbookStep> safeMitigations,
            Text escalateWhen,
            List<RunbookStep> restoredWhen,
            List<RunbookStep> rollback,
            Text because) {
        RunbookContent content() {
            return new RunbookContent(
                    title, services, symptoms, firstChecks, safeMitigations, escalateWhen, restoredWhen, rollback);
        }
    }

    @PostMapping("/{runbook}/approval")
    ResponseEntity<RunbookAnswer> approve(
            Caller caller, @PathVariable RunbookId runbook, @RequestBody ApproveRunbookRequest request) {
        return submissions.submit(
                new ApproveRunbook(
                        runbook, request.revision(), caller.provenance().actor(), request.overrideBecause()),
                caller);
    }

    record ApproveRunbookRequest(int revision, Optional<Text> overrideBecause) {}

    @PostMapping("/{runbook}/retirement")
    ResponseEntity<RunbookAnswer> retire(
            Caller caller, @PathVariable RunbookId runbook, @RequestBody RetireRunbookRequest request) {
        return submissions.submit(new RetireRunbook(runbook, request.because()), caller);
    }

    record RetireRunbookRequest(Text because) {}
}
