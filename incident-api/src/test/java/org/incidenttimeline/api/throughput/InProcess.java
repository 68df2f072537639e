package org.incidenttimeline.api.throughput;

import java.time.Clock;
import org.incidenttimeline.core.axon.Node;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;

/** Commands in process, as the application wires them, with no view running. */
final class InProcess implements Subject {
    private final TestDatabase database;
    private final Node node;
    private final Notes notes;

    InProcess(Database kind, int callers) {
        database = TestDatabases.fresh(kind);
        node = new Node(database, Clock.systemUTC());
        notes = new Notes("node", callers);
    }

    @Override
    public void write(int caller) {
        node.tell(notes.next(caller));
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
