package org.incidenttimeline.api.throughput;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.incidenttimeline.core.log.Append;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;

/** {@link EventLog#append} of an event that is serialised already. */
final class BareLog implements Subject {
    private final TestDatabase database;
    private final EventLog log;
    private final AtomicLongArray sequences;

    BareLog(Database kind, int callers) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.systemUTC(),
                database.ledgerKeys(),
                database.sealingKey());
        sequences = new AtomicLongArray(callers);
    }

    @Override
    public void write(int caller) {
        log.append(new Append(
                "IncidentAggregate",
                "incident-" + caller,
                sequences.getAndIncrement(caller),
                List.of(Notes.stored()),
                List.of()));
    }

    @Override
    public void close() {
        log.close();
        database.close();
    }
}
