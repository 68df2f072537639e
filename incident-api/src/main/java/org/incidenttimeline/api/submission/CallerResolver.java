package org.incidenttimeline.api.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.CurrentPrincipal;
import org.incidenttimeline.api.access.Denial;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.seal.RowCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link Caller} of the credential and the headers of a command. */
@Component
public class CallerResolver implements HandlerMethodArgumentResolver {
    /** What said who acts before there were credentials; passed over in silence, it would mislead whoever sends it. */
    private static final List<String> NO_MORE = List.of("X-Actor", "X-Actor-Kind");

    private final Clock clock;
    private final Identifiers identifiers;
    private final RowCipher cipher;

    CallerResolver(Clock clock, Identifiers identifiers, RowCipher cipher) {
        this.clock = clock;
        this.identifiers = identifiers;
        this.cipher = cipher;
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
        var principal = CurrentPrincipal.get();
        var headers = new RequestHeaders(request);
        NO_MORE.forEach(header -> refuse(headers, header));
        String commandId = identifiers.next().toString();
        var key = headers.idempotencyKey();
        var provenance = new Provenance(
                principal.actor(),
                onBehalfOf(principal, headers),
                principal.credential(),
                commandId,
                key,
                headers.traceId(RequestHeaders.CORRELATION_ID).orElse(commandId),
                headers.traceId(RequestHeaders.CAUSATION_ID).orElse(commandId));
        return new Caller(
                principal,
                provenance,
                headers.expectedVersion(),
                clock.instant(),
                key.map(k -> retryKey(k, provenance, request)));
    }

    /** A key is its credential's own. */
    private RetryKey retryKey(String key, Provenance provenance, NativeWebRequest request) {
        if (request.getNativeRequest() instanceof HttpServletRequest asked) {
            return new RetryKey(provenance.credential(), key, Fingerprint.of(asked, provenance, cipher));
        }
        throw new IllegalStateException("a command comes over HTTP");
    }

    private static void refuse(RequestHeaders headers, String name) {
        if (headers.one(name).isPresent()) {
            throw RequestHeaders.wrong(
                    name,
                    "is not read: the credential says who acts, and a tool names the human it acts for in "
                            + RequestHeaders.ON_BEHALF_OF);
        }
    }

    private static Optional<Person> onBehalfOf(Principal principal, RequestHeaders headers) {
        var given = headers.decoded(RequestHeaders.ON_BEHALF_OF);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (principal.actor().kind() != Actor.Kind.TOOL) {
            throw Denial.because(
                    ProblemCode.DELEGATION_NOT_ALLOWED,
                    "Only the credential of a tool may name a human in the header " + RequestHeaders.ON_BEHALF_OF
                            + ".");
        }
        try {
            return Optional.of(new Person(given.get()));
        } catch (InvalidValue e) {
            throw RequestHeaders.wrong(RequestHeaders.ON_BEHALF_OF, String.valueOf(e.getMessage()));
        }
    }
}
