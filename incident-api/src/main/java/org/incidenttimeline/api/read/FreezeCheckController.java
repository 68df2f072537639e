package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.store.FreezeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The one question that a deploy pipeline asks, and the freezes behind the answer. */
@RestController
@RequestMapping(path = "/api/v1/freezes", produces = MediaType.APPLICATION_JSON_VALUE)
class FreezeCheckController {
    private static final Logger LOG = LoggerFactory.getLogger(FreezeCheckController.class);

    private final FreezeReader freezes;
    private final FreezeLag lag;
    private final IncidentAccess access;
    private final Past past;
    private final Cursors cursors;
    private final EntityTags tags;
    private final Clock clock;

    FreezeCheckController(
            FreezeReader freezes,
            FreezeLag lag,
            IncidentAccess access,
            Past past,
            Cursors cursors,
            EntityTags tags,
            Clock clock) {
        this.freezes = freezes;
        this.lag = lag;
        this.access = access;
        this.past = past;
        this.cursors = cursors;
        this.tags = tags;
        this.clock = clock;
    }

    /**
     * Whether a service may be changed in an environment now. With {@code gate=true} the status says it too: 200 it may,
     * 423 it is frozen. Where nobody can tell, {@code onUnknown} decides.
     */
    @GetMapping("/check")
    @Operation(operationId = "checkFreezes")
    @MayAnswer(ProblemCode.FREEZES_UNKNOWN)
    @ApiResponse(responseCode = "200", description = "The answer.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "423", description = "With gate=true: it is frozen.", useReturnTypeSchema = true)
    ResponseEntity<CheckResponse> check(
            Principal principal,
            Freshness freshness,
            Moment moment,
            @RequestParam ServiceName service,
            @RequestParam Environment environment,
            @RequestParam Optional<Reference> change,
            @RequestParam(defaultValue = "false") boolean gate,
            @RequestParam(defaultValue = "closed") OnUnknown onUnknown) {
        access.requireServices(principal, List.of(service));
        if (!moment.isNow()) {
            var asked = past.across(moment, freshness, freezes::visiblePosition);
            var then = freezes.checkThen(
                    asked.known(),
                    service,
                    environment,
                    change,
                    access.viewer(principal),
                    Limits.FREEZES_TOLD,
                    Limits.REPLAYED);
            return answer(CheckResponse.of(service, environment, change, then, asked.now()), gate);
        }
        var answer = known(
                        freshness,
                        onUnknown,
                        () -> freezes.check(
                                service, environment, change, access.viewer(principal), Limits.FREEZES_TOLD))
                .map(check -> CheckResponse.of(service, environment, change, check, clock.instant()))
                .orElseGet(() -> CheckResponse.unknown(service, environment, change));
        if (!answer.known() && onUnknown == OnUnknown.CLOSED) {
            throw ProblemCode.FREEZES_UNKNOWN.because("Whether changes are frozen cannot be known now."
                    + " Try again in a moment, or ask with onUnknown=open to go on without knowing.");
        }
        return answer(answer, gate);
    }

    private static ResponseEntity<CheckResponse> answer(CheckResponse answer, boolean gate) {
        return ResponseEntity.status(gate && answer.frozen() ? HttpStatus.LOCKED : HttpStatus.OK)
                .cacheControl(CacheControl.noStore())
                .body(answer);
    }

    /** What the freezes say, if that can be relied on: they are there, and not too far behind the log. */
    private Optional<FreezeReader.Check> known(
            Freshness freshness, OnUnknown onUnknown, Supplier<FreezeReader.Check> check) {
        if (!lag.isCurrent()) {
            return Optional.empty();
        }
        try {
            if (onUnknown == OnUnknown.CLOSED) {
                Waiting.until(freshness.minPosition(), freshness.patience(), freezes::position);
            } else if (!Waiting.reached(freshness.minPosition(), freshness.patience(), freezes::position)) {
                return Optional.empty();
            }
            return Optional.of(check.get());
        } catch (DataAccessException e) {
            LOG.warn("The freezes cannot be read.", e);
            return Optional.empty();
        }
    }

    /** The freezes that are on, the newest first. */
    @GetMapping
    @Tagged
    @Operation(operationId = "listFreezes")
    ResponseEntity<FreezesResponse> on(Principal principal, Freshness freshness, Moment moment, Page page) {
        var before = cursors.numbers(page, 1)
                .map(numbers -> OptionalLong.of(numbers[0]))
                .orElse(OptionalLong.empty());
        Waiting.until(freshness.minPosition(), freshness.patience(), freezes::visiblePosition);
        var viewer = access.viewer(principal);
        if (!moment.isNow()) {
            var asked = past.across(moment, freshness, freezes::visiblePosition);
            var then = freezes.onThen(asked.known(), viewer, before, page.limit() + 1, Limits.REPLAYED);
            return answer(then, asked.known().position(), page, asked.now());
        }
        var read = freezes.on(viewer, before, page.limit() + 1);
        return answer(read.value(), read.position(), page, clock.instant());
    }

    private ResponseEntity<FreezesResponse> answer(
            List<FreezeReader.Told> read, long position, Page page, Instant now) {
        var part = Lists.part(read, page, last -> cursors.at(page, last.place()));
        var body = new FreezesResponse(
                position,
                part.items().stream()
                        .map(told -> FreezeOnResponse.of(told, now))
                        .toList(),
                part.next());
        // What is overdue to be lifted changes with the clock, so the tag goes by what the answer says.
        return EntityTags.ok(tags.ofContent(body)).body(body);
    }

    /**
     * Whether the service is frozen in the environment, for this change; and by what.
     *
     * @param known whether the answer is known; where it is not, nothing else here says anything
     * @param freezes what is in the way, the newest first
     * @param more whether there is still more in the way
     */
    record CheckResponse(
            ServiceName service,
            Environment environment,
            Optional<Reference> change,
            boolean frozen,
            boolean known,
            List<FreezeOnResponse> freezes,
            boolean more) {
        static CheckResponse of(
                ServiceName service,
                Environment environment,
                Optional<Reference> change,
                FreezeReader.Check check,
                Instant now) {
            return new CheckResponse(
                    service,
                    environment,
                    change,
                    check.frozen(),
                    true,
                    check.forbidding().stream()
                            .map(told -> FreezeOnResponse.of(told, now))
                            .toList(),
                    !check.all());
        }

        static CheckResponse unknown(ServiceName service, Environment environment, Optional<Reference> change) {
            return new CheckResponse(service, environment, change, false, false, List.of(), false);
        }
    }

    /**
     * A part of the list.
     *
     * @param position the place in the log up to which it is complete
     * @param next the cursor of the part behind it; null for the last
     */
    record FreezesResponse(long position, List<FreezeOnResponse> freezes, Optional<String> next) {}

    /** A freeze that is on. Of which incident and why is only for those who may see that incident. */
    record FreezeOnResponse(
            Optional<IncidentId> incidentId,
            Optional<FreezeId> freezeId,
            Mode mode,
            List<ServiceName> services,
            List<Environment> environments,
            Optional<Text> reason,
            Optional<Instant> expectedEnd,
            boolean overdueToBeLifted) {
        static FreezeOnResponse of(FreezeReader.Told told, Instant now) {
            var freeze = told.freeze();
            var shown = Optional.of(freeze).filter(_ -> told.seen());
            return new FreezeOnResponse(
                    shown.map(Freeze::incidentId),
                    shown.map(Freeze::freezeId),
                    freeze.mode(),
                    freeze.scope().services(),
                    freeze.scope().environments(),
                    shown.map(Freeze::reason),
                    freeze.expectedEnd(),
                    freeze.isOverdueToBeLifted(now));
        }
    }
}
