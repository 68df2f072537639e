package org.incidenttimeline.api.inbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.history.IncidentHistory;
import org.springframework.stereotype.Component;

/**
 * Tells incidents what sources said, each thing once. Whether it was told before is read from the log, and the command
 * stands only at the version that was read: so neither a repeated delivery, nor a crash in the middle of one, nor another
 * node at the same moment can make an incident hear a thing twice.
 */
@Component
class Teller {
    /** Each attempt fails only because somebody else was heard, so this many are enough for any incident. */
    private static final int ATTEMPTS = 100;

    private final CommandDesk desk;
    private final IncidentHistory history;
    private final Identifiers identifiers;

    Teller(CommandDesk desk, IncidentHistory history, Identifiers identifiers) {
        this.desk = desk;
        this.history = history;
        this.identifiers = identifiers;
    }

    /**
     * Who tells, and in which delivery.
     *
     * @param deliveryId what the sender calls the delivery, or what we call it where the sender does not
     */
    record Telling(Actor actor, String credential, String deliveryId) {
        static Telling of(Source source, String deliveryId) {
            return new Telling(source.actor(), source.credential(), deliveryId);
        }
    }

    /**
     * One thing to tell.
     *
     * @param name what the source calls it for good
     */
    record Message(String name, IncidentCommand command) {}

    Optional<Hearing> hearing(IncidentId incident) {
        return Hearing.of(history.of(incident));
    }

    /**
     * Tells an incident what it has not heard yet.
     *
     * @param standing how the incident must stand to be told; asked again whenever it has moved on
     * @return how many messages were recorded; empty where the incident does not stand so, or is not there
     */
    Optional<Integer> tell(Telling telling, IncidentId incident, List<Message> messages, Predicate<Hearing> standing) {
        int recorded = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var hearing = hearing(incident);
            if (hearing.isEmpty() || !standing.test(hearing.get())) {
                return Optional.empty();
            }
            long version = hearing.get().card().version();
            try {
                for (var message : messages) {
                    if (!hearing.get().has(telling.credential(), message.name())) {
                        version = desk.submit(
                                        message.command(),
                                        provenance(telling, message.name()),
                                        OptionalLong.of(version))
                                .version();
                        recorded++;
                    }
                }
                return Optional.of(recorded);
            } catch (NotAccepted e) {
                if (e.reason() != Reason.VERSION_MOVED && e.reason() != Reason.CHANGED_CONCURRENTLY) {
                    throw e;
                }
            }
        }
        throw new NotAccepted(
                Reason.CHANGED_CONCURRENTLY,
                "Others changed the incident at the same time, again and again; deliver this again.",
                Map.of(),
                null);
    }

    /**
     * Declares an incident.
     *
     * @throws NotAccepted if an open incident has its deduplication key
     */
    void declare(Telling telling, String name, DeclareIncident command) {
        desk.submit(command, provenance(telling, name), OptionalLong.empty());
    }

    private Provenance provenance(Telling telling, String name) {
        return new Provenance(
                telling.actor(),
                Optional.empty(),
                telling.credential(),
                identifiers.next().toString(),
                Optional.of(name),
                telling.deliveryId(),
                telling.deliveryId());
    }
}
