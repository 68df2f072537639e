package org.incidenttimeline.api.config;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.WriterLock;
import org.incidenttimeline.projections.store.ViewRebuild;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One database, five schemas: the log, which is the record; the keys of what is sealed in it, made by the same scripts; the
 * views, which can be dropped and come back; the tables in which views are built anew; and what the application itself must
 * remember, such as credentials and subscriptions.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Database database(DataSource dataSource) throws SQLException {
        return Database.of(dataSource);
    }

    @Bean
    WriterLock writerLock(Database database) {
        return WriterLock.of(database);
    }

    @Bean
    SingleWriterTransactionManager transactionManager(DataSource dataSource, WriterLock writerLock) {
        return new SingleWriterTransactionManager(dataSource, writerLock);
    }

    @Bean(initMethod = "migrate")
    Flyway logSchema(DataSource dataSource, Database database) {
        return schema(dataSource, "log", "classpath:db/guard/" + database.name().toLowerCase(Locale.ROOT));
    }

    @Bean
    Flyway viewsSchema(DataSource dataSource) {
        return migrated(viewsIn("views", dataSource));
    }

    /** The same tables once more, for views that are built anew. */
    @Bean
    Flyway rebuiltSchema(DataSource dataSource) {
        return migrated(viewsIn(ViewRebuild.SCHEMA, dataSource));
    }

    @Bean(initMethod = "migrate")
    Flyway applicationSchema(DataSource dataSource) {
        return schema(dataSource, "app");
    }

    private static Flyway schema(DataSource dataSource, String name, String... more) {
        return configured(dataSource, name)
                .locations(Stream.concat(Stream.of("classpath:db/" + name), Stream.of(more))
                        .toArray(String[]::new))
                .load();
    }

    private static FluentConfiguration configured(DataSource dataSource, String name) {
        return Flyway.configure()
                .dataSource(dataSource)
                .schemas(name)
                .defaultSchema(name)
                .createSchemas(true);
    }

    private static Flyway viewsIn(String schema, DataSource dataSource) {
        return configured(dataSource, schema)
                .locations("classpath:db/views")
                .cleanDisabled(false)
                .load();
    }

    /** Views made by scripts that are no longer the same are of no use, and are built again from the log. */
    private static Flyway migrated(Flyway views) {
        try {
            views.migrate();
        } catch (FlywayValidateException e) {
            LOG.warn("The views were made by other scripts, and are built anew.", e);
            views.clean();
            views.migrate();
        }
        return views;
    }
}
