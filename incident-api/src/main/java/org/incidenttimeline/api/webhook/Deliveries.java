package org.incidenttimeline.api.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.access.SecretBox;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.live.CloudEvents;
import org.incidenttimeline.api.live.LiveEvent;
import org.incidenttimeline.api.live.LiveEvents;
import org.incidenttimeline.api.live.LogSignal;
import org.incidenttimeline.api.webhook.Attempt.Outcome;
import org.incidenttimeline.api.webhook.Attempt.Result;
import org.incidenttimeline.api.webhook.Webhook.State;
import org.incidenttimeline.api.webhook.Webhook.Stopped;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.log.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Queues what the log tells for those who subscribed, and sends what is due. Every node does so: who moves a subscription
 * on in the log, and who leases an event to send it, is settled by the database. A node that dies loses its leases, and
 * what it had sent without noting so is sent again, under the same id.
 */
@Component
class Deliveries implements SmartLifecycle {
    /** Attempts under way on one node. */
    static final int MOST_AT_ONCE = 32;

    /** Attempts under way to one subscription on one node, so that one that is slow leaves room for the others. */
    static final int MOST_AT_ONCE_PER_WEBHOOK = 4;

    /** Events that wait for one subscription; the rest of what it is behind stays in the log. */
    static final long MOST_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int BATCH = 500;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long REST_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);
    private static final double JITTER = 0.2;

    private final LiveEvents events;
    private final CloudEvents cloudEvents;
    private final WebhookTable webhooks;
    private final DeliveryQueue queue;
    private final AttemptLog attempts;
    private final Sender sender;
    private final Targets targets;
    private final WebhookSettings settings;
    private final IncidentAccess access;
    private final TransactionTemplate transaction;
    private final Database database;
    private final Clock clock;

    private final String me = UUID.randomUUID().toString();
    private final Map<WebhookId, Integer> underWay = new ConcurrentHashMap<>();
    private volatile @Nullable Thread dispatcher;
    private volatile @Nullable ExecutorService senders;
    private volatile boolean running;
    private volatile boolean asked;
    private Instant forgotAt = Instant.EPOCH;

    Deliveries(
            LiveEvents events,
            LogSignal signal,
            CloudEvents cloudEvents,
            WebhookTable webhooks,
            DeliveryQueue queue,
            AttemptLog attempts,
            Sender sender,
            Targets targets,
            WebhookSettings settings,
            IncidentAccess access,
            PlatformTransactionManager transactions,
            Database database,
            Clock clock) {
        this.events = events;
        this.cloudEvents = cloudEvents;
        this.webhooks = webhooks;
        this.queue = queue;
        this.attempts = attempts;
        this.sender = sender;
        this.targets = targets;
        this.settings = settings;
        this.access = access;
        this.transaction = new TransactionTemplate(transactions);
        this.database = database;
        this.clock = clock;
        signal.whenGrown(this::look);
    }

    /** Has the dispatcher look at once for what there is to do. */
    void look() {
        asked = true;
        LockSupport.unpark(dispatcher);
    }

    private void dispatch() {
        boolean failing = false;
        while (running) {
            boolean more = false;
            asked = false;
            try {
                more = queueNew();
                more |= sendDue();
                forgetOld();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warn("Webhooks cannot be sent now; they will be later", e);
                }
                failing = true;
            }
            rest();
            if (!more && !asked) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** While much happens, a round then finds more at once, and writes less often. */
    private static void rest() {
        long until = System.nanoTime() + REST_NANOS;
        for (long left = REST_NANOS; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Whether there may be more to queue. */
    private boolean queueNew() {
        var active = webhooks.active();
        if (active.isEmpty()) {
            return false;
        }
        long head = events.head();
        var read = new HashMap<Long, List<LiveEvent>>();
        boolean more = false;
        for (var webhook : active) {
            if (webhook.position() < head && queue.waiting(webhook.id()) < MOST_WAITING) {
                var batch = read.computeIfAbsent(webhook.position(), position -> events.after(position, BATCH));
                more |= queue(webhook, batch);
            }
        }
        return more;
    }

    private boolean queue(Webhook webhook, List<LiveEvent> batch) {
        if (batch.isEmpty()) {
            return false;
        }
        var asked = batch.stream()
                .filter(event -> webhook.filter().matches(event) && maySee(webhook.id(), event))
                .toList();
        long reached = batch.getLast().position();
        transaction.executeWithoutResult(_ -> {
            if (webhooks.advance(webhook.id(), webhook.position(), reached)) {
                queue.add(webhook.id(), asked, clock.instant());
            }
        });
        return batch.size() == BATCH;
    }

    /** A subscription is nobody who could be named: it is told only what everybody may know. */
    private boolean maySee(WebhookId webhook, LiveEvent event) {
        var nobody = new Principal(
                new Actor(new Person("webhook " + webhook), Actor.Kind.TOOL), "webhook:" + webhook, Set.of(), Set.of());
        return event.card().filter(card -> access.maySee(nobody, card)).isPresent();
    }

    /** Whether something was begun. */
    private boolean sendDue() {
        var now = clock.instant();
        var due = queue.due(now);
        if (due.isEmpty()) {
            return false;
        }
        boolean begun = false;
        for (var webhook : webhooks.active()) {
            int room = Math.min(
                    MOST_AT_ONCE_PER_WEBHOOK - underWay.getOrDefault(webhook.id(), 0),
                    MOST_AT_ONCE
                            - underWay.values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum());
            if (room > 0 && due.containsKey(webhook.id())) {
                for (var delivery : queue.due(webhook.id(), now, room)) {
                    begun |= begin(webhook, delivery, now);
                }
            }
        }
        return begun;
    }

    private boolean begin(Webhook webhook, Delivery delivery, Instant now) {
        var executor = senders;
        boolean leased = executor != null
                && Boolean.TRUE.equals(transaction.execute(
                        _ -> isActive(webhook.id()) && queue.lease(delivery, me, now, now.plus(settings.lease()))));
        if (executor == null || !leased) {
            return false;
        }
        underWay.merge(webhook.id(), 1, Integer::sum);
        executor.execute(() -> {
            try {
                deliver(webhook, delivery);
            } catch (RuntimeException e) {
                LOG.warn("An attempt to tell webhook {} could not be noted; it is made again", webhook.id(), e);
            } finally {
                underWay.computeIfPresent(webhook.id(), (_, count) -> count > 1 ? count - 1 : null);
                look();
            }
        });
        return true;
    }

    /** The attempt before may have stopped it since it was looked up. */
    private boolean isActive(WebhookId webhook) {
        return webhooks.lock(webhook)
                .filter(found -> found.state() == State.ACTIVE)
                .isPresent();
    }

    private void deliver(Webhook webhook, Delivery delivery) {
        var event = events.at(delivery.position())
                .orElseThrow(
                        () -> new IllegalStateException("the log has no event at position " + delivery.position()));
        var sentAt = clock.instant();
        var result = maySee(webhook.id(), event)
                ? send(webhook, messageId(webhook, event), body(event), sentAt)
                : Result.of(Outcome.WITHHELD, 0);
        if (!running && result.outcome() != Outcome.DELIVERED) {
            // Most likely cut off by our own stopping, which is no fault of the target's.
            transaction.executeWithoutResult(_ -> queue.release(delivery, me));
            return;
        }
        transaction.executeWithoutResult(_ -> note(webhook.id(), delivery, event, sentAt, result));
    }

    private Result send(Webhook webhook, String id, String body, Instant sentAt) {
        if (targets.objection(webhook.url()).isPresent()) {
            return Result.of(Outcome.TARGET_NOT_ALLOWED, 0);
        }
        try {
            var secrets = webhooks.secrets(webhook.id(), sentAt);
            return secrets.isEmpty()
                    ? Result.of(Outcome.WITHHELD, 0)
                    : sender.send(webhook.url(), Message.signed(id, sentAt, body, secrets));
        } catch (SecretBox.CannotOpen e) {
            LOG.warn("Webhook {} cannot be told: {}", webhook.id(), e.getMessage());
            return Result.of(Outcome.SECRET_LOST, 0);
        }
    }

    private String body(LiveEvent event) {
        return event.json().getBytes(StandardCharsets.UTF_8).length <= Limits.WEBHOOK_BODY_BYTES
                ? event.json()
                : cloudEvents.referenceTo(event.stored(), event.mode());
    }

    private static String messageId(Webhook webhook, LiveEvent event) {
        return event.stored().eventId() + "_" + webhook.id();
    }

    private void note(WebhookId id, Delivery delivery, LiveEvent event, Instant sentAt, Result result) {
        var locked = webhooks.lock(id);
        if (locked.isEmpty()) {
            return;
        }
        var webhook = locked.get();
        var now = clock.instant();
        int made = delivery.attempts() + 1;
        Optional<Instant> nextAt = Optional.empty();
        switch (result.outcome()) {
            case DELIVERED -> {
                queue.done(delivery, me);
                webhooks.succeeded(id, now);
            }
            case WITHHELD -> queue.done(delivery, me);
            case GONE -> {
                queue.failed(delivery, me, now);
                webhooks.failed(id, now);
                stop(webhook, State.DISABLED, Stopped.GONE, now);
            }
            case REFUSED, TIMED_OUT, UNREACHABLE, TLS_FAILED, UNKNOWN_HOST, TARGET_NOT_ALLOWED, SECRET_LOST -> {
                nextAt = nextAttempt(made, now, result);
                queue.failed(delivery, me, nextAt.orElse(now));
                webhooks.failed(id, now);
                if (nextAt.isEmpty()) {
                    stop(webhook, State.PAUSED, Stopped.RETRIES_EXHAUSTED, now);
                } else if (hasOnlyFailed(webhook, now)) {
                    stop(webhook, State.PAUSED, Stopped.ONLY_FAILURES, now);
                }
            }
        }
        attempts.add(
                id,
                new Attempt(
                        messageId(webhook, event),
                        CloudEvents.typeOf(event.stored()),
                        OptionalLong.of(event.position()),
                        event.incident(),
                        made,
                        sentAt,
                        result,
                        nextAt));
    }

    private Optional<Instant> nextAttempt(int made, Instant now, Result result) {
        if (made >= settings.retryDelays().size()) {
            return Optional.empty();
        }
        var delay = settings.retryDelays().get(made);
        var jitter =
                (long) (delay.toNanos() * JITTER * ThreadLocalRandom.current().nextDouble());
        var planned = now.plus(delay).plusNanos(jitter);
        return result.retryAfter().filter(planned::isBefore).or(() -> Optional.of(planned));
    }

    private static boolean hasOnlyFailed(Webhook webhook, Instant now) {
        return webhook.failures() + 1 >= Limits.WEBHOOK_FAILURES
                && webhook.failingSince()
                        .filter(since -> !since.isAfter(now.minus(Limits.WEBHOOK_FAILING)))
                        .isPresent();
    }

    private void stop(Webhook webhook, State state, Stopped because, Instant now) {
        webhooks.stop(webhook.id(), state, because, now);
        LOG.warn("Webhook {} is {} now: {}", webhook.id(), state, because);
    }

    /** Sends a message that tells of nothing, at once and once, and notes what came of it. */
    AttemptLog.Logged test(Webhook webhook) {
        var sentAt = clock.instant();
        String id = "test_" + UUID.randomUUID();
        String name = "webhook.test.v1";
        String body = cloudEvents.unrecorded(
                id, name, sentAt.toString(), Map.of("webhook", webhook.id().value()));
        var result = send(webhook, id, body, sentAt);
        var attempt = new Attempt(
                id,
                CloudEvents.type(name),
                OptionalLong.empty(),
                Optional.empty(),
                1,
                sentAt,
                result,
                Optional.empty());
        transaction.executeWithoutResult(_ -> {
            if (webhooks.lock(webhook.id()).isPresent()) {
                attempts.add(webhook.id(), attempt);
            }
        });
        return new AttemptLog.Logged(0, attempt);
    }

    private void forgetOld() {
        var now = clock.instant();
        if (Duration.between(forgotAt, now).compareTo(Limits.WEBHOOK_ATTEMPTS_FORGOTTEN_EVERY) < 0) {
            return;
        }
        forgotAt = now;
        for (var webhook : webhooks.all()) {
            transaction.executeWithoutResult(_ -> attempts.forget(
                    webhook.id(), now.minus(Limits.WEBHOOK_ATTEMPTS_KEPT_FOR), Limits.WEBHOOK_ATTEMPTS_KEPT));
        }
    }

    @Override
    public void start() {
        if (database == Database.H2) {
            // The file has one node at a time, so who leased before is no more.
            transaction.executeWithoutResult(_ -> queue.endLeases());
        }
        running = true;
        senders = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("webhook-sender-", 0).factory());
        dispatcher = Thread.ofVirtual().name("webhook-dispatcher").start(this::dispatch);
    }

    @Override
    public void stop() {
        running = false;
        var dispatching = dispatcher;
        var sending = senders;
        if (dispatching == null || sending == null) {
            return;
        }
        look();
        try {
            dispatching.join(PATIENCE_AT_STOP);
            sending.shutdown();
            if (!sending.awaitTermination(PATIENCE_AT_STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.info("Attempts to tell webhooks are still under way; they are made again");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Behind the views, which its questions rest on, and ended before them. */
    @Override
    public int getPhase() {
        return 1;
    }
}
