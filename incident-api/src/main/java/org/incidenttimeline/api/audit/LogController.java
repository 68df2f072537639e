package org.incidenttimeline.api.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.StoredEvent;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log as it is kept, line by line, however long it is. */
@RestController
class LogController {
    private static final String NDJSON = "application/x-ndjson";
    private static final int AT_ONCE = 500;
    private static final String OF_INCIDENTS = "incident.";
    private static final String EXAMPLE = """
            {"position":812,"eventId":"…","aggregateType":"Incident","stream":"checkout-1","version":4,\
            "name":"incident.severity-changed","revision":1,"recordedAt":"2026-03-02T14:10:00Z",\
            "metadata":{"actor":"ana"},"payload":{"severity":"SEV1"}}
            {"end":{"events":1,"position":812}}
            """;

    private final EventLog log;
    private final LogAccesses accesses;
    private final IncidentAccess access;

    LogController(EventLog log, LogAccesses accesses, IncidentAccess access) {
        this.log = log;
        this.accesses = accesses;
        this.access = access;
    }

    /**
     * What is sent: the events behind one place up to another.
     *
     * @param next the next events behind a place, none at the end
     */
    private record Part(long after, long until, LongFunction<List<StoredEvent>> next, Predicate<StoredEvent> wanted) {}

    /** The whole log, or what the filters leave of it, in the order of positions. */
    @GetMapping(path = "/api/v1/log", produces = NDJSON)
    @Operation(operationId = "readLog")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(mediaType = NDJSON, schema = @Schema(type = "string"), examples = @ExampleObject(EXAMPLE)))
    void log(
            Principal principal,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Optional<List<String>> actor,
            @RequestParam Optional<List<String>> credential,
            @RequestParam Optional<List<String>> kind,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to,
            @RequestParam(defaultValue = "0") long after)
            throws IOException {
        var filter = LogFilter.of(actor, credential, kind);
        send(
                principal,
                request,
                response,
                new Part(
                        first(from, after),
                        last(to),
                        position -> log.readAfter(position, AT_ONCE),
                        event -> filter.wants(event) && maySee(principal, event)));
    }

    /** The events of one incident, or what the filters leave of them. */
    @GetMapping(path = "/api/v1/incidents/{incident}/log", produces = NDJSON)
    @Operation(operationId = "readIncidentLog")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(mediaType = NDJSON, schema = @Schema(type = "string"), examples = @ExampleObject(EXAMPLE)))
    void log(
            @PathVariable IncidentId incident,
            Principal principal,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Optional<List<String>> actor,
            @RequestParam Optional<List<String>> credential,
            @RequestParam Optional<List<String>> kind,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to,
            @RequestParam(defaultValue = "0") long after)
            throws IOException {
        send(
                principal,
                request,
                response,
                new Part(
                        first(from, after),
                        last(to),
                        position -> log.readStreamAfter(incident.value(), position, AT_ONCE),
                        LogFilter.of(actor, credential, kind)::wants));
    }

    private void send(Principal principal, HttpServletRequest request, HttpServletResponse response, Part part)
            throws IOException {
        response.setContentType(NDJSON);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getMethod().equals(HttpMethod.HEAD.name())) {
            return;
        }
        var begun = accesses.begin(LogAccess.What.LOG, principal, request, part.until());
        var out = response.getOutputStream();
        long at = part.after();
        long sent = 0;
        long lastSent = 0;
        for (var events = part.next().apply(at); !events.isEmpty() && at < part.until(); ) {
            var lines = new StringBuilder();
            for (var event : events) {
                at = event.position();
                if (at <= part.until() && part.wanted().test(event)) {
                    line(event, lines);
                    lastSent = at;
                    sent++;
                }
            }
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            events = part.next().apply(at);
        }
        out.flush();
        accesses.end(begun, sent, lastSent);
        // Only now: whoever has this line knows that they have all, and that this is on record.
        out.write(("{\"end\":{\"events\":" + sent + ",\"position\":" + part.until() + "}}\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** What is stored is JSON on one line, and goes out as it is; names and ids need no escaping. */
    private static void line(StoredEvent event, StringBuilder lines) {
        lines.append("{\"position\":")
                .append(event.position())
                .append(",\"eventId\":\"")
                .append(event.eventId())
                .append("\",\"aggregateType\":\"")
                .append(event.aggregateType())
                .append("\",\"stream\":\"")
                .append(event.streamId())
                .append("\",\"version\":")
                .append(event.sequence() + 1)
                .append(",\"name\":\"")
                .append(event.name())
                .append("\",\"revision\":")
                .append(event.revision())
                .append(",\"recordedAt\":\"")
                .append(event.recordedAt())
                .append("\",\"metadata\":")
                .append(event.metadata())
                .append(",\"payload\":")
                .append(event.payload())
                .append("}\n");
    }

    /** Who is confined to services is told of the incidents that concern these, and of nothing else. */
    private boolean maySee(Principal principal, StoredEvent event) {
        return principal.services().isEmpty()
                || (event.name().startsWith(OF_INCIDENTS)
                        && access.maySee(principal, new IncidentId(event.streamId())));
    }

    private long first(Optional<Instant> from, long after) {
        if (after < 0) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameter after must be a position of the log, 0 or more.");
        }
        return Math.max(after, from.map(log::positionBefore).orElse(0L));
    }

    private long last(Optional<Instant> to) {
        return to.map(log::positionBefore).orElseGet(log::head);
    }
}
