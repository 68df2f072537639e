package org.incidenttimeline.api.imports;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.imports.ImportStore.Reported;
import org.incidenttimeline.api.imports.Verdict.Outcome;
import org.incidenttimeline.api.problem.Problem.FieldError;

/**
 * A line of the report, one for each line of the file.
 *
 * @param line its number in the file; of a status page, that of the incident or update
 * @param incident the incident that it is about
 * @param sourceId how its source calls it
 * @param path where its command would be posted, relative to the incident
 * @param entry the first entry of the timeline that it led to
 */
record ReportLine(
        int line,
        Outcome outcome,
        Optional<String> incident,
        Optional<String> sourceId,
        Optional<String> path,
        OptionalLong entry,
        Optional<String> code,
        Optional<String> detail,
        List<FieldError> errors) {
    static ReportLine of(Reported reported) {
        var verdict = reported.verdict();
        return new ReportLine(
                reported.number(),
                verdict.outcome(),
                reported.incident(),
                reported.sourceId(),
                Optional.of(reported.path()).filter(path -> !path.isEmpty()),
                verdict.entry(),
                verdict.code(),
                verdict.detail(),
                verdict.errors());
    }
}
