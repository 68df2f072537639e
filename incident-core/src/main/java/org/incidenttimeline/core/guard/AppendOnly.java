package org.incidenttimeline.core.guard;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses every change of the rows of a table; the migration {@code V4__append_only.sql} of H2 names it. */
public final class AppendOnly implements Trigger {

    /** As PostgreSQL says it: insufficient privilege. */
    private static final String SQL_STATE = "42501";

    private String table = "";

    @Override
    public void init(Connection connection, String schema, String trigger, String tableName, boolean before, int type) {
        table = schema + "." + tableName;
    }

    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after)
            throws SQLException {
        throw new SQLException(table + " is append-only", SQL_STATE);
    }
}
