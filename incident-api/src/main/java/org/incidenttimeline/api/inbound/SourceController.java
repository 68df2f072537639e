package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.api.inbound.SourceSettings.LabelName;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sets up who may deliver to us. A secret is shown in the answer that sets it, and never again. */
@RestController
@RequestMapping(path = "/api/v1/sources", produces = MediaType.APPLICATION_JSON_VALUE)
class SourceController {
    /** How long a former secret may stay good, for senders that are changed one after the other. */
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final Sources sources;
    private final Identifiers identifiers;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SourceController(Sources sources, Identifiers identifiers, Clock clock) {
        this.sources = sources;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /** How what the source says is to be understood; what is absent has a usual value. */
    record SettingsRequest(
            Optional<Person> lead,
            Optional<Severity> severity,
            Optional<LabelName> severityLabel,
            Optional<Map<String, Severity>> severities,
            Optional<LabelName> serviceLabel,
            List<ServiceName> defaultServices,
            Optional<Map<String, ServiceName>> services,
            Optional<Map<String, Environment>> environments) {
        private static final SettingsRequest NONE = new SettingsRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());

        /** Too many mappings are wrong fields of the request, so they are told while it is read. */
        SettingsRequest {
            SourceSettings.check(severities.orElse(Map.of()), services.orElse(Map.of()), environments.orElse(Map.of()));
            SourceSettings.check(defaultServices);
        }

        SourceSettings toSettings(SourceKind kind) {
            if (kind.alerts() && lead.isEmpty()) {
                throw ProblemCode.INVALID_REQUEST.because(
                        "Fields of the request are missing, unknown or wrong.",
                        List.of(new FieldError(
                                "/settings/lead", "is required: who leads the incidents that its alerts declare")));
            }
            return new SourceSettings(
                    lead,
                    severity.orElse(Severity.SEV3),
                    severityLabel.orElse(new LabelName("severity")),
                    severities.orElse(Map.of()),
                    serviceLabel.orElse(new LabelName("service")),
                    defaultServices,
                    services.orElse(Map.of()),
                    environments.orElse(Map.of()));
        }
    }

    record CreateSourceRequest(
            Optional<SourceId> sourceId,
            SourceKind kind,
            Person name,
            Optional<Secret> secret,
            Optional<SettingsRequest> settings) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createSource")
    @MayAnswer(ProblemCode.SOURCE_ALREADY_EXISTS)
    @ApiResponse(responseCode = "201", description = "The source is new.", useReturnTypeSchema = true)
    ResponseEntity<SecretResponse> create(@RequestBody CreateSourceRequest request) {
        var now = now();
        var source = new Source(
                request.sourceId()
                        .orElseGet(() -> new SourceId(identifiers.next().toString())),
                request.kind(),
                request.name(),
                true,
                request.settings().orElse(SettingsRequest.NONE).toSettings(request.kind()),
                now,
                now,
                Optional.empty());
        var secret = request.secret().orElseGet(() -> Secret.random(request.kind(), random));
        if (!sources.add(source, secret)) {
            throw ProblemCode.SOURCE_ALREADY_EXISTS.because("There is a source " + source.sourceId() + " already.");
        }
        return ResponseEntity.created(URI.create("/api/v1/sources/" + source.sourceId()))
                .body(SecretResponse.of(source, secret));
    }

    @GetMapping
    @Operation(operationId = "listSources")
    SourcesResponse all() {
        return new SourcesResponse(
                sources.all().stream().map(SourceResponse::of).toList());
    }

    /** All sources, without their secrets. */
    record SourcesResponse(List<SourceResponse> sources) {}

    @GetMapping("/{source}")
    @Operation(operationId = "getSource")
    SourceResponse one(@PathVariable SourceId source) {
        return SourceResponse.of(sources.find(source).orElseThrow(SourceController::noSuchSource));
    }

    record ChangeSourceRequest(Person name, boolean enabled, Optional<SettingsRequest> settings) {}

    /** Sets everything but kind and secret. A source that is not enabled is answered as if it were not there. */
    @PutMapping(path = "/{source}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "changeSource")
    SourceResponse change(@PathVariable SourceId source, @RequestBody ChangeSourceRequest request) {
        var before = sources.find(source).orElseThrow(SourceController::noSuchSource);
        var settings = request.settings().orElse(SettingsRequest.NONE).toSettings(before.kind());
        if (!sources.change(source, request.name(), request.enabled(), settings)) {
            throw noSuchSource();
        }
        return one(source);
    }

    record RotateSecretRequest(Optional<Secret> secret, Optional<Overlap> keepPreviousFor) {}

    /** How long the former secret stays good. */
    record Overlap(Duration value) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Overlap {
            if (value.isNegative() || value.compareTo(LONGEST_OVERLAP) > 0) {
                throw new InvalidValue("must lie between PT0S and P" + LONGEST_OVERLAP.toDays() + "D");
            }
        }
    }

    @PostMapping(path = "/{source}/secret", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "rotateSourceSecret")
    SecretResponse rotate(@PathVariable SourceId source, @RequestBody RotateSecretRequest request) {
        var before = sources.find(source).orElseThrow(SourceController::noSuchSource);
        var secret = request.secret().orElseGet(() -> Secret.random(before.kind(), random));
        var now = now();
        var overlap = request.keepPreviousFor().map(Overlap::value).orElse(Duration.ZERO);
        if (!sources.rotate(source, secret, now, now.plus(overlap))) {
            throw noSuchSource();
        }
        return SecretResponse.of(sources.find(source).orElseThrow(SourceController::noSuchSource), secret);
    }

    @DeleteMapping("/{source}")
    @Operation(operationId = "deleteSource")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable SourceId source) {
        if (!sources.remove(source)) {
            throw noSuchSource();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException noSuchSource() {
        return ProblemCode.NOT_FOUND.because("There is no such source.");
    }

    /** A source without its secret. */
    record SourceResponse(
            SourceId sourceId,
            SourceKind kind,
            Person name,
            boolean enabled,
            String deliverTo,
            SourceSettings settings,
            Instant createdAt,
            Instant secretSetAt,
            Optional<Instant> previousSecretUntil) {
        static SourceResponse of(Source source) {
            return new SourceResponse(
                    source.sourceId(),
                    source.kind(),
                    source.name(),
                    source.enabled(),
                    "/api/v1/inbound/" + source.sourceId(),
                    source.settings(),
                    source.createdAt(),
                    source.secretSetAt(),
                    source.previousSecretUntil());
        }
    }

    /** A source and the secret that was just set. */
    record SecretResponse(SourceResponse source, String secret) {
        static SecretResponse of(Source source, Secret secret) {
            return new SecretResponse(SourceResponse.of(source), secret.value());
        }
    }
}
