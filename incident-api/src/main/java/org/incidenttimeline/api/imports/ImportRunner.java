package org.incidenttimeline.api.imports;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.imports.ImportRun.State;
import org.incidenttimeline.api.imports.StagedLine.Kind;
import org.incidenttimeline.api.imports.Verdict.Outcome;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.submission.CommandReader;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Carries an import out, incident by incident, from where it stands. */
@Component
class ImportRunner {
    static final String DECLARATION_REFUSED = "declaration-refused";

    private static final int LINES_AT_ONCE = 200;
    private static final int INCIDENTS_AT_ONCE = 8;

    /** A file of which no line came for so long comes no more; its sender or its receiver is dead. */
    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ImportRunner.class);

    private final ImportStore store;
    private final ImportedIncident.Means means;
    private final IncidentAccess access;
    private final Clock clock;

    ImportRunner(
            ImportStore store,
            CommandDesk desk,
            CommandReader commands,
            IncidentHistory history,
            Identifiers identifiers,
            IncidentAccess access,
            Clock clock) {
        this.store = store;
        this.means = new ImportedIncident.Means(desk, commands, history, identifiers, clock);
        this.access = access;
        this.clock = clock;
    }

    /** Carries out every import that is here as a whole, the oldest first; one that fails is tried again the next time. */
    void runAll() {
        for (var id : store.running()) {
            try {
                store.find(id).ifPresent(this::run);
            } catch (NotAccepted e) {
                LOG.warn("The import {} waits: {}", id, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("The import {} cannot go on.", id, e);
            }
        }
    }

    /** Forgets files that never arrived as a whole, and reports that are old enough. */
    void forget() {
        var now = clock.instant();
        store.discard(State.RECEIVING, now.minus(LONGEST_SILENCE));
        store.discard(State.DONE, now.minus(Limits.IMPORT_REPORT_KEPT));
    }

    /** Carries out every line that waits. Done again, by whomever, it changes nothing more. */
    private void run(ImportRun run) {
        var id = run.id();
        carryOut(run, store.incidents(id));
        store.finished(id, clock.instant());
    }

    /** Incidents do not depend on each other, and the log writes what several callers ask for at the price of one. */
    private void carryOut(ImportRun run, List<IncidentId> incidents) {
        var next = new ConcurrentLinkedQueue<>(incidents);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, INCIDENTS_AT_ONCE)
                    .mapToObj(_ -> CompletableFuture.runAsync(
                            () -> {
                                for (var id = next.poll(); id != null; id = next.poll()) {
                                    carryOut(run, id);
                                }
                            },
                            threads))
                    .toList();
            all.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    private void carryOut(ImportRun run, IncidentId id) {
        var incident = new ImportedIncident(means, run, id);
        // What the importer may not see is to them not there.
        if (incident.isDeclared() && !access.maySee(run.principal(), id)) {
            store.judgeAll(
                    run.id(),
                    id,
                    Verdict.refused(Refusal.INCIDENT_NOT_DECLARED.code(), "There is no incident " + id + "."));
            return;
        }
        var declarations = EnumSet.noneOf(Outcome.class);
        declarations.addAll(store.declarations(run.id(), id));
        var verdicts = new LinkedHashMap<Integer, Verdict>();
        var numbers = store.waiting(run.id(), id);
        for (int from = 0; from < numbers.size(); from += LINES_AT_ONCE) {
            for (int number : some(numbers, from)) {
                var line = store.line(run.id(), number);
                if (line.kind() != Kind.DECLARATION && isRefused(declarations)) {
                    judge(run, verdicts);
                    store.judgeAll(
                            run.id(),
                            id,
                            Verdict.refused(
                                    DECLARATION_REFUSED,
                                    "The line that declares the incident " + id + " was refused."));
                    return;
                }
                var verdict = incident.carryOut(line);
                verdicts.put(line.number(), verdict);
                if (line.kind() == Kind.DECLARATION) {
                    declarations.add(verdict.outcome());
                }
            }
            // What a dry run has seen so far is in this memory alone, so all its lines are judged together.
            if (!run.terms().dryRun()) {
                judge(run, verdicts);
            }
        }
        judge(run, verdicts);
    }

    /** Lines about an incident that the file declares in vain must not end up in another one of that name. */
    private static boolean isRefused(Set<Outcome> declarations) {
        return declarations.equals(EnumSet.of(Outcome.REFUSED));
    }

    private void judge(ImportRun run, Map<Integer, Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            store.judge(run.id(), verdicts, clock.instant());
            verdicts.clear();
        }
    }

    private static List<Integer> some(List<Integer> numbers, int from) {
        return numbers.subList(from, Math.min(numbers.size(), from + LINES_AT_ONCE));
    }
}
