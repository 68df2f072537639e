package org.incidenttimeline.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.axon.EventSerializer;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.incidenttimeline.projections.store.LiveView;
import org.incidenttimeline.projections.store.TimelineReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** What the application is really put together from: on this stack most mistakes here are silent. */
@ParameterizedClass
@EnumSource(Database.class)
class CompositionRootTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DECLARATION = """
            {"title": "Checkout fails", "severity": "SEV3", "lead": "ana", "detection": {"source": "ALERT"}}
            """;

    /** A view whose fold fails as often as it is told to, and which notes what it saw. */
    private static final class FailingView implements LiveView {
        private final AtomicInteger failures;
        private final List<Long> applied = new CopyOnWriteArrayList<>();
        private final List<Boolean> inTransaction = new CopyOnWriteArrayList<>();

        private FailingView(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public String name() {
            return "failing-view";
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public void apply(RecordedEvent event) {
            inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("this fold fails");
            }
            applied.add(event.position());
        }

        @Override
        public void pass(long position) {
            applied.add(position);
        }

        @Override
        public long position() {
            return applied.isEmpty() ? 0 : applied.getLast();
        }

        @Override
        public void forget(IncidentId incident) {
            applied.clear();
        }

        @Override
        public void clear() {
            applied.clear();
        }
    }

    private final TestDatabase database;
    private final FailingView failing = new FailingView(2);
    private final GivenBack givenBack = new GivenBack();
    private final RunningService service;

    CompositionRootTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.with(database, Clock.systemUTC(), context -> {
            context.registerBean("failingView", LiveView.class, () -> failing);
            context.registerBean("givenBack", GivenBack.class, () -> givenBack);
        });
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void every_component_is_the_one_that_was_meant() {
        var axon = service.context().getBean(AxonLifecycle.class).axon();

        assertThat(axon.getComponent(org.axonframework.common.transaction.TransactionManager.class))
                .isInstanceOf(SpringTransactionManager.class);
        assertThat(axon.eventStore()).isInstanceOf(EmbeddedEventStore.class);
        assertThat(axon.eventSerializer()).isInstanceOf(EventSerializer.class);
        assertThat(axon.messageSerializer()).isInstanceOf(EventSerializer.class);
        assertThat(axon.eventProcessingConfiguration().tokenStore("timeline-view"))
                .isInstanceOf(JdbcTokenStore.class);
        assertThat(service.context().getBeansOfType(Configurer.class)).hasSize(1);
        assertThat(axon.eventProcessingConfiguration().eventProcessors())
                .containsOnlyKeys(
                        "timeline-view",
                        "status-board-view",
                        "freeze-view",
                        "action-view",
                        "deadline-view",
                        "incident-index-view",
                        "search-view",
                        "guide-view",
                        "failing-view");
        axon.eventProcessingConfiguration().eventProcessors().values().forEach(processor -> {
            assertThat(processor).isInstanceOf(PooledStreamingEventProcessor.class);
            await().atMost(PATIENCE)
                    .until(() -> ((PooledStreamingEventProcessor) processor)
                                    .processingStatus()
                                    .size()
                            == 1);
        });
    }

    /** Two that took themselves for one would both apply what one view is told. */
    @Test
    void a_view_has_one_node_also_where_two_are_one_process() {
        assumeTrue(database.kind() == Database.POSTGRESQL, "a file of H2 has one node at a time");
        await().atMost(PATIENCE).until(() -> mayTake(service, "timeline-view"));
        try (var other = RunningService.on(database, Clock.systemUTC())) {
            assertThat(mayTake(other, "timeline-view")).isFalse();
        }
    }

    private static boolean mayTake(RunningService node, String view) {
        var transaction = new TransactionTemplate(node.context().getBean(PlatformTransactionManager.class));
        try {
            transaction.executeWithoutResult(
                    _ -> node.context().getBean(TokenStore.class).fetchToken(view, 0));
            return true;
        } catch (UnableToClaimTokenException _) {
            return false;
        }
    }

    @Test
    void nothing_that_was_banned_is_on_the_class_path() {
        var here = getClass().getClassLoader();

        assertThat(ClassUtils.isPresent("com.thoughtworks.xstream.XStream", here))
                .isFalse();
        assertThat(ClassUtils.isPresent("jakarta.persistence.EntityManager", here))
                .isFalse();
        assertThat(ClassUtils.isPresent("org.axonframework.axonserver.connector.AxonServerConfiguration", here))
                .isFalse();
    }

    @Test
    void a_fold_that_fails_holds_its_own_view_back_and_steps_over_nothing() {
        service.tell("/incidents", DECLARATION);
        service.tell("/incidents", DECLARATION);

        await().atMost(PATIENCE).until(() -> failing.applied.size() == 2);

        assertThat(failing.applied).containsExactly(1L, 2L);
        assertThat(failing.inTransaction).hasSize(4).containsOnly(true);
        var timeline = service.context().getBean(TimelineReader.class);
        await().atMost(PATIENCE).until(() -> timeline.position() == 2);
    }

    /** The pool would close the statements of whoever has the connection by then. */
    @Test
    void no_connection_is_given_back_twice() {
        for (int i = 1; i <= 5; i++) {
            service.tell("/incidents", DECLARATION);
        }
        await().atMost(PATIENCE).until(() -> failing.applied.size() == 5);

        assertThat(givenBack.twice()).isEmpty();
    }

    @Test
    void a_command_that_is_refused_leaves_nothing_in_the_log() {
        var declared = service.tell("/incidents", DECLARATION).json();
        String incident = "/incidents/" + declared.get("incidentId").stringValue();

        var refused = service.post(incident + "/closure", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(service.context().getBean(EventLog.class).head()).isEqualTo(1);
    }
}
