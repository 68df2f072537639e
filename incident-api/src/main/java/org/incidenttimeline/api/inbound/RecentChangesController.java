package org.incidenttimeline.api.inbound;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.inbound.Hearing.Heard;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentEvent.ChangeRecorded;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What tools changed lately: of one service, or of the services of an incident, right before it began. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class RecentChangesController {
    private final Deployments deployments;
    private final IncidentHistory history;
    private final IncidentAccess access;
    private final Clock clock;

    RecentChangesController(Deployments deployments, IncidentHistory history, IncidentAccess access, Clock clock) {
        this.deployments = deployments;
        this.history = history;
        this.access = access;
        this.clock = clock;
    }

    /** How far back to look: at most as long as deployments are kept. */
    record Within(Duration value) {
        public Within(String text) {
            this(parsed(text));
        }

        private static Duration parsed(String text) {
            try {
                var duration = Duration.parse(text);
                if (duration.isPositive() && duration.compareTo(Limits.DEPLOYMENTS_KEPT) <= 0) {
                    return duration;
                }
            } catch (DateTimeParseException _) {
                // Told below.
            }
            throw new InvalidValue(
                    "must be a duration of at most P" + Limits.DEPLOYMENTS_KEPT.toDays() + "D, for instance PT6H");
        }
    }

    @GetMapping("/deployments")
    @Operation(operationId = "listDeployments")
    DeploymentsResponse deployments(
            Principal principal, @RequestParam Optional<ServiceName> service, @RequestParam Optional<Within> within) {
        var now = clock.instant();
        return new DeploymentsResponse(
                deployments
                        .of(service.map(List::of).orElse(List.of()), now.minus(reach(within)), now.plusSeconds(1))
                        .stream()
                        .filter(isOneOf(principal))
                        .map(DeploymentResponse::of)
                        .toList());
    }

    /** Deployments, the newest first. */
    record DeploymentsResponse(List<DeploymentResponse> deployments) {}

    private static Predicate<Deployment> isOneOf(Principal principal) {
        return deployment -> principal.mayActOn(List.of(deployment.service()));
    }

    /** Of the services of the incident, what was changed before it began and until it was declared. */
    @GetMapping("/incidents/{incident}/recent-changes")
    @Operation(operationId = "getRecentChanges")
    RecentChangesResponse before(
            Principal principal,
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam Optional<Within> within) {
        Waiting.until(freshness.minVersion(), freshness.patience(), () -> history.versionOf(incident));
        if (!access.maySee(principal, incident)) {
            throw noSuchIncident(incident);
        }
        var hearing = Hearing.of(history.of(incident)).orElseThrow(() -> noSuchIncident(incident));
        var began = hearing.beganAt();
        var from = began.minus(reach(within));
        var until = hearing.declaredAt().plusMillis(1);
        var recorded = new HashMap<Heard, ChangeId>();
        hearing.heard().forEach((heard, event) -> {
            if (event.event() instanceof ChangeRecorded change) {
                recorded.put(heard, change.changeId());
            }
        });
        var services = hearing.card().services();
        // An incident that names no service has no changes of its services.
        var before = services.isEmpty()
                ? List.<Deployment>of()
                : deployments.of(services.contains(ServiceName.ANY) ? List.of() : services, from, until);
        return new RecentChangesResponse(
                incident,
                hearing.card().version(),
                began,
                before.stream().map(d -> RecentChange.of(d, began, recorded)).toList());
    }

    private static Duration reach(Optional<Within> within) {
        return within.map(Within::value).orElse(Limits.DEPLOYMENTS_KEPT);
    }

    private static RefusedException noSuchIncident(IncidentId incident) {
        return Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + ".");
    }

    /** A change that a tool told of. */
    record DeploymentResponse(
            String deploymentId,
            SourceId source,
            ChangeKind kind,
            ServiceName service,
            Optional<Environment> environment,
            Deployment.State state,
            Text what,
            Optional<Person> by,
            Optional<Reference> reference,
            Instant occurredAt) {
        static DeploymentResponse of(Deployment d) {
            return new DeploymentResponse(
                    d.deploymentId(),
                    d.sourceId(),
                    d.kind(),
                    d.service(),
                    d.environment(),
                    d.state(),
                    d.what(),
                    d.by(),
                    d.reference(),
                    d.occurredAt());
        }
    }

    /**
     * What was changed, the newest first.
     *
     * @param beganAt when the incident began, was detected or was declared, the first of these that is known
     */
    record RecentChangesResponse(IncidentId incidentId, long version, Instant beganAt, List<RecentChange> changes) {}

    /**
     * One of them.
     *
     * @param beforeItBegan how long before the incident began; negative if it began before
     * @param recordedAs the change of the incident that tells of it, if one does
     */
    record RecentChange(DeploymentResponse deployment, Duration beforeItBegan, Optional<ChangeId> recordedAs) {
        static RecentChange of(Deployment deployment, Instant began, Map<Heard, ChangeId> recorded) {
            var heard = new Heard(Source.credential(deployment.sourceId()), deployment.name());
            return new RecentChange(
                    DeploymentResponse.of(deployment),
                    Duration.between(deployment.occurredAt(), began),
                    Optional.ofNullable(recorded.get(heard)));
        }
    }
}
