package org.incidenttimeline.api.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link Caller} of the headers of a command. Until there is authentication, a caller is believed. */
@Component
public class CallerResolver implements HandlerMethodArgumentResolver {
    private static final String NO_CREDENTIAL = "none";

    private final Clock clock;
    private final Identifiers identifiers;

    CallerResolver(Clock clock, Identifiers identifiers) {
        this.clock = clock;
        this.identifiers = identifiers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var headers = new RequestHeaders(request);
        String commandId = identifiers.next().toString();
        var key = headers.idempotencyKey();
        var provenance = new Provenance(
                new Actor(name(headers), kind(headers)),
                NO_CREDENTIAL,
                commandId,
                key,
                headers.traceId(RequestHeaders.CORRELATION_ID).orElse(commandId),
                headers.traceId(RequestHeaders.CAUSATION_ID).orElse(commandId));
        return new Caller(
                provenance, headers.expectedVersion(), clock.instant(), key.map(k -> retryKey(k, provenance, request)));
    }

    /** A key is its credential's own. */
    private static RetryKey retryKey(String key, Provenance provenance, NativeWebRequest request) {
        if (request.getNativeRequest() instanceof HttpServletRequest asked) {
            return new RetryKey(provenance.credential(), key, Fingerprint.of(asked, provenance.actor()));
        }
        throw new IllegalStateException("a command comes over HTTP");
    }

    private static Person name(RequestHeaders headers) {
        var given = headers.decoded(RequestHeaders.ACTOR);
        if (given.isEmpty() || given.get().isBlank()) {
            throw ProblemCode.ACTOR_REQUIRED.because("Say in the header X-Actor who gives this command.");
        }
        try {
            return new Person(given.get());
        } catch (InvalidValue e) {
            throw RequestHeaders.wrong(RequestHeaders.ACTOR, String.valueOf(e.getMessage()));
        }
    }

    private static Actor.Kind kind(RequestHeaders headers) {
        return switch (headers.one(RequestHeaders.ACTOR_KIND).orElse("HUMAN")) {
            case "HUMAN" -> Actor.Kind.HUMAN;
            case "TOOL" -> Actor.Kind.TOOL;
            case String _ -> throw RequestHeaders.wrong(RequestHeaders.ACTOR_KIND, "must be HUMAN or TOOL");
        };
    }
}
