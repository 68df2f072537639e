package org.incidenttimeline.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.stereotype.Component;

/**
 * Which incidents a principal may see. A restricted one is seen by those named, which is whoever declared it or was ever
 * given a role in it, and by auditors. One that a principal may not see is, to them, not there.
 */
@Component
public class IncidentAccess {
    /** What the auditors read of a request for a hidden incident; the caller is told {@code incident-not-declared}. */
    public static final String HIDDEN = "incident-hidden";

    private static final int REMEMBERED = 50_000;

    private final StatusBoardReader boards;
    private final IncidentHistory history;
    // No event changes what an incident was declared with, so this cannot grow old; most requests need nothing else.
    private final Cache<IncidentId, Traits> declared =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    IncidentAccess(StatusBoardReader boards, IncidentHistory history) {
        this.boards = boards;
        this.history = history;
    }

    private record Traits(Visibility visibility, List<ServiceName> services) {}

    /** How an incident looks to a principal. Only those who keep the record of refusals tell the last two apart. */
    public enum Sight {
        SEEN,
        HIDDEN,
        UNKNOWN
    }

    public Sight look(Principal principal, IncidentId incident) {
        var traits = traits(incident);
        if (traits.isEmpty()) {
            return Sight.UNKNOWN;
        }
        boolean concerned = principal.isConcernedBy(traits.get().services());
        boolean open = traits.get().visibility() == Visibility.OPEN || principal.has(AccessRole.AUDITOR);
        return concerned && (open || isNamed(principal, incident)) ? Sight.SEEN : Sight.HIDDEN;
    }

    /** Whether the principal may see the incident; one that does not exist nobody sees. */
    public boolean maySee(Principal principal, IncidentId incident) {
        return look(principal, incident) == Sight.SEEN;
    }

    /**
     * Where the principal may not see the incident, or nobody can.
     *
     * @param request on which it is noted that an incident was hidden
     * @throws org.incidenttimeline.core.incident.RefusedException with {@link Refusal#INCIDENT_NOT_DECLARED}, in either case
     */
    public void requireSeen(Principal principal, IncidentId incident, HttpServletRequest request) {
        var sight = look(principal, incident);
        if (sight == Sight.HIDDEN) {
            Denial.note(request, HIDDEN);
        }
        if (sight != Sight.SEEN) {
            throw Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + ".");
        }
    }

    /** The same, where the card is at hand. */
    public boolean maySee(Principal principal, StatusCard card) {
        boolean open = card.visibility() == Visibility.OPEN || principal.has(AccessRole.AUDITOR);
        return principal.isConcernedBy(card.services())
                && (open || card.names(principal.actor().name()));
    }

    /** For whose eyes an answer across incidents is; what they do not see, the query itself leaves out. */
    public Viewer viewer(Principal principal) {
        return new Viewer(
                Optional.of(principal.actor().name()),
                principal.has(AccessRole.AUDITOR),
                List.copyOf(principal.services()));
    }

    /**
     * Where the principal is confined to services and these are not all among them.
     *
     * @throws org.incidenttimeline.api.problem.ProblemException with the code {@code service-not-allowed}
     */
    public void requireServices(Principal principal, Collection<ServiceName> services) {
        if (!principal.mayActOn(services)) {
            throw Denial.because(
                    ProblemCode.SERVICE_NOT_ALLOWED,
                    "This credential is confined to the services "
                            + String.join(
                                    ", ",
                                    principal.services().stream()
                                            .map(ServiceName::value)
                                            .sorted()
                                            .toList())
                            + "; name at least one service, and no other.");
        }
    }

    private Optional<Traits> traits(IncidentId incident) {
        var known = declared.getIfPresent(incident);
        if (known != null) {
            return Optional.of(known);
        }
        var found = boards.card(incident, 0).map(card -> new Traits(card.visibility(), card.services()));
        found.ifPresent(traits -> declared.put(incident, traits));
        return found;
    }

    /** The stored card may not know the last role yet, and whoever was just named must not be turned away. */
    private boolean isNamed(Principal principal, IncidentId incident) {
        var name = principal.actor().name();
        return boards.card(incident, 0).filter(card -> card.names(name)).isPresent()
                || boards.card(incident, history.versionOf(incident))
                        .filter(card -> card.names(name))
                        .isPresent();
    }
}
