package org.incidenttimeline.api.submission;

import org.incidenttimeline.core.command.IncidentCommand;
import org.jspecify.annotations.Nullable;

/** Where a controller's command is laid down instead of being handed in, so that others decide what becomes of it. */
final class Draft {
    private @Nullable IncidentCommand command;

    void put(IncidentCommand drafted) {
        if (command != null) {
            throw new IllegalStateException("a request is one command; " + drafted + " is a second one");
        }
        command = drafted;
    }

    IncidentCommand command() {
        if (command == null) {
            throw new IllegalStateException("a controller of commands hands in what it made");
        }
        return command;
    }
}
