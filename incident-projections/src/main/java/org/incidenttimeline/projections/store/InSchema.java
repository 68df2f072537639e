package org.incidenttimeline.projections.store;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends what is written for the tables of the views to those of the same names in another schema. */
record InSchema(JdbcClient jdbc, String schema) implements JdbcClient {
    @Override
    public StatementSpec sql(String sql) {
        return jdbc.sql(sql.replace("views.", schema + "."));
    }
}
