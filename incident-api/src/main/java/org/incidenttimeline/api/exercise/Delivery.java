package org.incidenttimeline.api.exercise;

import java.time.Clock;
import org.incidenttimeline.api.submission.OwnCommands;
import org.incidenttimeline.core.command.IncidentCommand.DeliverInject;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.incident.RefusedException;

/** Delivers every fact whose time has come. Asked twice, the rules deliver it once; what they refuse is withheld. */
final class Delivery implements Runnable {
    private static final String CREDENTIAL = "system:exercises";

    private final Scripts scripts;
    private final OwnCommands commands;
    private final Clock clock;

    Delivery(Scripts scripts, OwnCommands commands, Clock clock) {
        this.scripts = scripts;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public void run() {
        scripts.dueBy(clock.instant()).forEach(this::deliver);
    }

    /** It is told when it is told, not when it was planned for: nobody knew of it in between. */
    private void deliver(Inject inject) {
        var incident = inject.incidentId();
        var now = OccurredAt.at(clock.instant());
        try {
            commands.submit(
                    new DeliverInject(incident, now, inject.injectId(), inject.kind(), inject.what()), CREDENTIAL);
            scripts.became(incident, inject.injectId(), Inject.Status.DELIVERED);
        } catch (RefusedException _) {
            // The exercise or the incident ended, or the script was replaced.
            scripts.became(incident, inject.injectId(), Inject.Status.WITHHELD);
        }
    }
}
