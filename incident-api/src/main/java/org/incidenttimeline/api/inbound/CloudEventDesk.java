package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.incidenttimeline.api.inbound.DeliveryAnswer.Told;
import org.incidenttimeline.api.inbound.Teller.Message;
import org.incidenttimeline.api.inbound.Teller.Telling;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.RecordChange;
import org.incidenttimeline.core.command.IncidentCommand.RecordSymptom;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.DetectionSource;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.springframework.stereotype.Component;

/**
 * What follows from CloudEvents: each is a command of its own, in the order of the batch. One that is refused ends the
 * delivery with that refusal; the events before it are recorded, and are known when the batch comes again.
 */
@Component
class CloudEventDesk {
    private final Teller teller;
    private final DeploymentDesk deployments;
    private final Identifiers identifiers;

    CloudEventDesk(Teller teller, DeploymentDesk deployments, Identifiers identifiers) {
        this.teller = teller;
        this.deployments = deployments;
        this.identifiers = identifiers;
    }

    DeliveryAnswer take(Source source, List<CloudEvent> events, Instant arrivedAt) {
        if (events.isEmpty()) {
            return DeliveryAnswer.ignored("The batch is empty.");
        }
        var told = new ArrayList<Told>();
        boolean changed = false;
        for (var event : events) {
            try {
                var answer = take(source, event, arrivedAt);
                changed |= answer.outcome() == DeliveryAnswer.Outcome.TAKEN;
                told.addAll(answer.incidents());
            } catch (RefusedException e) {
                var facts = new HashMap<>(e.facts());
                facts.put("event", event.attributes().id());
                throw e.refusal().because(String.valueOf(e.getMessage()), facts);
            }
        }
        return DeliveryAnswer.of(changed, told);
    }

    private DeliveryAnswer take(Source source, CloudEvent event, Instant arrivedAt) {
        var attributes = event.attributes();
        String name = "cloudevent:" + Digests.of(attributes.source(), attributes.id());
        var telling = Telling.of(source, DeliveryId.of(attributes.id()));
        var occurredAt = attributes
                .time()
                .map(time -> ForeignTime.claim(time, arrivedAt))
                .orElseGet(() -> OccurredAt.at(arrivedAt));
        return switch (event.data()) {
            case CloudEvent.Declare d -> declare(telling, name, d, occurredAt, arrivedAt);
            case CloudEvent.Symptom d ->
                tell(
                        telling,
                        name,
                        new RecordSymptom(
                                d.incidentId(),
                                occurredAt,
                                d.state(),
                                d.text(),
                                d.source(),
                                d.service(),
                                d.firstSeen(),
                                d.reference()));
            case CloudEvent.Note d -> tell(telling, name, new AddNote(d.incidentId(), occurredAt, d.text()));
            case CloudEvent.Change d ->
                d.incidentId().isPresent()
                        ? tell(
                                telling,
                                name,
                                new RecordChange(
                                        d.incidentId().get(),
                                        occurredAt,
                                        d.kind(),
                                        d.text(),
                                        d.service(),
                                        d.environment(),
                                        d.by(),
                                        d.reference()))
                        : deployments.take(telling, deployment(source, name, d, occurredAt, arrivedAt));
        };
    }

    private Deployment deployment(
            Source source, String name, CloudEvent.Change data, OccurredAt occurredAt, Instant arrivedAt) {
        return new Deployment(
                identifiers.next().toString(),
                source.sourceId(),
                name,
                data.kind(),
                data.service(),
                data.environment(),
                Deployment.State.SUCCEEDED,
                data.text(),
                data.by(),
                data.reference(),
                occurredAt.sortedBy(arrivedAt),
                arrivedAt);
    }

    /** An event without an identifier for the incident gives it one of its own, so that it is the same when it comes again. */
    private DeliveryAnswer declare(
            Telling telling, String name, CloudEvent.Declare data, OccurredAt occurredAt, Instant arrivedAt) {
        var incident = data.incidentId()
                .orElseGet(() -> new IncidentId(
                        "ce-" + Digests.of(telling.credential(), name).substring(0, 40)));
        if (hasHeard(telling, incident, name)) {
            return DeliveryAnswer.of(false, shown(incident, false, 0));
        }
        var command = new DeclareIncident(
                incident,
                occurredAt,
                data.title(),
                data.severity(),
                data.lead(),
                data.summary(),
                data.services(),
                new Detection(
                        data.detection().orElse(DetectionSource.MONITORING),
                        Optional.of(OccurredAt.at(arrivedAt)),
                        Optional.empty()),
                data.startedAt(),
                Optional.empty(),
                Mode.LIVE,
                Visibility.OPEN,
                data.dedupKey());
        try {
            teller.declare(telling, name, command);
        } catch (RefusedException e) {
            if (e.refusal() == Refusal.INCIDENT_ALREADY_DECLARED && hasHeard(telling, incident, name)) {
                return DeliveryAnswer.of(false, shown(incident, false, 0));
            }
            throw e;
        }
        return DeliveryAnswer.of(true, shown(incident, true, 1));
    }

    private DeliveryAnswer tell(Telling telling, String name, IncidentCommand command) {
        var incident = command.incidentId();
        Predicate<Hearing> whateverItsPhase = _ -> true;
        int recorded = teller.tell(telling, incident, List.of(new Message(name, command)), whateverItsPhase)
                .orElseThrow(() -> Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + "."));
        return DeliveryAnswer.of(recorded > 0, shown(incident, false, recorded));
    }

    private boolean hasHeard(Telling telling, IncidentId incident, String name) {
        return teller.hearing(incident)
                .filter(h -> h.has(telling.credential(), name))
                .isPresent();
    }

    private List<Told> shown(IncidentId incident, boolean declared, int recorded) {
        return List.of(new Told(incident, declared, recorded));
    }
}
