package org.incidenttimeline.core.axon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.incidenttimeline.core.event.IncidentEvent.EntryRedacted;
import org.incidenttimeline.core.log.Append;
import org.incidenttimeline.core.log.Appended;
import org.incidenttimeline.core.log.DuplicateEvent;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.KeyChange;
import org.incidenttimeline.core.log.NewEvent;
import org.incidenttimeline.core.log.Receipt;
import org.incidenttimeline.core.log.Redacted;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.core.log.StreamConflict;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the {@link EventLog}. Its tracking tokens are positions without gaps, so no token ever carries a list of
 * gaps and none can be skipped.
 *
 * <p>An append is durable when {@link #appendEvents} returns, which Axon calls while a unit of work prepares its commit.
 * Nothing after it in that unit of work may fail, and the unit of work must not run in a transaction of its own on the
 * same database: it could roll back after the events are recorded, and on H2 it would hold the lock that the committer
 * waits for. The log's failures pass through as they are, except {@link StreamConflict}, which becomes Axon's {@link
 * ConcurrencyException}, for the first event of a stream too.
 */
public final class LogEventStorageEngine implements EventStorageEngine {

    private static final int BATCH = 500;

    private final EventLog log;
    private final EventSerializer serializer;
    private final EventUpcaster upcasters;
    private final List<Runnable> appendListeners = new CopyOnWriteArrayList<>();

    public LogEventStorageEngine(EventLog log, EventSerializer serializer, EventUpcaster upcasters) {
        this.log = log;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /** Has this run after every append of this node, by the thread that appended; it must not take long. */
    void whenAppended(Runnable listener) {
        appendListeners.add(listener);
    }

    /**
     * Appends events of one aggregate and returns when they are durable.
     *
     * @throws ConcurrencyException if another writer was there first; nothing was written
     * @throws org.incidenttimeline.core.log.LogFailure for the other reasons, see {@link EventLog#append}
     * @throws IllegalArgumentException if the events are not those of one aggregate in their order
     */
    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        Optional<Submission> submission = CurrentUnitOfWork.map(Submission::in).orElse(Optional.empty());
        Append append = toAppend(
                events,
                submission.map(Submission::keyChanges).orElse(List.of()),
                submission.flatMap(Submission::receipt));
        try {
            Appended appended = log.append(append);
            submission.ifPresent(s -> s.appended(appended));
            appendListeners.forEach(Runnable::run);
        } catch (StreamConflict conflict) {
            throw new ConcurrencyException(conflict.getMessage(), conflict);
        } catch (DuplicateEvent duplicate) {
            throw new EventStoreException(duplicate.getMessage(), duplicate);
        }
    }

    private Append toAppend(List<? extends EventMessage<?>> events, List<KeyChange> keys, Optional<Receipt> receipt) {
        DomainEventMessage<?> first = domainEvent(events.getFirst());
        List<NewEvent> rows = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            DomainEventMessage<?> next = domainEvent(event);
            if (!next.getAggregateIdentifier().equals(first.getAggregateIdentifier())
                    || next.getSequenceNumber() != first.getSequenceNumber() + rows.size()) {
                throw new IllegalArgumentException("one unit of work changes one aggregate: event "
                        + next.getSequenceNumber() + " of " + next.getAggregateIdentifier() + " does not follow "
                        + rows.size() + " events of " + first.getAggregateIdentifier() + " from "
                        + first.getSequenceNumber());
            }
            rows.add(row(next));
        }
        return new Append(
                first.getType(),
                first.getAggregateIdentifier(),
                first.getSequenceNumber(),
                rows,
                keys,
                receipt,
                events.stream().flatMap(LogEventStorageEngine::takenOutBy).toList());
    }

    /** An entry is an event, and entries count from 1. */
    private static Stream<Redacted> takenOutBy(EventMessage<?> event) {
        return event.getPayload() instanceof EntryRedacted redacted
                ? redacted.fields().stream()
                        .map(field ->
                                new Redacted(redacted.entry() - 1, field.path().value()))
                : Stream.empty();
    }

    private NewEvent row(DomainEventMessage<?> event) {
        SerializedObject<String> payload = serializer.serialize(event.getPayload(), String.class);
        return new NewEvent(
                UUID.fromString(event.getIdentifier()),
                payload.getType().getName(),
                Integer.parseInt(payload.getType().getRevision()),
                payload.getData(),
                serializer.serialize(event.getMetaData(), String.class).getData());
    }

    private static DomainEventMessage<?> domainEvent(EventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domainEvent && domainEvent.getType() != null) {
            return domainEvent;
        }
        throw new IllegalArgumentException("the log holds events of aggregates only, and "
                + event.getPayloadType().getName() + " was published by none");
    }

    /**
     * Always refused. A snapshot is state that no event proves and that every change of the state would invalidate; a
     * stream is short, and the cache of aggregates saves the reading.
     */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("the log keeps no snapshots");
    }

    /** Always empty, see {@link #storeSnapshot}. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    /**
     * The events behind a token, up to the head. It never blocks: the event store waits for new events by itself.
     *
     * @throws EventStoreException while reading, if the token points behind the head: the log was put back to an older
     *     state than the reader has seen
     */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                StreamSupport.stream(new Batches(log, position(token)), false), serializer, upcasters);
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(
                log.readStream(aggregateIdentifier, firstSequenceNumber).stream()
                        .map(StoredEventData::new),
                serializer,
                upcasters);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        OptionalLong version = log.streamVersion(aggregateIdentifier);
        return version.isPresent() ? Optional.of(version.getAsLong()) : Optional.empty();
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return log.head() == 0 ? null : new GlobalSequenceTrackingToken(0);
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return token(log.head());
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return token(log.positionBefore(dateTime));
    }

    private static @Nullable TrackingToken token(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    private static long position(@Nullable TrackingToken token) {
        if (token == null) {
            return 0;
        }
        if (token instanceof GlobalSequenceTrackingToken position) {
            return position.getGlobalIndex();
        }
        throw new IllegalArgumentException("a token of this log is a position, not " + token);
    }

    private static final class Batches extends Spliterators.AbstractSpliterator<StoredEventData> {

        private final EventLog log;
        private long position;
        private boolean begun;
        private Iterator<StoredEvent> batch = List.<StoredEvent>of().iterator();

        Batches(EventLog log, long position) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
            this.log = log;
            this.position = position;
        }

        @Override
        public boolean tryAdvance(Consumer<? super StoredEventData> action) {
            if (!batch.hasNext()) {
                batch = log.readAfter(position, BATCH).iterator();
                if (!batch.hasNext()) {
                    refuseTokenBehindHead();
                    return false;
                }
            }
            begun = true;
            StoredEvent event = batch.next();
            position = event.position();
            action.accept(new StoredEventData(event));
            return true;
        }

        private void refuseTokenBehindHead() {
            if (begun || position == 0) {
                return;
            }
            long head = log.head();
            if (position > head) {
                throw new EventStoreException(
                        "a reader has seen position " + position + ", but the log ends at " + head);
            }
        }
    }
}
