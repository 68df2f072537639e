package org.incidenttimeline.api.inbound;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.Denial;
import org.incidenttimeline.api.access.gate.RateLimits;
import org.incidenttimeline.api.inbound.Sources.Proving;
import org.incidenttimeline.api.inbound.Teller.Telling;
import org.incidenttimeline.api.json.BodyReader;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.event.InvalidValue;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where sources deliver. A delivery proves itself before its body is read, and one that does not is answered alike
 * whether there is such a source or not.
 */
@RestController
class DeliveryController {
    private final Sources sources;
    private final AlertDesk alerts;
    private final DeploymentHooks hooks;
    private final DeploymentDesk deployments;
    private final CloudEventDesk cloudEvents;
    private final Identifiers identifiers;
    private final RateLimits limits;
    private final Clock clock;
    private final String nobodysSecret =
            Secret.random(SourceKind.GITHUB, new SecureRandom()).value();

    DeliveryController(
            Sources sources,
            AlertDesk alerts,
            DeploymentHooks hooks,
            DeploymentDesk deployments,
            CloudEventDesk cloudEvents,
            Identifiers identifiers,
            RateLimits limits,
            Clock clock) {
        this.sources = sources;
        this.alerts = alerts;
        this.hooks = hooks;
        this.deployments = deployments;
        this.cloudEvents = cloudEvents;
        this.identifiers = identifiers;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping(path = "/api/v1/inbound/{source}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "deliver")
    @MayAnswer({
        ProblemCode.DELIVERY_NOT_PROVEN,
        ProblemCode.INVALID_HEADER,
        ProblemCode.MALFORMED_JSON,
        ProblemCode.JSON_LIMIT_EXCEEDED,
        ProblemCode.INVALID_REQUEST
    })
    DeliveryAnswer deliver(@PathVariable String source, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var arrivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var delivery = Delivery.of(request, request.getInputStream().readAllBytes(), arrivedAt);
        var proven = proven(source, delivery).orElseThrow(() -> notProven(request, response));
        return take(proven, delivery, mediaType(request));
    }

    private Optional<Source> proven(String name, Delivery delivery) {
        var proving = sourceId(name).flatMap(id -> sources.proving(id, delivery.arrivedAt()));
        var kind = proving.map(p -> p.source().kind()).orElse(SourceKind.GITHUB);
        // Where there is no such source, a secret of nobody is compared, so that the answer takes as long.
        var secrets = proving.map(Proving::secrets).orElse(List.of(nobodysSecret));
        boolean proven = secrets.stream().anyMatch(secret -> Authenticity.isProven(kind, secret, delivery));
        return proving.filter(_ -> proven).map(Proving::source);
    }

    private static Optional<SourceId> sourceId(String name) {
        try {
            return Optional.of(new SourceId(name));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    /** Only those that are not proven are counted, so that a good source is never held up by others at its address. */
    private ProblemException notProven(HttpServletRequest request, HttpServletResponse response) {
        var taken = limits.unprovenDelivery(request.getRemoteAddr());
        if (!taken.allowed()) {
            taken.tell(response);
            return taken.tooOften();
        }
        return Denial.because(
                ProblemCode.DELIVERY_NOT_PROVEN,
                "There is no such source, or its signature or token is not as it should be.");
    }

    /** JSON, as everywhere; the types of CloudEvents are JSON too. */
    private static MediaType mediaType(HttpServletRequest request) {
        try {
            var type = MediaType.parseMediaType(
                    Optional.ofNullable(request.getContentType()).orElse(""));
            var charset = type.getCharset();
            boolean utf8 = charset == null || charset.equals(StandardCharsets.UTF_8);
            boolean json = type.getType().equals("application")
                    && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
            if (json && utf8) {
                return type;
            }
        } catch (InvalidMediaTypeException _) {
            // Answered below like every other type that is not JSON.
        }
        throw ProblemCode.UNSUPPORTED_MEDIA_TYPE.because("Send JSON in UTF-8, with a Content-Type that says so.");
    }

    private DeliveryAnswer take(Source source, Delivery delivery, MediaType type) {
        var telling = Telling.of(source, DeliveryId.of(source, delivery, identifiers));
        return switch (source.kind()) {
            case ALERTMANAGER, GRAFANA ->
                alerts.take(
                        source,
                        telling,
                        BodyReader.read(AlertNotification.class, delivery.body()),
                        delivery.arrivedAt());
            case GITHUB -> gitHub(source, telling, delivery);
            case GITLAB -> gitLab(source, telling, delivery);
            case CLOUDEVENTS -> cloudEvents.take(source, CloudEventReader.read(delivery, type), delivery.arrivedAt());
        };
    }

    private DeliveryAnswer gitHub(Source source, Telling telling, Delivery delivery) {
        return switch (delivery.required("X-GitHub-Event")) {
            case "deployment", "deployment_status" ->
                hooks.of(BodyReader.read(GitHubDelivery.class, delivery.body()), source, delivery.arrivedAt())
                        .map(deployment -> deployments.take(telling, deployment))
                        .orElseGet(() -> DeliveryAnswer.ignored("It says nothing of how a deployment stands."));
            case "ping" -> DeliveryAnswer.ignored("A ping: deliveries arrive here and are proven.");
            case String _ -> DeliveryAnswer.ignored("Only deployment and deployment_status are of use here.");
        };
    }

    private DeliveryAnswer gitLab(Source source, Telling telling, Delivery delivery) {
        if (!BodyReader.read(GitLabDelivery.Kind.class, delivery.body()).isDeployment()) {
            return DeliveryAnswer.ignored("Only deployment events are of use here.");
        }
        return hooks.of(BodyReader.read(GitLabDelivery.class, delivery.body()), source, delivery.arrivedAt())
                .map(deployment -> deployments.take(telling, deployment))
                .orElseGet(() -> DeliveryAnswer.ignored("It says nothing of how a deployment stands."));
    }
}
