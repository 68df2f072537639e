package org.incidenttimeline.api.rebuild;

import java.time.Duration;
import org.incidenttimeline.api.schedule.Recurring;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {
    @Bean
    Recurring buildingOfViews(Rebuilds rebuilds, @Value("${incident.rebuilds.pause:2s}") Duration pause) {
        return new Recurring("build-views-anew", pause, rebuilds.rebuilder());
    }

    @Bean
    Recurring comparingOfViews(
            Rebuilds rebuilds,
            @Value("${incident.comparison.pause:10m}") Duration pause,
            @Value("${incident.comparison.every:24h}") Duration every) {
        return new Recurring("compare-views", pause, () -> rebuilds.compareEvery(every));
    }
}
