package org.incidenttimeline.api.review;

import java.time.LocalDate;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.AssignAction;
import org.incidenttimeline.core.command.IncidentCommand.CompleteAction;
import org.incidenttimeline.core.command.IncidentCommand.DropAction;
import org.incidenttimeline.core.command.IncidentCommand.ReassignAction;
import org.incidenttimeline.core.command.IncidentCommand.RescheduleAction;
import org.incidenttimeline.core.event.ActionKind;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What will be done so that it does not happen again. */
@CommandsAt("/api/v1/incidents/{incident}/actions")
class ActionController {
    private final Submissions submissions;

    ActionController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> assign(
            Caller caller, @PathVariable IncidentId incident, @RequestBody AssignActionRequest request) {
        return submissions.submit(
                new AssignAction(
                        incident,
                        caller.time(request.occurredAt()),
                        request.text(),
                        request.kind(),
                        request.owner(),
                        request.due(),
                        request.finding(),
                        request.tracker()),
                caller);
    }

    record AssignActionRequest(
            Optional<OccurredAt> occurredAt,
            Text text,
            ActionKind kind,
            Optional<Person> owner,
            Optional<LocalDate> due,
            Optional<FindingId> finding,
            Optional<Reference> tracker) {}

    @PostMapping("/{action}/reassignment")
    ResponseEntity<CommandAnswer> reassign(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable ActionId action,
            @RequestBody ReassignActionRequest request) {
        return submissions.submit(
                new ReassignAction(
                        incident, caller.time(request.occurredAt()), action, request.to(), request.because()),
                caller);
    }

    record ReassignActionRequest(Optional<OccurredAt> occurredAt, Person to, Text because) {}

    @PostMapping("/{action}/rescheduling")
    ResponseEntity<CommandAnswer> reschedule(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable ActionId action,
            @RequestBody RescheduleActionRequest request) {
        return submissions.submit(
                new RescheduleAction(
                        incident, caller.time(request.occurredAt()), action, request.to(), request.because()),
                caller);
    }

    record RescheduleActionRequest(Optional<OccurredAt> occurredAt, LocalDate to, Text because) {}

    @PostMapping("/{action}/completion")
    ResponseEntity<CommandAnswer> complete(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable ActionId action,
            @RequestBody CompleteActionRequest request) {
        return submissions.submit(
                new CompleteAction(
                        incident, caller.time(request.occurredAt()), action, request.outcome(), request.proof()),
                caller);
    }

    record CompleteActionRequest(Optional<OccurredAt> occurredAt, Optional<Text> outcome, Optional<Reference> proof) {}

    @PostMapping("/{action}/drop")
    ResponseEntity<CommandAnswer> drop(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable ActionId action,
            @RequestBody DropActionRequest request) {
        return submissions.submit(
                new DropAction(incident, caller.time(request.occurredAt()), action, request.because()), caller);
    }

    record DropActionRequest(Optional<OccurredAt> occurredAt, Text because) {}
}
