package org.incidenttimeline.api.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.live.EventKind;
import org.incidenttimeline.api.live.LiveEvents;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.api.webhook.Webhook.State;
import org.incidenttimeline.api.webhook.Webhook.Stopped;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Subscriptions to the log: made, looked at, changed, stopped and taken up again. */
@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhookController {
    private static final int SECRET_BYTES = 32;

    private final WebhookTable webhooks;
    private final DeliveryQueue queue;
    private final AttemptLog attempts;
    private final Deliveries deliveries;
    private final Targets targets;
    private final LiveEvents events;
    private final TransactionTemplate transaction;
    private final Identifiers identifiers;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    WebhookController(
            WebhookTable webhooks,
            DeliveryQueue queue,
            AttemptLog attempts,
            Deliveries deliveries,
            Targets targets,
            LiveEvents events,
            PlatformTransactionManager transactions,
            Identifiers identifiers,
            Clock clock) {
        this.webhooks = webhooks;
        this.queue = queue;
        this.attempts = attempts;
        this.deliveries = deliveries;
        this.targets = targets;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /** What a subscription asks for; told again in full when it changes. */
    record WebhookRequest(
            TargetUrl url,
            Optional<Title> description,
            List<EventKind> kinds,
            List<Severity> severities,
            List<Mode> modes,
            List<ServiceName> services) {
        WebhookFilter filter() {
            if (kinds.size() > Limits.WEBHOOK_FILTER_VALUES) {
                throw invalid("/kinds", "must have at most " + Limits.WEBHOOK_FILTER_VALUES + " elements");
            }
            if (services.size() > Limits.WEBHOOK_FILTER_VALUES) {
                throw invalid("/services", "must have at most " + Limits.WEBHOOK_FILTER_VALUES + " elements");
            }
            return new WebhookFilter(
                    Set.copyOf(kinds), Set.copyOf(severities), Set.copyOf(modes), Set.copyOf(services));
        }
    }

    /** A new subscription, with its secret: nobody can ask for it again. */
    record CreatedResponse(WebhookResponse webhook, String secret) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createWebhook")
    @MayAnswer({ProblemCode.TOO_MANY_WEBHOOKS, ProblemCode.WEBHOOK_TARGET_NOT_ALLOWED})
    @ApiResponse(responseCode = "201", description = "The subscription is new.", useReturnTypeSchema = true)
    ResponseEntity<CreatedResponse> subscribe(Principal principal, @RequestBody WebhookRequest request) {
        var filter = request.filter();
        requireAllowed(request.url());
        var now = clock.instant();
        var webhook = new Webhook(
                new WebhookId(identifiers.next().toString()),
                request.url(),
                request.description(),
                filter,
                State.ACTIVE,
                Optional.empty(),
                now,
                events.head(),
                0,
                Optional.empty(),
                Optional.empty(),
                now,
                principal.actor().name(),
                Optional.empty());
        String secret = newSecret();
        transaction.executeWithoutResult(_ -> {
            if (webhooks.count() >= Limits.WEBHOOKS) {
                throw ProblemCode.TOO_MANY_WEBHOOKS.because(
                        "There are " + Limits.WEBHOOKS + " webhooks already; delete one that is not needed.");
            }
            webhooks.insert(webhook, secret);
        });
        var location = UriComponentsBuilder.fromPath("/api/v1/webhooks/{webhook}")
                .build(webhook.id().value());
        return ResponseEntity.created(location).body(new CreatedResponse(shown(webhook), secret));
    }

    @GetMapping
    @Operation(operationId = "listWebhooks")
    WebhooksResponse all() {
        long head = events.head();
        var waiting = queue.waiting();
        return new WebhooksResponse(webhooks.all().stream()
                .map(webhook -> WebhookResponse.of(webhook, waiting.getOrDefault(webhook.id(), 0L), head))
                .toList());
    }

    /** All subscriptions. */
    record WebhooksResponse(List<WebhookResponse> webhooks) {}

    @GetMapping("/{webhook}")
    @Operation(operationId = "getWebhook")
    WebhookResponse one(@PathVariable WebhookId webhook) {
        return shown(existing(webhook));
    }

    @PutMapping(path = "/{webhook}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "changeWebhook")
    @MayAnswer(ProblemCode.WEBHOOK_TARGET_NOT_ALLOWED)
    WebhookResponse change(@PathVariable WebhookId webhook, @RequestBody WebhookRequest request) {
        var filter = request.filter();
        requireAllowed(request.url());
        return changed(webhook, _ -> {
            webhooks.change(webhook, request.url(), request.description(), filter);
        });
    }

    @DeleteMapping("/{webhook}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteWebhook")
    void delete(@PathVariable WebhookId webhook) {
        if (!Boolean.TRUE.equals(transaction.execute(_ -> webhooks.delete(webhook)))) {
            throw unknown();
        }
    }

    @PostMapping(path = "/{webhook}/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "pauseWebhook")
    WebhookResponse pause(@PathVariable WebhookId webhook, @RequestBody PauseRequest request) {
        return changed(webhook, _ -> {
            webhooks.stop(webhook, State.PAUSED, Stopped.BY_HAND, clock.instant());
        });
    }

    record PauseRequest() {}

    /** Where a subscription goes on. */
    enum From {
        WHERE_IT_STOPPED,
        NOW
    }

    @PostMapping(path = "/{webhook}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "resumeWebhook")
    WebhookResponse resume(@PathVariable WebhookId webhook, @RequestBody ResumeRequest request) {
        if (request.from().isPresent() && request.position().isPresent()) {
            throw invalid("/position", "must be absent where from is given");
        }
        long head = events.head();
        var to = request.position().isPresent()
                ? OptionalLong.of(position(request.position().get(), head))
                : request.from().filter(From.NOW::equals).isPresent() ? OptionalLong.of(head) : OptionalLong.empty();
        return changed(webhook, _ -> {
            var now = clock.instant();
            if (to.isPresent()) {
                queue.dropBehind(webhook, request.position().isPresent() ? to.getAsLong() : 0);
                webhooks.goTo(webhook, to.getAsLong());
            }
            queue.renew(webhook, now);
            webhooks.activate(webhook, now);
        });
    }

    record ResumeRequest(Optional<From> from, Optional<Long> position) {}

    @PostMapping(path = "/{webhook}/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "replayWebhook")
    WebhookResponse replay(@PathVariable WebhookId webhook, @RequestBody ReplayRequest request) {
        long to = position(request.position(), events.head());
        return changed(webhook, _ -> {
            queue.dropBehind(webhook, to);
            webhooks.goTo(webhook, to);
        });
    }

    record ReplayRequest(long position) {}

    /** A new secret; the one before it signs too for a while. */
    record RotatedResponse(String secret, Instant formerSecretUntil) {}

    @PostMapping(path = "/{webhook}/secret-rotation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "rotateWebhookSecret")
    RotatedResponse rotate(@PathVariable WebhookId webhook, @RequestBody RotateRequest request) {
        var overlap = request.overlap().orElse(Limits.DEFAULT_WEBHOOK_SECRET_OVERLAP);
        if (overlap.isNegative() || overlap.compareTo(Limits.WEBHOOK_SECRET_OVERLAP) > 0) {
            throw invalid("/overlap", "must lie between PT0S and " + Limits.WEBHOOK_SECRET_OVERLAP);
        }
        String secret = newSecret();
        var until = clock.instant().plus(overlap);
        changed(webhook, _ -> {
            webhooks.rotate(webhook, secret, until);
        });
        return new RotatedResponse(secret, until);
    }

    record RotateRequest(Optional<Duration> overlap) {}

    @PostMapping(path = "/{webhook}/test", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "testWebhook")
    AttemptResponse test(@PathVariable WebhookId webhook, @RequestBody TestRequest request) {
        return AttemptResponse.of(deliveries.test(existing(webhook)).attempt());
    }

    record TestRequest() {}

    @GetMapping("/{webhook}/deliveries")
    @Operation(operationId = "listDeliveries")
    AttemptsResponse attempts(
            @PathVariable WebhookId webhook,
            @RequestParam Optional<Long> before,
            @RequestParam Optional<Integer> limit) {
        existing(webhook);
        int max = limit.orElse(Limits.DEFAULT_WEBHOOK_ATTEMPTS_PER_PAGE);
        if (max < 1 || max > Limits.WEBHOOK_ATTEMPTS_PER_PAGE) {
            throw ProblemCode.INVALID_PARAMETER.because(
                    "The parameter limit must be a number from 1 to " + Limits.WEBHOOK_ATTEMPTS_PER_PAGE + ".");
        }
        var found = attempts.before(webhook, before.orElse(Long.MAX_VALUE), max);
        return new AttemptsResponse(
                found.stream()
                        .map(logged -> AttemptResponse.of(logged.attempt()))
                        .toList(),
                found.size() == max ? Optional.of(found.getLast().id()) : Optional.empty());
    }

    /** Attempts, the newest first; {@code next} goes into {@code before} of the next page. */
    record AttemptsResponse(List<AttemptResponse> attempts, Optional<Long> next) {}

    private WebhookResponse changed(WebhookId id, Consumer<Webhook> change) {
        transaction.executeWithoutResult(_ -> change.accept(webhooks.lock(id).orElseThrow(WebhookController::unknown)));
        deliveries.look();
        return shown(existing(id));
    }

    private Webhook existing(WebhookId id) {
        return webhooks.find(id).orElseThrow(WebhookController::unknown);
    }

    private WebhookResponse shown(Webhook webhook) {
        return WebhookResponse.of(webhook, queue.waiting(webhook.id()), events.head());
    }

    private void requireAllowed(TargetUrl url) {
        targets.objectionNow(url).ifPresent(objection -> {
            throw ProblemCode.WEBHOOK_TARGET_NOT_ALLOWED.because(
                    "Webhooks may not be sent to this URL.", List.of(new FieldError("/url", objection)));
        });
    }

    private static long position(long given, long head) {
        if (given < 0 || given > head) {
            throw invalid("/position", "must lie between 0 and " + head + ", where the log ends");
        }
        return given;
    }

    private static ProblemException unknown() {
        return ProblemCode.NOT_FOUND.because("There is no such webhook.");
    }

    private static ProblemException invalid(String pointer, String detail) {
        return ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.", List.of(new FieldError(pointer, detail)));
    }

    private String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }
}
