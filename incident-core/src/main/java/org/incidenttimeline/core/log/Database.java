package org.incidenttimeline.core.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The databases the log runs on, and what each must be set to so that a commit is durable. */
public enum Database {

    /**
     * H2 in file mode, one node. Recommended URL, with every option needed:
     *
     * <pre>{@code
     * jdbc:h2:file:<path>;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE;LOCK_TIMEOUT=5000;DB_CLOSE_ON_EXIT=FALSE
     * }</pre>
     *
     * {@code WRITE_DELAY=0} belongs in every URL: a stored value is overridden by the default when a later connection
     * opens the database without it. The user needs ADMIN rights, for {@code CHECKPOINT SYNC}.
     */
    H2,

    /**
     * PostgreSQL, any number of nodes. {@code synchronous_commit} must be {@code on} or {@code remote_apply}: with
     * {@code off} a crash loses acknowledged commits, with {@code local} or {@code remote_write} a failover to a
     * synchronous standby may. {@code fsync} and {@code full_page_writes} must be {@code on}.
     */
    POSTGRESQL;

    /**
     * The database behind the data source.
     *
     * @throws IllegalStateException if it is neither
     */
    public static Database of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case "H2" -> H2;
                case "PostgreSQL" -> POSTGRESQL;
                default -> throw new IllegalStateException("the log runs on H2 and PostgreSQL, not on " + product);
            };
        }
    }

    /**
     * Refuses a connection whose commits may be lost after they were acknowledged.
     *
     * @throws IllegalStateException naming the setting, its value, and the value it must have
     */
    public void requireDurable(Connection connection) throws SQLException {
        switch (this) {
            case H2 -> requireWriteThrough(connection);
            case POSTGRESQL -> {
                requireSetting(connection, "synchronous_commit", Set.of("on", "remote_apply"));
                requireSetting(connection, "fsync", Set.of("on"));
                requireSetting(connection, "full_page_writes", Set.of("on"));
            }
        }
    }

    private static void requireWriteThrough(Connection connection) throws SQLException {
        List<String> delays = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                delays.add(row.getString(1));
            }
        }
        // H2 may show two rows, the stored value and the one in force.
        if (delays.isEmpty() || !delays.stream().allMatch("0"::equals)) {
            throw new IllegalStateException("H2 would acknowledge commits before they are written: WRITE_DELAY is "
                    + delays + ", and must be 0 in the JDBC URL of a file database");
        }
    }

    private static void requireSetting(Connection connection, String name, Set<String> durable) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select current_setting(?)")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                String value = row.next() ? row.getString(1) : "unset";
                if (!durable.contains(value)) {
                    throw new IllegalStateException(
                            "PostgreSQL may lose acknowledged commits: " + name + " is " + value + ", and must be on");
                }
            }
        }
    }
}
