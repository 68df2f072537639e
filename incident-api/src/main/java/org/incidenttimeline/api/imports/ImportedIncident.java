package org.incidenttimeline.api.imports;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.incidenttimeline.api.imports.ImportStore.Waiting;
import org.incidenttimeline.api.imports.StagedLine.Kind;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandReader;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.FreezeChanges;
import org.incidenttimeline.core.command.IncidentCommand.ImportIncident;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Incident;
import org.incidenttimeline.core.incident.IncidentDecider;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An incident while lines are carried out on it. Which lines the log holds already it knows from the log itself: every
 * event names the line that led to it, by what the line says and by where it stood. A command is handed in for the one
 * version at which that was looked up, so a line cannot be recorded twice, whoever else carries it out.
 */
final class ImportedIncident {
    private static final int ATTEMPTS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a line is carried out with. */
    record Means(
            CommandDesk desk, CommandReader commands, IncidentHistory history, Identifiers identifiers, Clock clock) {}

    /** The first entry that a line led to, and the line. */
    private record Recorded(long entry, String line) {}

    private final Means means;
    private final ImportRun run;
    private final IncidentId id;
    private final Map<String, Recorded> recorded = new HashMap<>();
    private Incident incident = Incident.undeclared();

    ImportedIncident(Means means, ImportRun run, IncidentId id) {
        this.means = means;
        this.run = run;
        this.id = id;
        load();
    }

    boolean isDeclared() {
        return incident.isDeclared();
    }

    private void load() {
        recorded.clear();
        incident = Incident.undeclared();
        for (RecordedEvent event : means.history().of(id)) {
            incident = incident.evolve(event.event());
            event.provenance()
                    .idempotencyKey()
                    .ifPresent(key -> recorded.putIfAbsent(
                            key,
                            new Recorded(event.version(), event.provenance().causationId())));
        }
    }

    /**
     * Carries a line out, or in a dry run, sees what would come of it.
     *
     * @throws NotAccepted if the log cannot be written now
     */
    Verdict carryOut(Waiting line) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var known = recorded.get(key(line));
            if (known != null) {
                // A line that was recorded before this node knew of it was recorded by this import all the same.
                return known.line().equals(place(line))
                        ? Verdict.accepted(known.entry())
                        : Verdict.unchanged(OptionalLong.of(known.entry()));
            }
            if (line.kind() != Kind.DECLARATION && isDeclared() && !incident.isToldAfterwards()) {
                return Verdict.refused(
                        Refusal.INCIDENT_NOT_BACKFILLED.code(),
                        "Only an incident of mode BACKFILLED takes what a record kept elsewhere tells.");
            }
            try {
                var caller = new Caller(
                        run.principal(),
                        provenance(line),
                        OptionalLong.empty(),
                        means.clock().instant(),
                        Optional.empty());
                var command = means.commands().read(id, line.path(), JSON.readTree(line.body()), caller);
                if (!mayGive(command)) {
                    return Verdict.refused(ProblemCode.SERVICE_NOT_ALLOWED.problem(
                            "The credential of this import is confined to other services."));
                }
                return judged(line, run.terms().dryRun() ? decide(command) : submit(command, caller.provenance()));
            } catch (RefusedException e) {
                return Verdict.refused(e);
            } catch (ProblemException e) {
                return Verdict.refused(e.problem());
            } catch (NotAccepted e) {
                switch (e.reason()) {
                    case VERSION_MOVED, CHANGED_CONCURRENTLY, OUTCOME_UNKNOWN -> load();
                    case DEDUP_KEY_TAKEN -> {
                        return Verdict.refused(ProblemCode.DEDUP_KEY_TAKEN.problem(String.valueOf(e.getMessage())));
                    }
                    case LOG_UNAVAILABLE, LOG_READ_ONLY, IDEMPOTENCY_KEY_REUSED -> throw e;
                }
            }
        }
        throw new IllegalStateException("others changed the incident " + id + " as often as it was tried");
    }

    /** Whether the services that the command names are among those to which the importer is confined. */
    private boolean mayGive(IncidentCommand command) {
        if (command instanceof ImportIncident c) {
            return run.principal().mayActOn(c.declaration().services());
        }
        return !(command instanceof FreezeChanges c)
                || run.principal().mayActOn(c.scope().services());
    }

    private List<IncidentEvent> decide(IncidentCommand command) {
        return IncidentDecider.decide(incident, command, means.clock().instant());
    }

    private List<IncidentEvent> submit(IncidentCommand command, Provenance provenance) {
        return means.desk().submit(command, provenance, OptionalLong.of(incident.version())).events().stream()
                .map(IncidentEvent.class::cast)
                .toList();
    }

    private Verdict judged(Waiting line, List<IncidentEvent> events) {
        if (events.isEmpty()) {
            return Verdict.unchanged(OptionalLong.empty());
        }
        long entry = incident.version() + 1;
        events.forEach(event -> incident = incident.evolve(event));
        recorded.put(key(line), new Recorded(entry, place(line)));
        return Verdict.accepted(entry);
    }

    private Provenance provenance(Waiting line) {
        var importer = run.provenance();
        return new Provenance(
                importer.actor(),
                importer.onBehalfOf(),
                importer.credential(),
                means.identifiers().next().toString(),
                Optional.of(key(line)),
                run.id().toString(),
                place(line));
    }

    /** What the line says, whichever file it stands in. */
    private static String key(Waiting line) {
        return Caller.KEYS_OF_IMPORTS + line.identity();
    }

    /** Where the line stands. */
    private String place(Waiting line) {
        return place(run.id(), line.number());
    }

    static String place(UUID importId, int line) {
        return "import:" + importId + ":" + line;
    }
}
