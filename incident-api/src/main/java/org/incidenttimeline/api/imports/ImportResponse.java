package org.incidenttimeline.api.imports;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.api.imports.ImportRun.State;
import org.incidenttimeline.api.imports.Verdict.Outcome;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;

/** How far an import has come. */
record ImportResponse(
        UUID importId,
        State state,
        String format,
        boolean dryRun,
        Reference source,
        Optional<Text> licence,
        Person by,
        Instant receivedAt,
        Optional<Instant> finishedAt,
        LinesResponse lines) {

    /** Its lines, by what became of them; the empty ones are not counted. */
    record LinesResponse(long read, long accepted, long unchanged, long refused, long waiting) {
        static LinesResponse of(Map<Outcome, Long> counts) {
            return new LinesResponse(
                    counts.values().stream().mapToLong(Long::longValue).sum(),
                    counts.getOrDefault(Outcome.ACCEPTED, 0L),
                    counts.getOrDefault(Outcome.UNCHANGED, 0L),
                    counts.getOrDefault(Outcome.REFUSED, 0L),
                    counts.getOrDefault(Outcome.WAITING, 0L));
        }
    }

    static ImportResponse of(ImportRun run, Map<Outcome, Long> counts) {
        return new ImportResponse(
                run.id(),
                run.state(),
                run.terms().format().word(),
                run.terms().dryRun(),
                run.terms().source(),
                run.terms().licence(),
                run.provenance().actor().name(),
                run.receivedAt(),
                run.finishedAt(),
                LinesResponse.of(counts));
    }
}
