package org.incidenttimeline.api.hypothesis;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.BeginTest;
import org.incidenttimeline.core.command.IncidentCommand.ConcludeTest;
import org.incidenttimeline.core.command.IncidentCommand.TestConclusion;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Tests of hypotheses. */
@CommandsAt("/api/v1/incidents/{incident}")
class HypothesisTestController {
    private final Submissions submissions;

    HypothesisTestController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping("/hypotheses/{hypothesis}/tests")
    ResponseEntity<CommandAnswer> begin(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable HypothesisId hypothesis,
            @RequestBody BeginTestRequest request) {
        return submissions.submit(
                new BeginTest(
                        incident,
                        caller.time(request.occurredAt()),
                        hypothesis,
                        request.action(),
                        request.expectation(),
                        request.safeBecause(),
                        request.undo(),
                        request.risky().orElse(false),
                        request.approvedBy(),
                        request.overrideBecause()),
                caller);
    }

    record BeginTestRequest(
            Optional<OccurredAt> occurredAt,
            Text action,
            Text expectation,
            Text safeBecause,
            Text undo,
            Optional<Boolean> risky,
            Optional<Person> approvedBy,
            Optional<Text> overrideBecause) {}

    @PostMapping("/tests/{test}/conclusion")
    ResponseEntity<CommandAnswer> conclude(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable TestId test,
            @RequestBody ConcludeTestRequest request) {
        return submissions.submit(
                new ConcludeTest(
                        incident,
                        caller.time(request.occurredAt()),
                        test,
                        request.conclusion(),
                        request.observed(),
                        request.evidence(),
                        request.overrideBecause()),
                caller);
    }

    record ConcludeTestRequest(
            Optional<OccurredAt> occurredAt,
            TestConclusion conclusion,
            Text observed,
            List<EvidenceId> evidence,
            Optional<Text> overrideBecause) {}
}
