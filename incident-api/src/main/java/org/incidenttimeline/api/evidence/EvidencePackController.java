package org.incidenttimeline.api.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.audit.LogAccess;
import org.incidenttimeline.api.audit.LogAccesses;
import org.incidenttimeline.api.evidence.EvidencePack.Asked;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Parameters;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.register.Register;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Ledger;
import org.incidenttimeline.core.log.StoredCheckpoint;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives out evidence, to be checked and kept elsewhere. */
@RestController
class EvidencePackController {
    private static final String ZIP = "application/zip";

    private final EvidencePack pack;
    private final EventLog log;
    private final Ledger ledger;
    private final Register register;
    private final LogAccesses accesses;
    private final IncidentAccess access;

    EvidencePackController(
            EvidencePack pack,
            EventLog log,
            Ledger ledger,
            Register register,
            LogAccesses accesses,
            IncidentAccess access) {
        this.pack = pack;
        this.log = log;
        this.ledger = ledger;
        this.register = register;
        this.accesses = accesses;
        this.access = access;
    }

    /**
     * A pack of evidence of the incidents that are named, or of all that were declared in a period: their events with the
     * proof, the documents that are made of these, and who had access. It is as of a signed checkpoint, and on record.
     */
    @GetMapping(path = "/api/v1/evidence", produces = ZIP)
    @Operation(operationId = "exportEvidence")
    @ApiResponse(
            responseCode = "200",
            description = "The pack, as docs/auditors/evidence.md describes it.",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    void evidence(
            Principal principal,
            Freshness freshness,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") List<IncidentId> incident,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to)
            throws IOException {
        boolean isPeriod = from.isPresent() && to.isPresent();
        if (incident.isEmpty() ? !isPeriod : from.isPresent() || to.isPresent()) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "Name incidents with the parameter incident, or give the period in which they were declared with from"
                            + " and to.");
        }
        var declared = Parameters.period(from, to);
        if (incident.size() > Limits.NAMED_IN_A_PACK) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "At most " + Limits.NAMED_IN_A_PACK + " incidents can be named; ask for a period.");
        }
        incident.forEach(one -> access.requireSeen(principal, one, request));
        describe(response);
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            return;
        }
        // What was recorded before is signed within about a second.
        Waiting.until(OptionalLong.of(log.head()), freshness.patience(), this::signed);
        long position = signed();
        Waiting.until(OptionalLong.of(position), freshness.patience(), register::position);
        var asked = new Asked(incident.stream().distinct().toList(), declared, access.viewer(principal), position);
        var onRecord = accesses.begin(LogAccess.What.EVIDENCE_PACK, principal, request, position);
        long incidents = pack.write(response.getOutputStream(), asked, onRecord);
        accesses.end(onRecord, incidents, position);
    }

    private long signed() {
        return ledger.newestCheckpoint().map(StoredCheckpoint::size).orElse(0L);
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // It is as long as there are incidents, so nobody on its way is to gather it.
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("evidence.zip", UTF_8)
                        .build()
                        .toString());
    }
}
