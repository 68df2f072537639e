package org.incidenttimeline.api.guidance;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.guidance.GuideSubmissions.PlaybookAnswer;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.PlaybookCommand.ApprovePlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.DraftPlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.RetirePlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.RevisePlaybook;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookContent.CommunicationLine;
import org.incidenttimeline.core.event.PlaybookContent.DecisionPoint;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;
import org.incidenttimeline.core.event.PlaybookContent.RoleTaken;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The playbooks themselves. Who asks is the author of what they write, or the human they act for; who approves is who asks. */
@CommandsAt("/api/v1/playbooks")
class PlaybookController {
    private final GuideSubmissions submissions;
    private final Identifiers identifiers;

    PlaybookController(GuideSubmissions submissions, Identifiers identifiers) {
        this.submissions = submissions;
        this.identifiers = identifiers;
    }

    @PostMapping
    @ApiResponse(responseCode = "201", description = "The playbook is new.", useReturnTypeSchema = true)
    ResponseEntity<PlaybookAnswer> draft(Caller caller, @RequestBody DraftPlaybookRequest request) {
        var id = request.playbookId()
                .orElseGet(() -> new PlaybookId(identifiers.next().toString()));
        var content = request.content();
        return submissions.submit(new DraftPlaybook(id, content, caller.author()), caller);
    }

    /** A caller who chooses the identifier can repeat the request safely. */
    record DraftPlaybookRequest(
            Optional<PlaybookId> playbookId,
            Title title,
            List<ServiceName> services,
            List<RoleTaken> roles,
            List<Escalation> escalations,
            List<DecisionPoint> decisions,
            List<CommunicationLine> communication) {
        PlaybookContent content() {
            return new PlaybookContent(title, services, roles, escalations, decisions, communication);
        }
    }

    @PostMapping("/{playbook}/revision")
    ResponseEntity<PlaybookAnswer> revise(
            Caller caller, @PathVariable PlaybookId playbook, @RequestBody RevisePlaybookRequest request) {
        var content = request.content();
        return submissions.submit(new RevisePlaybook(playbook, content, caller.author(), request.because()), caller);
    }

    record RevisePlaybookRequest(
            Title title,
            List<ServiceName> services,
            List<RoleTaken> roles,
            List<Escalation> escalations,
            List<DecisionPoint> decisions,
            List<CommunicationLine> communication,
            Text because) {
        PlaybookContent content() {
            return new PlaybookContent(title, services, roles, escalations, decisions, communication);
        }
    }

    @PostMapping("/{playbook}/approval")
    ResponseEntity<PlaybookAnswer> approve(
            Caller caller, @PathVariable PlaybookId playbook, @RequestBody ApprovePlaybookRequest request) {
        return submissions.submit(
                new ApprovePlaybook(
                        playbook, request.revision(), caller.provenance().actor(), request.overrideBecause()),
                caller);
    }

    record ApprovePlaybookRequest(int revision, Optional<Text> overrideBecause) {}

    @PostMapping("/{playbook}/retirement")
    ResponseEntity<PlaybookAnswer> retire(
            Caller caller, @PathVariable PlaybookId playbook, @RequestBody RetirePlaybookRequest request) {
        return submissions.submit(new RetirePlaybook(playbook, request.because()), caller);
    }

    record RetirePlaybookRequest(Text because) {}
}
