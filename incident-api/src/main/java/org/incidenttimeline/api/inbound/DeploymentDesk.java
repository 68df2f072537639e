package org.incidenttimeline.api.inbound;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.inbound.DeliveryAnswer.Told;
import org.incidenttimeline.api.inbound.Teller.Message;
import org.incidenttimeline.api.inbound.Teller.Telling;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.core.command.IncidentCommand.RecordChange;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What follows from a deployment. It is kept for the incidents still to come, and once it ended it is a change of every
 * live incident that is open for its service.
 */
@Component
class DeploymentDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A delivery that was not dealt with for so long has no node that still deals with it. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(30);

    /** How long after its declaration an incident is looked after; the work recurs far more often. */
    private static final Duration LATELY = Duration.ofMinutes(30);

    private final Deployments deployments;
    private final Sources sources;
    private final Teller teller;
    private final StatusBoardReader boards;
    private final EventLog log;
    private final Duration before;

    /** @param before how long before an incident began the deployments of its services are its changes; zero for never */
    DeploymentDesk(
            Deployments deployments,
            Sources sources,
            Teller teller,
            StatusBoardReader boards,
            EventLog log,
            @Value("${incident.inbound.record-deployments-before:2h}") Duration before) {
        this.deployments = deployments;
        this.sources = sources;
        this.before = before;
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
    private List<Told> record(Telling telling, Deployment deployment) {
        awaitBoard();
        var told = new ArrayList<Told>();
        for (var card : openIncidents(deployment.receivedAt())) {
            if (card.mode() == Mode.LIVE && concerns(deployment, card)) {
                recordIn(telling, deployment, card.incidentId())
                        .filter(_ -> card.visibility() == Visibility.OPEN)
                        .ifPresent(recorded -> told.add(new Told(card.incidentId(), false, recorded)));
            }
        }
        deployments.recorded(deployment);
        return told;
    }

    private List<StatusCard> openIncidents(Instant now) {
        return boards.board(now, Viewer.OF_ALL, List.of(), List.of()).value().cards();
    }

    /** An incident declared a moment ago may not be on the board yet. Where it does not come in time, it is caught up with. */
    private void awaitBoard() {
        try {
            Waiting.until(OptionalLong.of(log.head()), PATIENCE, boards::position);
        } catch (ProblemException _) {
            // What is on the board is told now, and the rest by the recurring work.
        }
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

    /**
     * Records in the live incidents that were declared lately what was deployed right before they began and since, and
     * tells of the deployments on which a node gave up. Whatever is known already is not told again.
     */
    void catchUp(Instant now) {
        for (var deployment : deployments.unrecorded(now.minus(GIVEN_UP_AFTER))) {
            record(telling(deployment), deployment);
        }
        if (!before.isPositive()) {
            return;
        }
        for (var card : openIncidents(now)) {
            if (card.mode() == Mode.LIVE
                    && !card.services().isEmpty()
                    && card.declared().recordedAt().isAfter(now.minus(LATELY))) {
                catchUp(card, now);
            }
        }
    }

    private void catchUp(StatusCard card, Instant now) {
        var hearing = teller.hearing(card.incidentId());
        if (hearing.isEmpty()) {
            return;
        }
        var services = card.services().contains(ServiceName.ANY) ? List.<ServiceName>of() : card.services();
        deployments.of(services, hearing.get().beganAt().minus(before), now.plusMillis(1)).stream()
                .filter(deployment -> deployment.state().hasEnded())
                .limit(Limits.CHANGES_RECORDED)
                .filter(d -> !hearing.get().has(Source.credential(d.sourceId()), d.name()))
                .sorted(Comparator.comparing(Deployment::occurredAt))
                .forEach(deployment -> recordIn(telling(deployment), deployment, card.incidentId()));
    }

    /** As the source told it, also where the source was removed meanwhile. */
    private Telling telling(Deployment deployment) {
        return sources.find(deployment.sourceId())
                .map(source -> Telling.of(source, deployment.deploymentId()))
                .orElseGet(() -> new Telling(
                        new Actor(new Person(deployment.sourceId().value()), Actor.Kind.TOOL),
                        Source.credential(deployment.sourceId()),
                        deployment.deploymentId()));
    }
}
