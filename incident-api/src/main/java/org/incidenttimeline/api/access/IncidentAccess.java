package org.incidenttimeline.api.access;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.stereotype.Component;

/** Which incidents a principal may see. One that they may not see is, to them, not there. */
@Component
public class IncidentAccess {
    private final StatusBoardReader boards;

    IncidentAccess(StatusBoardReader boards) {
        this.boards = boards;
    }

    /** Whether the principal may see the incident; one that does not exist nobody sees. */
    public boolean maySee(Principal principal, IncidentId incident) {
        return boards.card(incident, 0).filter(card -> maySee(principal, card)).isPresent();
    }

    /** For whose eyes an answer across incidents is. */
    public Viewer viewer(Principal principal) {
        return new Viewer(
                Optional.of(principal.actor().name()),
                principal.has(AccessRole.AUDITOR),
                List.copyOf(principal.services()));
    }

    /** The same, where the card is at hand. */
    public boolean maySee(Principal principal, StatusCard card) {
        return card.visibility() == Visibility.OPEN || principal.has(AccessRole.AUDITOR);
    }
}
