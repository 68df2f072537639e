package org.incidenttimeline.api.imports;

import java.time.Duration;
import org.incidenttimeline.api.schedule.Recurring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When imports are carried out, and when they are forgotten. */
@Configuration(proxyBeanMethods = false)
class ImportConfiguration {
    @Bean
    Recurring importsCarriedOut(ImportRunner runner) {
        return new Recurring("carry-out-imports", Duration.ofSeconds(1), runner::runAll);
    }

    @Bean
    Recurring importsForgotten(ImportRunner runner) {
        return new Recurring("forget-imports", Duration.ofHours(1), runner::forget);
    }
}
