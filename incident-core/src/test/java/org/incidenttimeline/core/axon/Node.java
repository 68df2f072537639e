package org.incidenttimeline.core.axon;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;

/** One node of the installation, as far as commands and the log go. */
public final class Node implements AutoCloseable {
    public static final Provenance ANA = new Provenance(
            new Actor(new Person("ana"), Actor.Kind.HUMAN),
            Optional.empty(),
            "none",
            "command-1",
            Optional.empty(),
            "c-1",
            "c-1");

    private final EventLog log;
    private final CommandDesk desk;
    private final LogHistory history;

    public Node(TestDatabase database, Clock clock) {
        log = EventLog.open(
                database.dataSource(), database.writerLock(), clock, database.ledgerKeys(), database.sealingKey());
        var serializer = DomainEventTypes.serializer();
        var upcasters = new EventUpcasterChain();
        var store = EmbeddedEventStore.builder()
                .storageEngine(new LogEventStorageEngine(log, serializer, upcasters))
                .build();
        var cache = new AggregateCache();
        var bus = SimpleCommandBus.builder().build();
        subscribe(IncidentAggregate.class, bus, store, cache);
        subscribe(RunbookAggregate.class, bus, store, cache);
        subscribe(PlaybookAggregate.class, bus, store, cache);
        history = new LogHistory(log, serializer, upcasters);
        desk = new AxonCommandDesk(
                bus, cache, stream -> history.versionOf(stream), new LogReceipts(log, serializer, upcasters), clock);
    }

    private static <T> void subscribe(Class<T> type, CommandBus bus, EventStore store, Cache cache) {
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .commandTargetResolver(new StreamTargetResolver())
                .repository(EventSourcingRepository.builder(type)
                        .eventStore(store)
                        .cache(cache)
                        .build())
                .build()
                .subscribe(bus);
    }

    public Accepted tell(DomainCommand command) {
        return desk.submit(command, ANA, OptionalLong.empty());
    }

    public Accepted tell(DomainCommand command, long expectedVersion) {
        return desk.submit(command, ANA, OptionalLong.of(expectedVersion));
    }

    public CommandDesk desk() {
        return desk;
    }

    public EventLog log() {
        return log;
    }

    public LogHistory history() {
        return history;
    }

    @Override
    public void close() {
        log.close();
    }
}
