package org.incidenttimeline.api.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Imports of past incidents. An import is there for whoever sent it, for auditors and for admins. */
@RestController
@RequestMapping(Limits.IMPORTS)
class ImportsController {
    private static final int LINES_AT_ONCE = 500;

    private final ImportReception reception;
    private final ImportStore store;
    private final JsonMapper json;

    ImportsController(ImportReception reception, ImportStore store, JsonMapper json) {
        this.reception = reception;
        this.store = store;
        this.json = json;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "beginImport")
    @MayAnswer(ProblemCode.TOO_MANY_IMPORTS)
    @ApiResponse(responseCode = "202", description = "The file is here whole.", useReturnTypeSchema = true)
    ResponseEntity<ImportResponse> receive(
            Caller caller,
            Principal principal,
            HttpServletRequest request,
            @RequestParam Reference source,
            @RequestParam(defaultValue = "ndjson") String format,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam Optional<Text> licence,
            @RequestParam Optional<String> zone,
            @RequestParam Optional<Person> lead)
            throws IOException {
        var terms = new ImportTerms(format(format), source, licence, zone.map(ImportsController::zone), lead, dryRun);
        requireMediaType(request, terms.format());
        if (terms.format() == ImportFormat.STATUSPAGE && lead.isEmpty()) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameter lead is required: a status page names nobody, and an incident has a lead.");
        }
        var id = reception.receive(terms, caller, principal, request.getInputStream());
        var location =
                UriComponentsBuilder.fromPath(Limits.IMPORTS + "/{import}").build(id);
        return ResponseEntity.accepted().location(location).body(response(find(principal, id)));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getImport")
    ImportResponse read(Principal principal, @PathVariable UUID id) {
        return response(find(principal, id));
    }

    /** Written as it is read, a handful of lines at a time. */
    @GetMapping("/{id}/report")
    @Operation(operationId = "getImportReport")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")))
    void report(Principal principal, @PathVariable UUID id, HttpServletResponse response) throws IOException {
        find(principal, id);
        response.setContentType(ImportFormat.NDJSON.mediaType());
        var out = response.getOutputStream();
        int last = 0;
        for (var lines = store.report(id, last, LINES_AT_ONCE);
                !lines.isEmpty();
                lines = store.report(id, last, LINES_AT_ONCE)) {
            for (var line : lines) {
                out.write((json.writeValueAsString(ReportLine.of(line)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            last = lines.getLast().number();
        }
    }

    private ImportRun find(Principal principal, UUID id) {
        return store.find(id)
                .filter(run -> principal.has(AccessRole.ADMIN)
                        || principal.has(AccessRole.AUDITOR)
                        || run.provenance().actor().equals(principal.actor()))
                .orElseThrow(() -> ProblemCode.NOT_FOUND.because("There is no such import."));
    }

    private ImportResponse response(ImportRun run) {
        return ImportResponse.of(run, store.counts(run.id()));
    }

    private static ImportFormat format(String word) {
        for (var format : ImportFormat.values()) {
            if (format.word().equals(word)) {
                return format;
            }
        }
        throw ProblemCode.INVALID_PARAMETER.because("The parameter format must be ndjson or statuspage.");
    }

    private static ZoneId zone(String name) {
        try {
            return LineReader.zone(name);
        } catch (InvalidValue e) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter zone " + e.getMessage() + ".");
        }
    }

    private static void requireMediaType(HttpServletRequest request, ImportFormat format) {
        try {
            var sent = MediaType.parseMediaType(
                    Optional.ofNullable(request.getContentType()).orElse(""));
            boolean isUtf8 = sent.getCharset() == null || sent.getCharset().equals(StandardCharsets.UTF_8);
            if (isUtf8 && sent.equalsTypeAndSubtype(MediaType.parseMediaType(format.mediaType()))) {
                return;
            }
        } catch (InvalidMediaTypeException _) {
            throw unsupported(format);
        }
        throw unsupported(format);
    }

    private static ProblemException unsupported(ImportFormat format) {
        return ProblemCode.UNSUPPORTED_MEDIA_TYPE.because(
                "Send the format " + format.word() + " as " + format.mediaType() + " in UTF-8.");
    }
}
