package org.incidenttimeline.api.submission;

import java.util.Map;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.IncidentAccess.Sight;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.FreezeChanges;
import org.incidenttimeline.core.command.IncidentCommand.ImportIncident;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.incident.Refusal;
import org.springframework.stereotype.Component;

/** What of a command depends on who gives it, besides the roles: services, and what must not be told of other incidents. */
@Component
class CommandAccess {
    private final IncidentAccess access;

    CommandAccess(IncidentAccess access) {
        this.access = access;
    }

    void require(Principal principal, DomainCommand command) {
        if (command instanceof DeclareIncident declare) {
            requireDeclarable(principal, declare);
        } else if (command instanceof ImportIncident imported) {
            requireDeclarable(principal, imported.declaration());
        } else if (command instanceof FreezeChanges freeze) {
            access.requireServices(principal, freeze.scope().services());
        }
    }

    private void requireDeclarable(Principal principal, DeclareIncident declare) {
        access.requireServices(principal, declare.services());
        if (access.look(principal, declare.incidentId()) == Sight.HIDDEN) {
            // Even in the same words: an answer that accepts them would tell that they were right.
            throw Refusal.INCIDENT_ALREADY_DECLARED.because(
                    "The identifier " + declare.incidentId() + " belongs to an incident that was declared before.");
        }
    }

    /** Why a command was not accepted, without the name of an incident that the principal may not see. */
    NotAccepted without(Principal principal, NotAccepted told) {
        String holder = told.facts().get("incidentId");
        if (told.reason() != Reason.DEDUP_KEY_TAKEN
                || holder == null
                || access.maySee(principal, new IncidentId(holder))) {
            return told;
        }
        return new NotAccepted(
                told.reason(), "An open incident has this deduplication key.", Map.of(), told.getCause());
    }
}
