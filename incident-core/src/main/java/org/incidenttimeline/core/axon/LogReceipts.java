package org.incidenttimeline.core.axon;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.log.Append;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Receipt;
import org.incidenttimeline.core.log.StoredReceipt;

/** Tells from the log what was recorded under a key; a receipt holds places of events, and the events the rest. */
public final class LogReceipts implements Receipts {
    private final EventLog log;
    private final EventSerializer serializer;
    private final EventUpcaster upcasters;

    public LogReceipts(EventLog log, EventSerializer serializer, EventUpcaster upcasters) {
        this.log = log;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    @Override
    public Optional<BatchAccepted> find(RetryKey key) {
        return log.findReceipt(key.scope(), key.key()).map(found -> {
            if (!found.receipt().fingerprint().equals(key.fingerprint())) {
                throw new NotAccepted(
                        NotAccepted.Reason.IDEMPOTENCY_KEY_REUSED,
                        "Something else was asked under this key before; take a new key for a new request.",
                        Map.of(),
                        null);
            }
            return accepted(found);
        });
    }

    @Override
    public void keepUnchanged(RetryKey key, DomainCommand first, long version, int commands) {
        log.append(new Append(
                typeOf(first),
                first.streamId(),
                version,
                List.of(),
                List.of(),
                Optional.of(receipt(key, Collections.nCopies(commands, 0)))));
    }

    /** What Axon calls the kind of stream, in its own appends. */
    private static String typeOf(DomainCommand command) {
        return switch (command) {
            case IncidentCommand _ -> IncidentAggregate.class.getSimpleName();
            case RunbookCommand _ -> RunbookAggregate.class.getSimpleName();
            case PlaybookCommand _ -> PlaybookAggregate.class.getSimpleName();
        };
    }

    static Receipt receipt(RetryKey key, List<Integer> parts) {
        return new Receipt(key.scope(), key.key(), key.fingerprint(), parts);
    }

    private BatchAccepted accepted(StoredReceipt found) {
        List<DomainEvent> events = RecordedEvents.of(found.events().stream(), serializer, upcasters)
                .<DomainEvent>map(Recorded::event)
                .toList();
        var position = events.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.position());
        return new BatchAccepted(
                found.streamId(),
                new Accepted(found.firstSequence() + events.size(), position, events),
                found.receipt().parts(),
                true);
    }
}
