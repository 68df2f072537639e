package org.incidenttimeline.api.review;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.BeginReview;
import org.incidenttimeline.core.command.IncidentCommand.CloseIncident;
import org.incidenttimeline.core.command.IncidentCommand.PublishPostmortem;
import org.incidenttimeline.core.command.IncidentCommand.RecordFinding;
import org.incidenttimeline.core.command.IncidentCommand.ReopenIncident;
import org.incidenttimeline.core.command.IncidentCommand.ReviseFinding;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.PatternTag;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The review, its findings, the postmortem, and the end of the record. */
@CommandsAt("/api/v1/incidents/{incident}")
class ReviewController {
    private final Submissions submissions;

    ReviewController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping("/review")
    ResponseEntity<CommandAnswer> begin(
            Caller caller, @PathVariable IncidentId incident, @RequestBody BeginReviewRequest request) {
        return submissions.submit(
                new BeginReview(
                        incident, caller.time(request.occurredAt()), request.facilitator(), request.participants()),
                caller);
    }

    record BeginReviewRequest(Optional<OccurredAt> occurredAt, Person facilitator, List<Person> participants) {}

    @PostMapping("/findings")
    ResponseEntity<CommandAnswer> recordFinding(
            Caller caller, @PathVariable IncidentId incident, @RequestBody RecordFindingRequest request) {
        return submissions.submit(
                new RecordFinding(
                        incident,
                        caller.time(request.occurredAt()),
                        request.kind(),
                        request.text(),
                        request.pattern(),
                        request.entries()),
                caller);
    }

    record RecordFindingRequest(
            Optional<OccurredAt> occurredAt,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries) {}

    @PostMapping("/findings/{finding}/revision")
    ResponseEntity<CommandAnswer> reviseFinding(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable FindingId finding,
            @RequestBody ReviseFindingRequest request) {
        return submissions.submit(
                new ReviseFinding(
                        incident,
                        caller.time(request.occurredAt()),
                        finding,
                        request.kind(),
                        request.text(),
                        request.pattern(),
                        request.entries(),
                        request.because()),
                caller);
    }

    record ReviseFindingRequest(
            Optional<OccurredAt> occurredAt,
            FindingKind kind,
            Text text,
            Optional<PatternTag> pattern,
            List<Long> entries,
            Text because) {}

    @PostMapping("/postmortem/publication")
    ResponseEntity<CommandAnswer> publishPostmortem(
            Caller caller, @PathVariable IncidentId incident, @RequestBody PublishPostmortemRequest request) {
        return submissions.submit(
                new PublishPostmortem(
                        incident, caller.time(request.occurredAt()), request.summary(), request.noActionBecause()),
                caller);
    }

    record PublishPostmortemRequest(Optional<OccurredAt> occurredAt, Text summary, Optional<Text> noActionBecause) {}

    @PostMapping("/closure")
    ResponseEntity<CommandAnswer> close(
            Caller caller, @PathVariable IncidentId incident, @RequestBody CloseIncidentRequest request) {
        return submissions.submit(
                new CloseIncident(incident, caller.time(request.occurredAt()), request.note()), caller);
    }

    record CloseIncidentRequest(Optional<OccurredAt> occurredAt, Optional<Text> note) {}

    @PostMapping("/reopening")
    ResponseEntity<CommandAnswer> reopen(
            Caller caller, @PathVariable IncidentId incident, @RequestBody ReopenIncidentRequest request) {
        return submissions.submit(
                new ReopenIncident(incident, caller.time(request.occurredAt()), request.because()), caller);
    }

    record ReopenIncidentRequest(Optional<OccurredAt> occurredAt, Text because) {}
}
