package org.incidenttimeline.api.declaration;

import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.AssignRole;
import org.incidenttimeline.core.command.IncidentCommand.HandOverRole;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Who holds which role. */
@CommandsAt("/api/v1/incidents/{incident}/roles")
class RoleController {
    private final Submissions submissions;

    RoleController(Submissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping
    ResponseEntity<CommandAnswer> assign(
            Caller caller, @PathVariable IncidentId incident, @RequestBody AssignRoleRequest request) {
        return submissions.submit(
                new AssignRole(incident, caller.time(request.occurredAt()), request.role(), request.person()), caller);
    }

    record AssignRoleRequest(Optional<OccurredAt> occurredAt, Role role, Person person) {}

    @PostMapping("/{role}/handover")
    ResponseEntity<CommandAnswer> handOver(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable Role role,
            @RequestBody HandOverRoleRequest request) {
        return submissions.submit(
                new HandOverRole(
                        incident,
                        caller.time(request.occurredAt()),
                        role,
                        request.from(),
                        request.to(),
                        request.briefing()),
                caller);
    }

    record HandOverRoleRequest(Optional<OccurredAt> occurredAt, Person from, Person to, Optional<Text> briefing) {}
}
