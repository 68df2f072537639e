package org.incidenttimeline.api.read;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.store.FreezeReader;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The one question that a deploy pipeline asks, and the freezes behind the answer. */
@RestController
@RequestMapping(path = "/api/v1/freezes", produces = MediaType.APPLICATION_JSON_VALUE)
class FreezeCheckController {
    private final FreezeReader freezes;
    private final IncidentAccess access;
    private final Clock clock;

    FreezeCheckController(FreezeReader freezes, IncidentAccess access, Clock clock) {
        this.freezes = freezes;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/check")
    CheckResponse check(
            Principal principal,
            Freshness freshness,
            @RequestParam ServiceName service,
            @RequestParam Environment environment,
            @RequestParam Optional<Reference> change) {
        access.requireServices(principal, List.of(service));
        Waiting.until(freshness.minPosition(), freshness.patience(), freezes::position);
        var check = freezes.check(service, environment, change);
        return new CheckResponse(service, environment, change, check.frozen(), shown(principal, check.forbidding()));
    }

    @GetMapping
    List<FreezeOnResponse> on(Principal principal, Freshness freshness) {
        Waiting.until(freshness.minPosition(), freshness.patience(), freezes::position);
        var concerning = freezes.on().stream()
                .filter(freeze -> principal.isConcernedBy(freeze.scope().services()))
                .toList();
        return shown(principal, concerning);
    }

    private List<FreezeOnResponse> shown(Principal principal, List<Freeze> on) {
        var now = clock.instant();
        return on.stream()
                .map(freeze -> FreezeOnResponse.of(freeze, access.maySee(principal, freeze.incidentId()), now))
                .toList();
    }

    /** Whether the service is frozen in the environment, for this change; and by what. */
    record CheckResponse(
            ServiceName service,
            Environment environment,
            Optional<Reference> change,
            boolean frozen,
            List<FreezeOnResponse> freezes) {}

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
        static FreezeOnResponse of(Freeze freeze, boolean seen, Instant now) {
            var told = Optional.of(freeze).filter(_ -> seen);
            return new FreezeOnResponse(
                    told.map(Freeze::incidentId),
                    told.map(Freeze::freezeId),
                    freeze.mode(),
                    freeze.scope().services(),
                    freeze.scope().environments(),
                    told.map(Freeze::reason),
                    freeze.expectedEnd(),
                    freeze.isOverdueToBeLifted(now));
        }
    }
}
