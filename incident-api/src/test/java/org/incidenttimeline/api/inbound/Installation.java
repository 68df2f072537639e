package org.incidenttimeline.api.inbound;

import java.time.Instant;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;

/** A database with two nodes, for all tests of a class; an H2 file has one node only, which is then both. */
record Installation(TestDatabase database, MutableClock clock, RunningService nodeA, RunningService nodeB)
        implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");

    /** What recurs is done when a test says so, and not in the middle of another. */
    private static final String SELDOM = "--incident.inbound.catch-up-interval=1d";

    static Installation on(Database kind) {
        var clock = new MutableClock(NOW);
        var database = TestDatabases.empty(kind);
        var nodeA = RunningService.on(database, clock, SELDOM);
        return new Installation(
                database,
                clock,
                nodeA,
                kind == Database.POSTGRESQL ? RunningService.on(database, clock, SELDOM) : nodeA);
    }

    @Override
    public void close() {
        nodeA.close();
        if (nodeB != nodeA) {
            nodeB.close();
        }
        database.close();
    }
}
