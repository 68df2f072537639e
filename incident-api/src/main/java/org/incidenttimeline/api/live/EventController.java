package org.incidenttimeline.api.live;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incidenttimeline.api.access.CurrentPrincipal;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The log to those who follow it: as a stream that goes on, or page by page. Who accepts either gets pages, which end.
 */
@RestController
class EventController {
    private static final MediaType BATCH = MediaType.parseMediaType("application/cloudevents-batch+json");
    private static final List<MediaType> OFFERED =
            List.of(BATCH, MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final LiveEvents events;
    private final EventStream stream;
    private final Streams streams;
    private final IncidentAccess access;
    private final ApiKeys keys;
    private final Clock clock;

    EventController(
            LiveEvents events, EventStream stream, Streams streams, IncidentAccess access, ApiKeys keys, Clock clock) {
        this.events = events;
        this.stream = stream;
        this.streams = streams;
        this.access = access;
        this.keys = keys;
        this.clock = clock;
    }

    @GetMapping(
            path = "/api/v1/events",
            produces = {
                "application/cloudevents-batch+json",
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(operationId = "followEvents")
    @MayAnswer({
        ProblemCode.INVALID_PARAMETER,
        ProblemCode.INVALID_HEADER,
        ProblemCode.LOG_ROLLED_BACK,
        ProblemCode.TOO_MANY_STREAMS
    })
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = "text/event-stream",
                        schema = @Schema(type = "string"),
                        examples =
                                @ExampleObject(
                                        "id: 7\nevent: org.incidenttimeline.incident.note-added.v1\ndata: {\"specversion\":\"1.0\"}\n\n")),
                @Content(
                        mediaType = "application/cloudevents-batch+json",
                        array = @ArraySchema(schema = @Schema(type = "object")))
            })
    void events(
            Principal principal,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Optional<IncidentId> incident,
            @RequestParam(defaultValue = "") List<EventKind> kind,
            @RequestParam(defaultValue = "") List<Mode> mode,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> limit)
            throws IOException {
        incident.ifPresent(one -> access.requireSeen(principal, one, request));
        var filter = EventFilter.of(incident, kind, mode);
        Predicate<LiveEvent> shown = event -> filter.matches(event)
                && event.card().map(card -> access.maySee(principal, card)).orElse(true);
        var start = start(request, from);
        if (MediaType.TEXT_EVENT_STREAM.equals(chosen(request))) {
            stream(principal, request, response, start, shown);
        } else {
            page(request, response, start.orElse(0), limit(limit), shown);
        }
    }

    private void stream(
            Principal principal,
            HttpServletRequest request,
            HttpServletResponse response,
            OptionalLong start,
            Predicate<LiveEvent> shown)
            throws IOException {
        try (var _ = streams.take(principal.credential())) {
            long position = start.orElseGet(events::head);
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // A proxy that gathers an answer before it passes it on would hold events back.
            response.setHeader("X-Accel-Buffering", "no");
            if (!request.getMethod().equals(HttpMethod.HEAD.name())) {
                stream.write(response.getOutputStream(), position, shown, mayListen(principal));
            }
        } catch (IOException | DataAccessException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            // The listener has gone, or nobody can say what to tell them, or whether they may hear it; they come back.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long whoever asks may listen: until their credential ends, or is taken away, and not for ever. */
    private Predicate<Duration> mayListen(Principal principal) {
        var goodUntil = CurrentPrincipal.goodUntil();
        return age -> age.compareTo(Limits.STREAM_LIFETIME) < 0
                && goodUntil.filter(end -> !clock.instant().isBefore(end)).isEmpty()
                && keys.isStillGood(principal);
    }

    private void page(
            HttpServletRequest request, HttpServletResponse response, long start, int limit, Predicate<LiveEvent> shown)
            throws IOException {
        var found = new ArrayList<String>();
        long at = start;
        boolean more = true;
        while (more && found.size() < limit && at - start < Limits.EVENTS_LOOKED_AT) {
            var read = events.after(at, limit);
            more = !read.isEmpty();
            for (var event : read) {
                if (found.size() == limit) {
                    break;
                }
                at = event.position();
                if (shown.test(event)) {
                    found.add(event.json());
                }
            }
        }
        byte[] body = found.stream().collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8);
        response.setContentType(BATCH.toString());
        response.setContentLength(body.length);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.LINK, "<" + next(request, at) + ">; rel=\"next\"");
        response.getOutputStream().write(body);
    }

    private static String next(HttpServletRequest request, long position) {
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(request.getQueryString())
                .replaceQueryParam("from", position)
                .build()
                .toUriString();
    }

    /** The position to go on behind; one that the log never had means that it was put back to an older state. */
    private OptionalLong start(HttpServletRequest request, Optional<String> from) {
        var lastEventId = Optional.ofNullable(request.getHeader(LAST_EVENT_ID)).filter(id -> !id.isEmpty());
        if (lastEventId.filter(id -> !NUMBER.matcher(id).matches()).isPresent()) {
            throw ProblemCode.INVALID_HEADER.because(
                    "The header Last-Event-ID must be the id of an event of this log.");
        }
        if (from.filter(position -> !NUMBER.matcher(position).matches()).isPresent()) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter from must be a position of the log, 0 or more.");
        }
        var given = lastEventId.or(() -> from);
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        long position = Long.parseLong(given.get());
        long head = events.head();
        if (position > head) {
            throw ProblemCode.LOG_ROLLED_BACK.because(
                    "You have seen position " + position + ", but the log ends at " + head
                            + ": it was put back to an older state, and what you have seen behind that is in no"
                            + " record.");
        }
        return OptionalLong.of(position);
    }

    private static int limit(Optional<String> given) {
        if (given.isEmpty()) {
            return Limits.DEFAULT_EVENTS_PER_PAGE;
        }
        if (!given.get().matches("[0-9]{1,4}")
                || Integer.parseInt(given.get()) < 1
                || Integer.parseInt(given.get()) > Limits.EVENTS_PER_PAGE) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameter limit must be a number from 1 to " + Limits.EVENTS_PER_PAGE + ".");
        }
        return Integer.parseInt(given.get());
    }

    private static MediaType chosen(HttpServletRequest request) {
        var accept = Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse(MediaType.ALL_VALUE);
        var wanted = new ArrayList<>(MediaType.parseMediaTypes(accept));
        MimeTypeUtils.sortBySpecificity(wanted);
        wanted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
        return wanted.stream()
                .flatMap(type -> OFFERED.stream().filter(type::includes))
                .findFirst()
                .orElse(BATCH);
    }
}
