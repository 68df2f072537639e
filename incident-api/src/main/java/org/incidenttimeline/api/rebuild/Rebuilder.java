package org.incidenttimeline.api.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.rebuild.Rebuild.State;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.history.RecordedLog;
import org.incidenttimeline.core.log.LogFailure;
import org.incidenttimeline.projections.store.ViewRebuild;
import org.incidenttimeline.projections.store.ViewRebuild.Difference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out the rebuild that is under way, if there is one. It goes on where a run before it was cut off: what is built,
 * and how far, is in the database, and each step is a transaction. The fold of a view does nothing else, so nothing that
 * went out of the house because of an event goes out again.
 */
final class Rebuilder implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);
    private static final int STEP = 500;
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final RebuildTable rebuilds;
    private final ViewRebuild views;
    private final RecordedLog log;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Rebuilder(RebuildTable rebuilds, ViewRebuild views, RecordedLog log, TransactionTemplate transaction, Clock clock) {
        this.rebuilds = rebuilds;
        this.views = views;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void run() {
        rebuilds.underWay().ifPresent(this::carryOut);
    }

    private void carryOut(Rebuild rebuild) {
        try {
            begin(rebuild);
            if (build(rebuild)) {
                finish(rebuild);
            }
        } catch (DataAccessException | LogFailure e) {
            // The database is away or busy; the next run goes on.
            throw e;
        } catch (RuntimeException e) {
            LOG.error("The rebuild {} of {} failed.", rebuild.id(), rebuild.views(), e);
            end(rebuild, State.FAILED, Optional.empty());
        }
    }

    private void begin(Rebuild rebuild) {
        transaction.executeWithoutResult(_ -> {
            if (rebuild.state() == State.WAITING) {
                rebuild.views().forEach(views::begin);
            }
            rebuilds.started(rebuild.id(), clock.instant(), position(rebuild), log.head());
        });
        LOG.info("The rebuild {} of {} goes on behind position {}.", rebuild.id(), rebuild.views(), position(rebuild));
    }

    private long position(Rebuild rebuild) {
        return rebuild.views().stream().mapToLong(views::position).min().orElse(0);
    }

    /** Applies what there is, and answers whether that is all; it is not where this node stops. */
    private boolean build(Rebuild rebuild) {
        var told = clock.instant();
        var events = log.after(position(rebuild), STEP);
        while (!events.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            step(rebuild, events);
            if (told.plus(TOLD_EVERY).isBefore(clock.instant())) {
                told = clock.instant();
                tell(rebuild);
            }
            events = log.after(events.getLast().position(), STEP);
        }
        return true;
    }

    private void step(Rebuild rebuild, List<Recorded> events) {
        transaction.executeWithoutResult(_ -> {
            rebuild.views().forEach(view -> views.apply(view, events));
            rebuilds.reached(rebuild.id(), events.getLast().position(), log.head());
        });
    }

    private void tell(Rebuild rebuild) {
        var now = clock.instant();
        rebuilds.find(rebuild.id())
                .flatMap(Rebuild::progress)
                .ifPresent(progress -> LOG.info(
                        "The rebuild {} has reached {} of {}, {} events per second, until {}.",
                        rebuild.id(),
                        progress.reached(),
                        progress.target(),
                        Math.round(progress.rate(now)),
                        progress.estimatedEnd(now).map(Object::toString).orElse("nobody knows when")));
    }

    private void finish(Rebuild rebuild) {
        switch (rebuild.kind()) {
            case REPLACE -> {
                transaction.executeWithoutResult(_ -> {
                    // Held in one order, so that no two ever wait for each other.
                    rebuild.views().stream().sorted().forEach(this::catchUp);
                    rebuild.views().forEach(views::cutOver);
                    rebuilds.finished(rebuild.id(), State.DONE, clock.instant(), Optional.empty());
                });
                LOG.info("The rebuild {} of {} is in its place.", rebuild.id(), rebuild.views());
            }
            case COMPARE -> {
                var differences = new ArrayList<Difference>();
                for (var view : rebuild.views()) {
                    differences.addAll(compare(view, Limits.DIFFERENCES_TOLD - differences.size()));
                }
                end(rebuild, State.DONE, Optional.of(differences));
                if (differences.isEmpty()) {
                    LOG.info("The views {} are what the log gives.", rebuild.views());
                } else {
                    LOG.error(
                            "The views {} differ from what the log gives; see the rebuild {}.",
                            rebuild.views(),
                            rebuild.id());
                }
            }
        }
    }

    private List<Difference> compare(String view, int most) {
        await(view);
        var found = new ArrayList<Difference>();
        transaction.executeWithoutResult(_ -> {
            catchUp(view);
            found.addAll(views.differences(view, most));
            views.begin(view);
        });
        return found;
    }

    /** Holds the live view where it is, and brings what is built to the same place. */
    private void catchUp(String view) {
        views.hold(view);
        long live = views.livePosition(view);
        while (views.position(view) < live) {
            views.apply(
                    view,
                    log.after(views.position(view), STEP).stream()
                            .filter(event -> event.position() <= live)
                            .toList());
        }
    }

    /** The live view is a moment behind the log, and what is built is not. */
    private void await(String view) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (views.livePosition(view) < views.position(view)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the view " + view + " is stuck at " + views.livePosition(view));
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the node stops", e);
            }
        }
    }

    private void end(Rebuild rebuild, State state, Optional<List<Difference>> differences) {
        transaction.executeWithoutResult(_ -> {
            rebuilds.finished(rebuild.id(), state, clock.instant(), differences);
            rebuilds.forget(Limits.REBUILDS_KEPT);
        });
    }
}
