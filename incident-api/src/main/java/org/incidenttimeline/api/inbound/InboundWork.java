package org.incidenttimeline.api.inbound;

import java.time.Clock;
import java.time.Duration;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.schedule.Recurring;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What recurs around deliveries, whoever delivers. */
@Configuration(proxyBeanMethods = false)
class InboundWork {
    private static final Duration FORGETTING = Duration.ofHours(1);

    @Bean
    Recurring recordingOfRecentDeployments(
            DeploymentDesk desk, Clock clock, @Value("${incident.inbound.catch-up-interval:10s}") Duration interval) {
        return new Recurring("record-recent-deployments", interval, () -> desk.catchUp(clock.instant()));
    }

    @Bean
    Recurring forgettingOfOldDeliveries(Deployments deployments, AlertGroups groups, Clock clock) {
        return new Recurring("forget-old-deliveries", FORGETTING, () -> {
            deployments.forget(clock.instant().minus(Limits.DEPLOYMENTS_KEPT));
            groups.forget(clock.instant().minus(Limits.ALERT_GROUPS_KEPT));
        });
    }
}
