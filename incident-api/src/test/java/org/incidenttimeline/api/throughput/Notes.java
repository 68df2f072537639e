package org.incidenttimeline.api.throughput;

import java.util.UUID;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.incident.Commands;
import org.incidenttimeline.core.log.NewEvent;

/** The workload: every caller declares an incident, adds {@value #PER_INCIDENT} notes to it, and takes the next one. */
final class Notes {
    static final int PER_INCIDENT = 20;

    private static final String PAYLOAD = """
            {"incidentId":"log-12-345","occurredAt":{"at":"2026-03-02T14:00:00Z","offset":null,"original":null,\
            "precision":"MINUTE","until":null},"text":{"text":"the vendor says that all is well on their side"}}\
            """;
    private static final String METADATA = """
            {"actor":"ana","actorKind":"HUMAN","causationId":"c-1","commandId":"command-1","correlationId":"c-1",\
            "credential":"none"}\
            """;

    private final String prefix;
    private final long[] told;

    Notes(String prefix, int callers) {
        this.prefix = prefix;
        this.told = new long[callers];
    }

    /** The next command of that caller. */
    IncidentCommand next(int caller) {
        long count = told[caller]++;
        String incident = prefix + "-" + caller + "-" + count / (PER_INCIDENT + 1);
        return count % (PER_INCIDENT + 1) == 0 ? Commands.declare(incident) : Commands.note(incident);
    }

    /** An event of the same size, as the log stores a note, with an id of its own. */
    static NewEvent stored() {
        return new NewEvent(UUID.randomUUID(), "incident.note-added", 1, PAYLOAD, METADATA);
    }
}
