package org.incidenttimeline.api.rebuild;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.rebuild.Rebuild.Kind;
import org.incidenttimeline.api.rebuild.Rebuild.Progress;
import org.incidenttimeline.api.rebuild.Rebuild.State;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.projections.store.ViewRebuild;
import org.incidenttimeline.projections.store.ViewRebuild.Difference;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Views built anew, and compared with what the log gives. */
@RestController
@RequestMapping(path = "/api/v1/rebuilds", produces = MediaType.APPLICATION_JSON_VALUE)
class RebuildController {
    private final Rebuilds rebuilds;
    private final ViewRebuild views;
    private final Clock clock;

    RebuildController(Rebuilds rebuilds, ViewRebuild views, Clock clock) {
        this.rebuilds = rebuilds;
        this.views = views;
        this.clock = clock;
    }

    /** Builds views from the first event while the old ones answer; all of them where none is named. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "beginRebuild")
    @ApiResponse(responseCode = "202", description = "It begins in a moment.", useReturnTypeSchema = true)
    @MayAnswer(ProblemCode.REBUILD_UNDER_WAY)
    ResponseEntity<RebuildResponse> begin(Principal principal, @RequestBody BeginRebuildRequest request) {
        for (int i = 0; i < request.views().size(); i++) {
            if (!views.views().contains(request.views().get(i))) {
                throw ProblemCode.INVALID_REQUEST.because(
                        "Fields of the request are missing, unknown or wrong.",
                        List.of(new FieldError("/views/" + i, "must be one of " + String.join(", ", views.views()))));
            }
        }
        var rebuild = rebuilds.request(
                        request.kind(),
                        request.views().isEmpty()
                                ? views.views()
                                : request.views().stream().distinct().toList(),
                        principal.actor().name())
                .orElseThrow(() -> ProblemCode.REBUILD_UNDER_WAY.because(
                        "Another rebuild is under way; ask again when it is done."));
        return ResponseEntity.accepted()
                .location(UriComponentsBuilder.fromPath("/api/v1/rebuilds/{rebuild}")
                        .build(rebuild.id()))
                .body(RebuildResponse.of(rebuild, clock.instant()));
    }

    /** The newest first. */
    @GetMapping
    @Operation(operationId = "listRebuilds")
    RebuildsResponse all() {
        var now = clock.instant();
        return new RebuildsResponse(rebuilds.newest(Limits.REBUILDS_KEPT).stream()
                .map(rebuild -> RebuildResponse.of(rebuild, now))
                .toList());
    }

    @GetMapping("/{rebuild}")
    @Operation(operationId = "getRebuild")
    RebuildResponse one(@PathVariable UUID rebuild) {
        return rebuilds.find(rebuild)
                .map(found -> RebuildResponse.of(found, clock.instant()))
                .orElseThrow(() -> ProblemCode.NOT_FOUND.because("There is no such rebuild."));
    }

    /** Which views, and what becomes of that which is built. */
    record BeginRebuildRequest(Kind kind, List<String> views) {}

    /** The rebuilds that are remembered. */
    record RebuildsResponse(List<RebuildResponse> rebuilds) {}

    /**
     * One rebuild.
     *
     * @param reached the position up to which all of the views are built
     * @param target the last position of the log
     * @param eventsPerSecond since it was begun or gone on with
     * @param differences the first rows in which the live view and the log differ, after a comparison
     */
    record RebuildResponse(
            UUID rebuildId,
            Kind kind,
            List<String> views,
            Person requestedBy,
            Instant requestedAt,
            State state,
            Optional<Instant> startedAt,
            OptionalLong reached,
            OptionalLong target,
            OptionalLong eventsPerSecond,
            Optional<Instant> estimatedEnd,
            Optional<Instant> finishedAt,
            Optional<List<Difference>> differences) {
        static RebuildResponse of(Rebuild rebuild, Instant now) {
            var progress = rebuild.progress();
            var until = rebuild.finishedAt().orElse(now);
            return new RebuildResponse(
                    rebuild.id(),
                    rebuild.kind(),
                    rebuild.views(),
                    rebuild.requestedBy(),
                    rebuild.requestedAt(),
                    rebuild.state(),
                    progress.map(Progress::startedAt),
                    number(progress.map(Progress::reached)),
                    number(progress.map(Progress::target)),
                    number(progress.map(p -> Math.round(p.rate(until)))),
                    rebuild.state() == State.RUNNING ? progress.flatMap(p -> p.estimatedEnd(now)) : Optional.empty(),
                    rebuild.finishedAt(),
                    rebuild.differences());
        }

        private static OptionalLong number(Optional<Long> number) {
            return number.map(OptionalLong::of).orElse(OptionalLong.empty());
        }
    }
}
