package org.incidenttimeline.api.throughput;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.incidenttimeline.core.axon.AxonCommandDesk;
import org.incidenttimeline.core.axon.IncidentAggregate;
import org.incidenttimeline.core.axon.Node;
import org.incidenttimeline.core.axon.Receipts;
import org.incidenttimeline.core.axon.StreamTargetResolver;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * The same commands on the same aggregate, with the event store that Axon brings and a transaction for each command. On
 * H2 each transaction is flushed, as the log flushes each group: else a power cut could take what was acknowledged.
 */
final class StockAxon implements Subject {
    private final TestDatabase database;
    private final EmbeddedEventStore store;
    private final CommandDesk desk;
    private final Notes notes;

    StockAxon(Database kind, int callers, Cache cache) {
        database = TestDatabases.empty(kind);
        var connections = new UnitOfWorkAwareConnectionProviderWrapper(
                new SpringDataSourceConnectionProvider(database.dataSource()));
        var transactions = new SpringTransactionManager(
                kind == Database.H2
                        ? new FlushingTransactionManager(database.dataSource())
                        : new JdbcTransactionManager(database.dataSource()));
        var serializer = Jackson3Serializer.builder().build();
        var engine = JdbcEventStorageEngine.builder()
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
        var bus = SimpleCommandBus.builder().transactionManager(transactions).build();
        AggregateAnnotationCommandHandler.<IncidentAggregate>builder()
                .aggregateType(IncidentAggregate.class)
                .commandTargetResolver(new StreamTargetResolver())
                .repository(EventSourcingRepository.builder(IncidentAggregate.class)
                        .eventStore(store)
                        .cache(cache)
                        .build())
                .build()
                .subscribe(bus);
        desk = new AxonCommandDesk(
                bus,
                cache,
                stream -> store.lastSequenceNumberFor(stream).orElse(-1L) + 1,
                new NoReceipts(),
                Clock.systemUTC());
        notes = new Notes("stock", callers);
    }

    /** Notes come without keys. */
    private static final class NoReceipts implements Receipts {
        @Override
        public Optional<BatchAccepted> find(RetryKey key) {
            throw new UnsupportedOperationException("no receipts");
        }

        @Override
        public void keepUnchanged(RetryKey key, DomainCommand first, long version, int commands) {
            throw new UnsupportedOperationException("no receipts");
        }
    }

    @Override
    public void write(int caller) {
        desk.submit(notes.next(caller), Node.ANA, OptionalLong.empty());
    }

    @Override
    public void close() {
        store.shutDown();
        database.close();
    }

    private static final class FlushingTransactionManager extends JdbcTransactionManager {
        private static final long serialVersionUID = 1L;

        FlushingTransactionManager(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            super.doCommit(status);
            new JdbcTemplate(obtainDataSource()).execute("checkpoint sync");
        }
    }
}
