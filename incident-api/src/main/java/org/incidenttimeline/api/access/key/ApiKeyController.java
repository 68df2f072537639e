package org.incidenttimeline.api.access.key;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.access.key.ApiKey.Grant;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.Problem;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API keys. A secret is in the answer that makes it and nowhere else. */
@RestController
@RequestMapping(path = "/api/v1/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {
    private final ApiKeys keys;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listApiKeys")
    KeysResponse keys() {
        return new KeysResponse(keys.all().stream().map(KeyResponse::of).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createApiKey")
    @MayAnswer(ProblemCode.TOO_MANY_API_KEYS)
    @ApiResponse(responseCode = "201", description = "The key is new.", useReturnTypeSchema = true)
    ResponseEntity<IssuedResponse> create(Principal principal, @RequestBody CreateKeyRequest request) {
        var issued =
                keys.issue(request.toGrant(clock.instant()), principal.actor().name());
        return secret(HttpStatus.CREATED, issued);
    }

    @PostMapping(path = "/{key}/rotation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "rotateApiKey")
    @MayAnswer({ProblemCode.UNKNOWN_API_KEY, ProblemCode.API_KEY_ENDED})
    ResponseEntity<IssuedResponse> rotate(
            Principal principal, @PathVariable String key, @RequestBody RotateKeyRequest request) {
        var issued = keys.rotate(key, request.lasting(), principal.actor().name());
        return secret(HttpStatus.OK, issued);
    }

    @PostMapping(path = "/{key}/revocation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "revokeApiKey")
    @MayAnswer({ProblemCode.UNKNOWN_API_KEY, ProblemCode.LAST_ADMIN_KEY})
    KeyResponse revoke(Principal principal, @PathVariable String key, @RequestBody RevokeKeyRequest request) {
        return KeyResponse.of(keys.revoke(key, principal.actor().name()));
    }

    private static ResponseEntity<IssuedResponse> secret(HttpStatus status, ApiKeys.Issued issued) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(new IssuedResponse(issued.token(), KeyResponse.of(issued.key())));
    }

    /** A new key. */
    record CreateKeyRequest(
            Person actor,
            Actor.Kind kind,
            List<AccessRole> roles,
            List<ServiceName> services,
            Optional<OffsetDateTime> expiresAt) {
        Grant toGrant(Instant now) {
            var wrong = new ArrayList<Problem.FieldError>();
            if (roles.isEmpty()) {
                wrong.add(new Problem.FieldError("/roles", "must name at least one role"));
            }
            if (services.size() > Limits.SERVICES_OF_A_KEY) {
                wrong.add(new Problem.FieldError(
                        "/services", "must name at most " + Limits.SERVICES_OF_A_KEY + " services"));
            }
            if (services.contains(ServiceName.ANY)) {
                wrong.add(new Problem.FieldError("/services", "must name services; leave it out for all"));
            }
            if (!services.isEmpty() && (roles.contains(AccessRole.ADMIN) || roles.contains(AccessRole.AUDITOR))) {
                wrong.add(new Problem.FieldError(
                        "/services", "cannot confine an ADMIN or an AUDITOR, who see beyond services"));
            }
            var expires = expiresAt.map(OffsetDateTime::toInstant);
            if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
                wrong.add(new Problem.FieldError("/expiresAt", "must lie in the future"));
            }
            if (!wrong.isEmpty()) {
                throw ProblemCode.INVALID_REQUEST.because("A key like this would be of no use, or of too much.", wrong);
            }
            return new Grant(new Actor(actor, kind), EnumSet.copyOf(roles), new HashSet<>(services), expires);
        }
    }

    /** How long the old secret stays good; without it, not at all. */
    record RotateKeyRequest(Optional<Duration> overlap) {
        Duration lasting() {
            var wanted = overlap.orElse(Duration.ZERO);
            if (wanted.isNegative() || wanted.compareTo(Limits.ROTATION_OVERLAP) > 0) {
                throw ProblemCode.INVALID_REQUEST.because(
                        "The old secret cannot stay good for so long.",
                        List.of(new Problem.FieldError(
                                "/overlap", "must lie between PT0S and " + Limits.ROTATION_OVERLAP)));
            }
            return wanted;
        }
    }

    record RevokeKeyRequest() {}

    record KeysResponse(List<KeyResponse> keys) {}

    /** A key with its secret, which is told this once. */
    record IssuedResponse(String secret, KeyResponse key) {}
}
