package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache as Axon uses it, with {@code ourNode} and another one that writes to the same log. */
@ParameterizedClass
@EnumSource(Database.class)
class AggregateCacheTest {

    static class Notebook {
        @AggregateIdentifier
        private @Nullable String id;

        private int notes;

        Notebook() {}

        Notebook(String id) {
            AggregateLifecycle.apply(new Noted(id, "first"));
        }

        @EventSourcingHandler
        void on(Noted event) {
            id = event.incident();
            notes++;
        }

        void note() {
            AggregateLifecycle.apply(new Noted(Objects.requireNonNull(id), "more"));
        }
    }

    private final TestDatabase database;
    private final EventLog log;
    private final AggregateCache cache = new AggregateCache();

    AggregateCacheTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private Repository<Notebook> node(AggregateCache cache) {
        return EventSourcingRepository.builder(Notebook.class)
                .eventStore(EmbeddedEventStore.builder()
                        .storageEngine(new LogEventStorageEngine(
                                log, new EventSerializer(Noted.TYPES), NoOpEventUpcaster.INSTANCE))
                        .build())
                .cache(cache)
                .build();
    }

    @Test
    void a_command_that_succeeds_leaves_the_aggregate_for_the_next() {
        Repository<Notebook> node = node(cache);
        create(node, "a");

        change(node, "a", Notebook::note);

        assertThat(cache.containsKey("a")).isTrue();
        change(node, "a", notebook -> assertThat(notebook.notes).isEqualTo(2));
        assertThat(log.head()).isEqualTo(2);
    }

    @Test
    void a_refusal_takes_the_aggregate_out_with_what_it_had_changed() {
        Repository<Notebook> node = node(cache);
        create(node, "a");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> change(node, "a", notebook -> {
                    notebook.note();
                    throw new IllegalStateException("refused");
                }));

        assertThat(cache.containsKey("a")).isFalse();
        change(node, "a", notebook -> assertThat(notebook.notes).isEqualTo(1));
    }

    @Test
    void a_conflict_takes_the_aggregate_out_so_that_the_next_command_sees_the_log() {
        Repository<Notebook> ourNode = node(cache);
        Repository<Notebook> otherNode = node(new AggregateCache());
        create(ourNode, "a");
        change(otherNode, "a", Notebook::note);

        assertThatExceptionOfType(ConcurrencyException.class).isThrownBy(() -> change(ourNode, "a", Notebook::note));

        assertThat(cache.containsKey("a")).isFalse();
        change(ourNode, "a", notebook -> {
            assertThat(notebook.notes).isEqualTo(2);
            notebook.note();
        });
        assertThat(log.streamVersion("a")).hasValue(2);
    }

    @Test
    void the_next_command_gets_the_very_aggregate() {
        Repository<Notebook> node = node(cache);
        create(node, "a");

        AtomicReference<Notebook> before = new AtomicReference<>();
        change(node, "a", notebook -> {
            before.set(notebook);
            notebook.note();
        });

        change(node, "a", notebook -> assertThat(notebook).isSameAs(before.get()));
    }

    private static void create(Repository<Notebook> repository, String id) {
        inUnitOfWork(() -> repository.newInstance(() -> new Notebook(id)));
    }

    private static void change(Repository<Notebook> repository, String id, Consumer<Notebook> change) {
        inUnitOfWork(() -> {
            repository.load(id).execute(change);
            return null;
        });
    }

    private static void inUnitOfWork(Callable<?> work) {
        var result = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("command"))
                .executeWithResult(work);
        if (result.isExceptional()) {
            throw (RuntimeException) result.exceptionResult();
        }
    }
}
