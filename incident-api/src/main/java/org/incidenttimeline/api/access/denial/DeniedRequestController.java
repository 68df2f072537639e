package org.incidenttimeline.api.access.denial;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.OptionalLong;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Parameters;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The refused requests, for those who look after the use of the service. */
@RestController
class DeniedRequestController {
    private final DeniedRequests denied;

    DeniedRequestController(DeniedRequests denied) {
        this.denied = denied;
    }

    /** A page, the newest first; {@code before} is the {@code next} of the page before. */
    @GetMapping(path = "/api/v1/denied-requests", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listDeniedRequests")
    PageResponse denied(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) String before,
            @RequestParam(defaultValue = "50") String limit) {
        int most = (int) Parameters.number("limit", limit, 1, Limits.DENIALS_ON_A_PAGE);
        var found = denied.before(Parameters.number("before", before, 1, Long.MAX_VALUE), most + 1);
        var shown = found.stream().limit(most).toList();
        return new PageResponse(
                shown.stream().map(DeniedResponse::of).toList(),
                found.size() > most ? OptionalLong.of(shown.getLast().number()) : OptionalLong.empty());
    }

    /** One page; {@code next} is absent on the last one. */
    record PageResponse(List<DeniedResponse> denied, OptionalLong next) {}
}
