package org.incidenttimeline.api.deadline;

import java.time.Clock;
import java.time.Duration;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.api.submission.OwnCommands;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.store.DeadlineTable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {
    @Bean
    Recurring recordingOfMissedDeadlines(
            DeadlineTable deadlines,
            EventLog log,
            DutyTemplates templates,
            OwnCommands commands,
            Clock clock,
            @Value("${incident.deadlines.pause:5s}") Duration pause) {
        return new Recurring(
                "record-missed-deadlines", pause, new MissedDeadlines(deadlines, log, templates, commands, clock));
    }
}
