package org.incidenttimeline.api.register;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.incidenttimeline.api.register.RegisterResponse.ClaimedResponse;
import org.incidenttimeline.api.register.RegisterResponse.ExportResponse;
import org.incidenttimeline.api.register.RegisterResponse.RegisteredDecisionResponse;
import org.incidenttimeline.api.register.RegisterResponse.RegisteredResponse;

/**
 * The register as a table (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe, as
 * OWASP advises: titles and reasons are written by anybody.
 */
final class RegisterCsv {
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

    static final List<String> COLUMNS = List.of(
            "number",
            "of",
            "incident",
            "version",
            "title",
            "mode",
            "visibility",
            "severity",
            "declaredSeverity",
            "phase",
            "services",
            "lead",
            "declaredBy",
            "declaredAt",
            "declarationRecordedAt",
            "startedAt",
            "detectedAt",
            "resolvedAt",
            "closedAt",
            "cancelled",
            "mergedInto",
            "importedFrom",
            "decisions",
            "export",
            "exportedBy",
            "exportedAt",
            "position");

    private final CSVPrinter printer;
    private final ExportResponse export;
    private long number;

    RegisterCsv(Appendable out, ExportResponse export) throws IOException {
        this.export = export;
        this.printer = CSVFormat.RFC4180
                .builder()
                .setHeader(COLUMNS.toArray(String[]::new))
                .get()
                .print(out);
    }

    void write(RegisteredResponse incident) throws IOException {
        number++;
        printer.printRecord(Stream.<Object>of(
                        number,
                        export.incidents(),
                        incident.incidentId(),
                        incident.version(),
                        incident.title().value(),
                        incident.mode(),
                        incident.visibility(),
                        incident.severity(),
                        incident.declaredSeverity(),
                        incident.phase(),
                        incident.services().stream().map(Objects::toString).collect(Collectors.joining("; ")),
                        text(incident.lead()),
                        incident.declaredBy().value(),
                        time(Optional.of(incident.declaredAt())),
                        incident.declarationRecordedAt(),
                        time(incident.startedAt()),
                        time(incident.detectedAt()),
                        time(incident.resolvedAt()),
                        time(incident.closedAt()),
                        text(incident.cancelled()),
                        text(incident.mergedInto()),
                        text(incident.importedFrom()),
                        incident.decisions().stream().map(RegisterCsv::decision).collect(Collectors.joining("\n")),
                        export.export(),
                        export.madeBy().value(),
                        export.madeAt(),
                        export.position())
                .map(RegisterCsv::harmless)
                .toList());
    }

    private static String decision(RegisteredDecisionResponse decision) {
        return "#" + decision.entry() + " " + decision.recordedAt() + " " + decision.by()
                + decision.onBehalfOf().map(person -> " for " + person).orElse("")
                + ": " + decision.decided()
                + decision.overrides().stream()
                        .map(why -> " (overridden: " + why + ")")
                        .collect(Collectors.joining());
    }

    /** What is not known is an empty cell; what is not known exactly says so. */
    private static String time(Optional<ClaimedResponse> claimed) {
        return claimed.map(time -> time.at().map(Instant::toString).orElse("")
                        + time.until().map(until -> "/" + until).orElse("")
                        + switch (time.precision()) {
                            case MINUTE, INTERVAL -> "";
                            case APPROXIMATE -> " (about)";
                            case ORDER_ONLY -> " (order only)";
                            case UNKNOWN -> "not known";
                        })
                .orElse("");
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    static String harmless(Object cell) {
        String text = cell.toString();
        return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
