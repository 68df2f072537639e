package org.incidenttimeline.api.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.api.rebuild.Rebuild.Kind;
import org.incidenttimeline.api.rebuild.Rebuild.State;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.history.RecordedLog;
import org.incidenttimeline.projections.store.ViewRebuild;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks for rebuilds, and says what became of them. */
@Component
class Rebuilds {
    private static final Person OURSELVES = new Person("the service itself");

    private final RebuildTable table;
    private final ViewRebuild views;
    private final RecordedLog log;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Rebuilds(
            RebuildTable table,
            ViewRebuild views,
            RecordedLog log,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.table = table;
        this.views = views;
        this.log = log;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The rebuild that will begin in a moment; nothing if another one is under way. */
    Optional<Rebuild> request(Kind kind, List<String> names, Person by) {
        var rebuild = new Rebuild(
                UUID.randomUUID(),
                kind,
                names,
                by,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                State.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Boolean.TRUE.equals(transaction.execute(status -> {
                    boolean requested = table.request(rebuild);
                    if (!requested) {
                        // PostgreSQL lets nothing else be done in a transaction in which a statement failed.
                        status.setRollbackOnly();
                    }
                    return requested;
                }))
                ? Optional.of(rebuild)
                : Optional.empty();
    }

    /** Has all views compared, if there is anything to compare and that was not done for so long. */
    void compareEvery(Duration pause) {
        boolean due = table.lastComparison()
                .map(last -> last.plus(pause).isBefore(clock.instant()))
                .orElse(log.head() > 0);
        if (due) {
            request(Kind.COMPARE, views.views(), OURSELVES);
        }
    }

    Optional<Rebuild> find(UUID id) {
        return table.find(id);
    }

    List<Rebuild> newest(int most) {
        return table.newest(most);
    }

    /** What carries them out. */
    Rebuilder rebuilder() {
        return new Rebuilder(table, views, log, transaction, clock);
    }
}
