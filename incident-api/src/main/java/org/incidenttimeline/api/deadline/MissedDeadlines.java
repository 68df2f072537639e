package org.incidenttimeline.api.deadline;

import java.time.Clock;
import java.time.Duration;
import org.incidenttimeline.api.submission.OwnCommands;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.RecordMissedNotification;
import org.incidenttimeline.core.command.IncidentCommand.RecordMissedUpdate;
import org.incidenttimeline.core.command.IncidentCommand.RecordOverdueAction;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.incident.IncidentDecider;
import org.incidenttimeline.core.incident.RegimeInForce;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.deadlines.Deadline.ActionDue;
import org.incidenttimeline.projections.deadlines.Deadline.NotificationDue;
import org.incidenttimeline.projections.deadlines.Deadline.UpdateDue;
import org.incidenttimeline.projections.store.DeadlineTable;
import org.incidenttimeline.projections.store.DeadlineTable.Due;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the rules to record every deadline that has passed. The rules decline what is recorded, was met, or moved; so a view
 * that is behind costs a vain question and nothing else, and one that is far behind, as when it is rebuilt, is let be.
 */
final class MissedDeadlines implements Runnable {
    static final String CREDENTIAL = "system:deadlines";

    private static final Logger LOG = LoggerFactory.getLogger(MissedDeadlines.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DeadlineTable deadlines;
    private final EventLog log;
    private final DutyTemplates templates;
    private final OwnCommands commands;
    private final Clock clock;

    MissedDeadlines(DeadlineTable deadlines, EventLog log, DutyTemplates templates, OwnCommands commands, Clock clock) {
        this.deadlines = deadlines;
        this.log = log;
        this.templates = templates;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (!isFarBehind()) {
            deadlines.dueBy(clock.instant().minus(IncidentDecider.GRACE)).forEach(this::record);
        }
    }

    private boolean isFarBehind() {
        var longAgo = clock.instant().minus(PATIENCE);
        return log.readAfter(deadlines.position(), 1).stream()
                .anyMatch(next -> next.recordedAt().isBefore(longAgo));
    }

    private void record(Due due) {
        try {
            commands.submit(commandFor(due), CREDENTIAL);
        } catch (NotAccepted e) {
            // The log or the incident is busy: the next run asks again, and the deadlines after this one would fare no
            // better.
            throw e;
        } catch (RuntimeException e) {
            // One incident that cannot be decided must not keep the others waiting.
            LOG.error("The deadline {} of incident {} cannot be decided.", due.deadline(), due.incidentId(), e);
        }
    }

    private IncidentCommand commandFor(Due due) {
        var incident = due.incidentId();
        var dueAt = OccurredAt.at(due.deadline().dueAt());
        return switch (due.deadline()) {
            case UpdateDue update -> new RecordMissedUpdate(incident, dueAt, update.audience(), update.dueAt());
            case NotificationDue report ->
                new RecordMissedNotification(
                        incident, dueAt, RegimeInForce.of(templates, report.regime()), report.stage(), report.dueAt());
            case ActionDue action -> new RecordOverdueAction(incident, dueAt, action.actionId(), action.due());
        };
    }
}
