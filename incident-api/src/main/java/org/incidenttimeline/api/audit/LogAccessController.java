package org.incidenttimeline.api.audit;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.OptionalLong;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who read the log, for those who audit and those who manage. */
@RestController
class LogAccessController {
    private final LogAccesses accesses;

    LogAccessController(LogAccesses accesses) {
        this.accesses = accesses;
    }

    /** A page of the reads of the log, the newest first; {@code before} is the {@code next} of the page before. */
    @GetMapping(path = "/api/v1/log/accesses", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listLogAccesses")
    AccessesResponse accesses(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "50") int limit) {
        if (before < 1 || limit < 1 || limit > Limits.LOG_ACCESSES_ON_A_PAGE) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter before must be a whole number from 1 on, and"
                    + " limit one from 1 to " + Limits.LOG_ACCESSES_ON_A_PAGE + ".");
        }
        var found = accesses.before(before, limit + 1);
        var shown = found.stream().limit(limit).toList();
        return new AccessesResponse(
                shown.stream().map(AccessResponse::of).toList(),
                found.size() > limit ? OptionalLong.of(shown.getLast().number()) : OptionalLong.empty());
    }

    /** One page; {@code next} is null on the last one. */
    record AccessesResponse(List<AccessResponse> accesses, OptionalLong next) {}
}
