package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.inbound.DeliveryAnswer.Told;
import org.incidenttimeline.api.inbound.Teller.Message;
import org.incidenttimeline.api.inbound.Teller.Telling;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.command.IncidentCommand.RecordChange;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.springframework.stereotype.Component;

/**
 * What follows from a deployment. It is kept for the incidents still to come, and once it ended it is a change of every
 * live incident that is open for its service.
 */
@Component
class DeploymentDesk {
    private final Deployments deployments;
    private final Teller teller;
    private final StatusBoardReader boards;
    private final EventLog log;

    DeploymentDesk(Deployments deployments, Teller teller, StatusBoardReader boards, EventLog log) {
        this.deployments = deployments;
        this.teller = teller;
        this.boards = boards;
        this.log = log;
    }

    DeliveryAnswer take(Telling telling, Deployment told) {
        var oldest = told.receivedAt().minus(Limits.DEPLOYMENTS_KEPT);
        if (told.occurredAt().isBefore(oldest)) {
            return DeliveryAnswer.ignored("It tells of what is longer ago than deployments are kept, "
                    + Limits.DEPLOYMENTS_KEPT.toDays() + " days.");
        }
        var kept = deployments.keep(told);
        if (kept.recorded() || !kept.deployment().state().hasEnded()) {
            return DeliveryAnswer.of(kept.changed(), List.of());
        }
        return DeliveryAnswer.of(kept.changed(), record(telling, kept.deployment()));
    }

    /** Tells all live incidents that are open for the service; those that know it already are told nothing. */
    List<Told> record(Telling telling, Deployment deployment) {
        // An incident declared a moment ago may not be on the board yet, and one declared later finds the deployment
        // kept.
        Waiting.until(OptionalLong.of(log.head()), Limits.DEFAULT_WAIT, boards::position);
        var told = new ArrayList<Told>();
        for (var card : boards.boardWithRestricted(deployment.receivedAt()).cards()) {
            if (card.mode() == Mode.LIVE && concerns(deployment, card)) {
                recordIn(telling, deployment, card.incidentId())
                        .filter(_ -> card.visibility() == Visibility.OPEN)
                        .ifPresent(recorded -> told.add(new Told(card.incidentId(), false, recorded)));
            }
        }
        deployments.recorded(deployment);
        return told;
    }

    private static boolean concerns(Deployment deployment, StatusCard card) {
        return card.services().stream().anyMatch(service -> service.covers(deployment.service()));
    }

    private Optional<Integer> recordIn(Telling telling, Deployment deployment, IncidentId incident) {
        var change = new RecordChange(
                incident,
                OccurredAt.at(deployment.occurredAt()),
                deployment.kind(),
                deployment.what(),
                deployment.service(),
                deployment.environment(),
                deployment.by(),
                deployment.reference());
        return teller.tell(telling, incident, List.of(new Message(deployment.name(), change)), Hearing::isOpen);
    }

    /** The deployments of a service, or of all, the newest first. */
    List<Deployment> recent(Optional<ServiceName> service, Instant from, Instant until) {
        return deployments.of(service.map(List::of).orElse(List.of()), from, until);
    }
}
