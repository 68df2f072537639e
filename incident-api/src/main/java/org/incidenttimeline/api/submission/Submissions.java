package org.incidenttimeline.api.submission;

import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.NotAccepted;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Hands commands in, and words the answer. What refuses them is told by the problem package. */
@Component
public class Submissions {
    private final CommandDesk desk;
    private final CommandAccess access;

    Submissions(CommandDesk desk, CommandAccess access) {
        this.desk = desk;
        this.access = access;
    }

    public ResponseEntity<CommandAnswer> submit(IncidentCommand command, Caller caller) {
        var accepted = accept(command, caller);
        return answer(ResponseEntity.ok(), command, accepted);
    }

    /** As {@link #submit}, and says where the new incident is. Declared again in the same words, it is not new. */
    public ResponseEntity<CommandAnswer> declare(DeclareIncident command, Caller caller) {
        var accepted = accept(command, caller);
        var status = accepted.events().isEmpty() ? HttpStatus.OK : HttpStatus.CREATED;
        var location = UriComponentsBuilder.fromPath("/api/v1/incidents/{incident}")
                .build(command.incidentId().value());
        return answer(ResponseEntity.status(status).location(location), command, accepted);
    }

    private Accepted accept(IncidentCommand command, Caller caller) {
        access.require(caller.principal(), command);
        try {
            return desk.submit(command, caller.provenance(), caller.expectedVersion());
        } catch (NotAccepted e) {
            throw access.without(caller.principal(), e);
        }
    }

    private static ResponseEntity<CommandAnswer> answer(
            ResponseEntity.BodyBuilder response, IncidentCommand command, Accepted accepted) {
        return response.eTag("\"" + accepted.version() + "\"").body(CommandAnswer.of(command.incidentId(), accepted));
    }
}
