package org.incidenttimeline.api.config;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.WriterLock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One database, three schemas: the log, which is the record; the views, which can be dropped and come back; and what the
 * application itself must remember, such as credentials and subscriptions.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
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

    @Bean(initMethod = "migrate")
    Flyway viewsSchema(DataSource dataSource) {
        return schema(dataSource, "views");
    }

    @Bean(initMethod = "migrate")
    Flyway applicationSchema(DataSource dataSource) {
        return schema(dataSource, "app");
    }

    private static Flyway schema(DataSource dataSource, String name, String... more) {
        return Flyway.configure()
                .dataSource(dataSource)
                .schemas(name)
                .defaultSchema(name)
                .createSchemas(true)
                .locations(Stream.concat(Stream.of("classpath:db/" + name), Stream.of(more))
                        .toArray(String[]::new))
                .load();
    }
}
