package org.incidenttimeline.api.exercise;

import java.time.Clock;
import java.time.Duration;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.api.submission.OwnCommands;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    @Bean
    Recurring deliveryOfInjects(
            Scripts scripts,
            OwnCommands commands,
            Clock clock,
            @Value("${incident.exercises.pause:2s}") Duration pause) {
        return new Recurring("deliver-injects", pause, new Delivery(scripts, commands, clock));
    }
}
