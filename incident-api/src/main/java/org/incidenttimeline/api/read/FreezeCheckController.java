package org.incidenttimeline.api.read;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final Clock clock;

    FreezeCheckController(FreezeReader freezes, Clock clock) {
        this.freezes = freezes;
        this.clock = clock;
    }

    @GetMapping("/check")
    CheckResponse check(
            Freshness freshness,
            @RequestParam ServiceName service,
            @RequestParam Environment environment,
            @RequestParam Optional<Reference> change) {
        Waiting.until(freshness.minPosition(), freshness.patience(), freezes::position);
        var check = freezes.check(service, environment, change);
        return new CheckResponse(service, environment, change, check.frozen(), shown(check.forbidding()));
    }

    @GetMapping
    List<FreezeOnResponse> on(Freshness freshness) {
        Waiting.until(freshness.minPosition(), freshness.patience(), freezes::position);
        return shown(freezes.on());
    }

    private List<FreezeOnResponse> shown(List<Freeze> on) {
        var now = clock.instant();
        return on.stream().map(freeze -> FreezeOnResponse.of(freeze, now)).toList();
    }

    /** Whether the service is frozen in the environment, for this change; and by what. */
    record CheckResponse(
            ServiceName service,
            Environment environment,
            Optional<Reference> change,
            boolean frozen,
            List<FreezeOnResponse> freezes) {}

    /** A freeze that is on. Why a restricted incident froze is not for everyone who deploys. */
    record FreezeOnResponse(
            IncidentId incidentId,
            FreezeId freezeId,
            Mode mode,
            List<ServiceName> services,
            List<Environment> environments,
            Optional<Text> reason,
            Optional<Instant> expectedEnd,
            boolean overdueToBeLifted) {
        static FreezeOnResponse of(Freeze freeze, Instant now) {
            boolean forAll = freeze.visibility() == Visibility.OPEN;
            return new FreezeOnResponse(
                    freeze.incidentId(),
                    freeze.freezeId(),
                    freeze.mode(),
                    freeze.scope().services(),
                    freeze.scope().environments(),
                    forAll ? Optional.of(freeze.reason()) : Optional.empty(),
                    freeze.expectedEnd(),
                    freeze.isOverdueToBeLifted(now));
        }
    }
}
