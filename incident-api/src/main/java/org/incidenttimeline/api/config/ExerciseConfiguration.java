package org.incidenttimeline.api.config;

import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.exercise.Scripts;
import org.incidenttimeline.api.exercise.StoredScripts;
import org.incidenttimeline.core.seal.RowCipher;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the scripts of exercises are kept. */
@Configuration(proxyBeanMethods = false)
class ExerciseConfiguration {
    @Bean
    Scripts scripts(
            @Qualifier("applicationSchema") Flyway migrated,
            JdbcClient jdbc,
            SingleWriterTransactionManager transactionManager,
            RowCipher cipher) {
        return new StoredScripts(jdbc, new TransactionTemplate(transactionManager), cipher);
    }
}
