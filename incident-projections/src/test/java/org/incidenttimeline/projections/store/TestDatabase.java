package org.incidenttimeline.projections.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A database with the schema of the views and nothing in it. */
public sealed interface TestDatabase extends AutoCloseable {
    DataSource dataSource();

    @Override
    void close() throws IOException;

    static TestDatabase h2(Path directory) {
        return new H2(JdbcConnectionPool.create(
                        "jdbc:h2:file:" + directory.resolve("views").toAbsolutePath()
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE",
                        "sa",
                        ""))
                .migrated();
    }

    static TestDatabase postgres() throws IOException {
        var server = EmbeddedPostgres.start();
        var url = server.getJdbcUrl("postgres", "postgres");
        return new Postgres(server, new SingleConnectionDataSource(url, true)).migrated();
    }

    /** Brings the schema of the views to its newest version, as the application does when it starts. */
    default TestDatabase migrated() {
        Flyway.configure()
                .dataSource(dataSource())
                .schemas("views")
                .locations("classpath:db/views")
                .load()
                .migrate();
        return this;
    }

    record H2(JdbcConnectionPool dataSource) implements TestDatabase {
        @Override
        public void close() {
            dataSource.dispose();
        }
    }

    /** With one connection for all: to open one costs far more than what a test does with it. */
    record Postgres(EmbeddedPostgres server, SingleConnectionDataSource dataSource) implements TestDatabase {
        @Override
        public void close() throws IOException {
            dataSource.destroy();
            server.close();
        }
    }
}
