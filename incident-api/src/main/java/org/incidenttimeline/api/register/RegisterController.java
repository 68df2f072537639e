package org.incidenttimeline.api.register;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.audit.LogAccess;
import org.incidenttimeline.api.audit.LogAccesses;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.page.Parameters;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.api.register.RegisterResponse.ExportResponse;
import org.incidenttimeline.api.register.RegisterResponse.RegisteredResponse;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Exports the register, as JSON and as a table. */
@RestController
class RegisterController {
    private static final String CSV = "text/csv";
    private static final MediaType JSON_FORM = MediaType.APPLICATION_JSON;
    private static final MediaType CSV_FORM = MediaType.parseMediaType("text/csv;charset=UTF-8;header=present");

    private final Register register;
    private final LogAccesses accesses;
    private final IncidentAccess access;
    private final Past past;
    private final JsonMapper json;

    RegisterController(Register register, LogAccesses accesses, IncidentAccess access, Past past, JsonMapper json) {
        this.register = register;
        this.accesses = accesses;
        this.access = access;
        this.past = past;
        this.json = json;
    }

    /** An export that is on record, and what it is to tell. */
    private record Begun(LogAccess onRecord, Register.Question question, ExportResponse export) {}

    /** Writes one form of the register. */
    private interface Form {
        void write(Writer out, Begun begun) throws IOException;
    }

    /**
     * All incidents that were declared in a period, the one declared last first: cancelled, merged and reopened ones, drills,
     * tests and those entered afterwards among them.
     */
    @GetMapping(path = "/api/v1/register", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "exportRegister")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = RegisterResponse.class)))
    void register(
            Principal principal,
            Freshness freshness,
            Moment moment,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to)
            throws IOException {
        send(principal, freshness, moment, request, response, Parameters.period(from, to), JSON_FORM, this::json);
    }

    @GetMapping(path = "/api/v1/register", produces = CSV)
    @Operation(operationId = "exportRegister")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    void table(
            Principal principal,
            Freshness freshness,
            Moment moment,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to)
            throws IOException {
        send(principal, freshness, moment, request, response, Parameters.period(from, to), CSV_FORM, this::csv);
    }

    private void send(
            Principal principal,
            Freshness freshness,
            Moment moment,
            HttpServletRequest request,
            HttpServletResponse response,
            Period declared,
            MediaType type,
            Form form)
            throws IOException {
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            describe(response, type);
            return;
        }
        var known = past.across(moment, freshness, register::position).known();
        var question = new Register.Question(known, declared, access.viewer(principal));
        long incidents = register.count(question);
        var onRecord = accesses.begin(LogAccess.What.REGISTER, principal, request, known.position());
        var export = new ExportResponse(
                onRecord.number(),
                principal.actor().name(),
                principal.actor().kind(),
                onRecord.begunAt(),
                known.position(),
                declared.from(),
                declared.to(),
                incidents);
        describe(response, type);
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        form.write(out, new Begun(onRecord, question, export));
        out.flush();
    }

    private static void describe(HttpServletResponse response, MediaType type) {
        response.setContentType(type.toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // It is as long as there are incidents, so nobody on its way is to gather it.
        response.setHeader("X-Accel-Buffering", "no");
        if (type.equals(CSV_FORM)) {
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("register.csv")
                            .build()
                            .toString());
        }
    }

    private void json(Writer out, Begun begun) throws IOException {
        out.write("{\"register\":" + json.writeValueAsString(begun.export()) + ",\"incidents\":[");
        String[] comma = {""};
        register.tell(begun.question(), entry -> {
            out.write(comma[0] + json.writeValueAsString(RegisteredResponse.of(entry)));
            comma[0] = ",";
        });
        sent(begun);
        out.write("]}");
    }

    private void csv(Writer out, Begun begun) throws IOException {
        var table = new RegisterCsv(out, begun.export());
        register.tell(begun.question(), entry -> table.write(RegisteredResponse.of(entry)));
        out.flush();
        sent(begun);
    }

    private void sent(Begun begun) {
        accesses.end(
                begun.onRecord(), begun.export().incidents(), begun.export().position());
    }
}
