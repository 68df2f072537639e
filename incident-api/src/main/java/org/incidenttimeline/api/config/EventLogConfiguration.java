package org.incidenttimeline.api.config;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.config.ViewConfiguration.ViewFeeds;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.live.LogSignal;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.core.axon.AggregateCache;
import org.incidenttimeline.core.axon.AxonCommandDesk;
import org.incidenttimeline.core.axon.DomainEventTypes;
import org.incidenttimeline.core.axon.EventSerializer;
import org.incidenttimeline.core.axon.IncidentAggregate;
import org.incidenttimeline.core.axon.LogEventSource;
import org.incidenttimeline.core.axon.LogEventStorageEngine;
import org.incidenttimeline.core.axon.LogHistory;
import org.incidenttimeline.core.axon.LogReceipts;
import org.incidenttimeline.core.axon.PlaybookAggregate;
import org.incidenttimeline.core.axon.RunbookAggregate;
import org.incidenttimeline.core.axon.StreamTargetResolver;
import org.incidenttimeline.core.axon.TokenSerializer;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.WriterLock;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.projections.feed.ViewFeed;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log, and Axon on top of it: how a command becomes events on disk. */
@Configuration(proxyBeanMethods = false)
class EventLogConfiguration {
    /** How many events a view applies in one transaction at the most. */
    private static final int BATCH = 100;

    private static final long CLAIM_INTERVAL_MILLIS = 1_000;

    private static final Duration FORGETTING_PAUSE = Duration.ofHours(1);

    private static final Duration SHREDDING_PAUSE = Duration.ofSeconds(10);

    /** Few enough that no writer waits long for the lock meanwhile. */
    private static final int RECEIPTS_AT_ONCE = 1_000;

    private static final int KEYS_AT_ONCE = 1_000;

    @Bean
    EventLog eventLog(
            @Qualifier("logSchema") Flyway migrated,
            DataSource dataSource,
            WriterLock writerLock,
            Clock clock,
            LedgerKeys ledgerKeys,
            SealingKey sealingKey) {
        return EventLog.open(dataSource, writerLock, clock, ledgerKeys, sealingKey);
    }

    /** Beside the keys of the ledger, unless it is told where else. */
    @Bean
    SealingKey sealingKey(@Value("${incident.sealing.keys:${incident.ledger.keys:data/ledger}}") Path directory) {
        return SealingKey.in(directory);
    }

    @Bean
    RowCipher rowCipher(SealingKey sealingKey) {
        return sealingKey.rowCipher();
    }

    @Bean
    EventSerializer eventSerializer() {
        return DomainEventTypes.serializer();
    }

    @Bean
    Serializer tokenSerializer() {
        return TokenSerializer.create();
    }

    @Bean
    EventUpcaster upcasters() {
        return DomainEventTypes.upcasters();
    }

    @Bean
    LogEventStorageEngine eventStorageEngine(EventLog log, EventSerializer eventSerializer, EventUpcaster upcasters) {
        return new LogEventStorageEngine(log, eventSerializer, upcasters);
    }

    @Bean
    LogEventSource eventSource(EventLog log, LogEventStorageEngine engine) {
        return new LogEventSource(log, engine);
    }

    @Bean
    LogSignal logSignal(LogEventSource source) {
        return source::whenGrown;
    }

    @Bean(destroyMethod = "shutDown")
    EmbeddedEventStore eventStore(LogEventStorageEngine engine) {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /** Commands run in no transaction: the log commits what they append, together with others' and by itself. */
    @Bean
    CommandBus commandBus() {
        return SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
    }

    @Bean
    AggregateCache aggregateCache() {
        return new AggregateCache();
    }

    @Bean
    Configurer axonConfigurer(
            EventStore eventStore,
            LogEventSource eventSource,
            CommandBus commandBus,
            AggregateCache aggregateCache,
            EventSerializer eventSerializer,
            @Qualifier("tokenSerializer") Serializer tokenSerializer,
            SingleWriterTransactionManager transactionManager,
            TokenStore tokenStore,
            ViewFeeds viewFeeds) {
        // Without modules from the class path, among which is one that asks a server of the vendor for updates.
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(_ -> tokenSerializer)
                .configureMessageSerializer(_ -> eventSerializer)
                .configureEventSerializer(_ -> eventSerializer)
                .configureTransactionManager(_ -> new SpringTransactionManager(transactionManager))
                .configureCorrelationDataProviders(_ -> List.<CorrelationDataProvider>of())
                .configureEventStore(_ -> eventStore)
                .configureCommandBus(_ -> commandBus)
                .configureAggregate(aggregate(IncidentAggregate.class, aggregateCache))
                .configureAggregate(aggregate(RunbookAggregate.class, aggregateCache))
                .configureAggregate(aggregate(PlaybookAggregate.class, aggregateCache));
        var processing = configurer
                .eventProcessing()
                .configureDefaultStreamableMessageSource(_ -> eventSource)
                .registerTokenStore(_ -> tokenStore)
                // A fold that fails stops its processor, which tries again; the default would step over the event.
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance())
                .registerDefaultErrorHandler(_ -> PropagatingErrorHandler.instance())
                .usingPooledStreamingEventProcessors((_, processor) ->
                        processor.initialSegmentCount(1).batchSize(BATCH).tokenClaimInterval(CLAIM_INTERVAL_MILLIS))
                .byDefaultAssignHandlerInstancesTo(feed -> ((ViewFeed) feed).name());
        viewFeeds.feeds().forEach(feed -> processing.registerEventHandler(_ -> feed));
        return configurer;
    }

    @Bean
    CommandDesk commandDesk(
            CommandBus commandBus,
            AggregateCache aggregateCache,
            LogHistory history,
            LogReceipts receipts,
            Clock clock) {
        return new AxonCommandDesk(commandBus, aggregateCache, stream -> history.versionOf(stream), receipts, clock);
    }

    @Bean
    LogReceipts receipts(EventLog log, EventSerializer eventSerializer, EventUpcaster upcasters) {
        return new LogReceipts(log, eventSerializer, upcasters);
    }

    @Bean
    Recurring forgetReceipts(EventLog log, Clock clock) {
        return new Recurring(
                "forget-receipts",
                FORGETTING_PAUSE,
                () -> forget(log, clock.instant().minus(Limits.KEY_LIFE)));
    }

    /** Keys whose words were taken out: soon, and again until it is done. */
    @Bean
    Recurring shredKeys(EventLog log) {
        return new Recurring("shred-keys", SHREDDING_PAUSE, () -> shred(log));
    }

    private static void shred(EventLog log) {
        int shredded = KEYS_AT_ONCE;
        while (shredded == KEYS_AT_ONCE) {
            shredded = log.shred(KEYS_AT_ONCE);
        }
    }

    private static void forget(EventLog log, Instant before) {
        int forgotten = RECEIPTS_AT_ONCE;
        while (forgotten == RECEIPTS_AT_ONCE) {
            forgotten = log.forgetReceipts(before, RECEIPTS_AT_ONCE);
        }
    }

    private static <T> AggregateConfigurer<T> aggregate(Class<T> type, AggregateCache cache) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCommandTargetResolver(_ -> new StreamTargetResolver())
                .configureCache(_ -> cache);
    }

    /** The history of incidents, of runbooks and of playbooks. */
    @Bean
    LogHistory history(EventLog log, EventSerializer eventSerializer, EventUpcaster upcasters) {
        return new LogHistory(log, eventSerializer, upcasters);
    }
}
