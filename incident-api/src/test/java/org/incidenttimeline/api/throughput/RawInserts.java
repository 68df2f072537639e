package org.incidenttimeline.api.throughput;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.NewEvent;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;

/** The row of an event, inserted and committed alone: what the database can do when nobody orders or groups anything. */
final class RawInserts implements Subject {
    private final TestDatabase database;
    private final AtomicLong position = new AtomicLong();
    private final List<Caller> callers = new ArrayList<>();

    RawInserts(Database kind, int callers) {
        database = TestDatabases.fresh(kind);
        for (int caller = 0; caller < callers; caller++) {
            this.callers.add(new Caller(database, "incident-" + caller));
        }
    }

    @Override
    public void write(int caller) throws SQLException {
        callers.get(caller).insert(position.incrementAndGet());
    }

    @Override
    public void close() {
        callers.forEach(Caller::close);
        database.close();
    }

    private static final class Caller {
        private final Connection connection;
        private final PreparedStatement insert;
        private final Statement flush;
        private final boolean flushes;
        private final String stream;
        private long sequence;

        Caller(TestDatabase database, String stream) {
            this.stream = stream;
            try {
                connection = DriverManager.getConnection(database.url(), database.user(), "");
                insert = connection.prepareStatement("""
                        insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number,
                                               name, revision, recorded_at, payload, metadata)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """);
                flush = connection.createStatement();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            flushes = database.kind() == Database.H2;
        }

        void insert(long position) throws SQLException {
            NewEvent event = Notes.stored();
            insert.setLong(1, position);
            insert.setObject(2, event.eventId());
            insert.setString(3, "IncidentAggregate");
            insert.setString(4, stream);
            insert.setLong(5, sequence++);
            insert.setString(6, event.name());
            insert.setInt(7, event.revision());
            insert.setObject(8, OffsetDateTime.now(ZoneOffset.UTC));
            insert.setString(9, event.payload());
            insert.setString(10, event.metadata());
            insert.executeUpdate();
            if (flushes) {
                flush.execute("checkpoint sync");
            }
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
