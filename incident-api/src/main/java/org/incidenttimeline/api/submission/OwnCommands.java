package org.incidenttimeline.api.submission;

import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.springframework.stereotype.Component;

/** Commands that this service gives by itself, because time has passed. They come from no request. */
@Component
public class OwnCommands {
    /** How the log calls this service where it acts by itself. */
    public static final Person NAME = new Person("incident-timeline");

    private final CommandDesk desk;
    private final Identifiers identifiers;

    OwnCommands(CommandDesk desk, Identifiers identifiers) {
        this.desk = desk;
        this.identifiers = identifiers;
    }

    /**
     * Hands the command in.
     *
     * @param credential which part of the service acts, for instance {@code system:deadlines}; no credential of a caller has
     *     this form
     */
    public Accepted submit(IncidentCommand command, String credential) {
        String commandId = identifiers.next().toString();
        var provenance = new Provenance(
                new Actor(NAME, Actor.Kind.TOOL),
                Optional.empty(),
                credential,
                commandId,
                Optional.empty(),
                commandId,
                commandId);
        return desk.submit(command, provenance, OptionalLong.empty());
    }
}
