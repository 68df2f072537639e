package org.incidenttimeline.api.access.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import org.incidenttimeline.api.access.AccessRules;
import org.incidenttimeline.api.access.Denial;
import org.incidenttimeline.api.problem.Problem;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** How a caller is told that they may not pass. */
final class AccessProblems implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AccessProblems.class);
    private static final String CHALLENGE = "Bearer realm=\"incident-timeline\"";
    private static final String SECONDS_UNTIL_RETRY = "5";

    private final ProblemWriter problems;
    private final RateLimits limits;

    AccessProblems(ProblemWriter problems, RateLimits limits) {
        this.problems = problems;
        this.limits = limits;
    }

    /** There is no credential, or nothing that could be one. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            onAuthenticationFailure(request, response, cause);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        problems.write(
                response,
                ProblemCode.CREDENTIAL_REQUIRED.problem(
                        "Send an API key, or a token of the identity provider, in the header Authorization: Bearer …"));
    }

    /** There is a credential, and it is not good. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof AuthenticationServiceException) {
            LOG.warn("A token could not be checked.", cause);
            response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_RETRY);
            problems.write(
                    response,
                    ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE.problem(
                            "The keys of the identity provider cannot be had now; try again in a moment."));
            return;
        }
        var taken = limits.failure(request.getRemoteAddr());
        if (!taken.allowed()) {
            taken.tell(response);
            tooOften(response, taken);
            return;
        }
        Denial.note(request, ProblemCode.CREDENTIAL_INVALID.code());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
        problems.write(
                response,
                ProblemCode.CREDENTIAL_INVALID.problem(
                        "This credential is unknown, or it has expired or was revoked, or it is no bearer credential."));
    }

    /** The credential is good, and the table has no rule that lets it pass. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        String path = request.getRequestURI();
        var methods = AccessRules.methodsAt(path);
        if (methods.isEmpty()) {
            problems.write(response, ProblemCode.NOT_FOUND.problem("There is nothing at this address."));
            return;
        }
        var rule = AccessRules.rule(HttpMethod.valueOf(request.getMethod()), path);
        if (rule.isEmpty()) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
            problems.write(
                    response,
                    ProblemCode.METHOD_NOT_ALLOWED.problem(
                            "This address does not answer to this method; Allow lists those that it does."));
            return;
        }
        Denial.note(request, ProblemCode.NOT_ALLOWED.code());
        problems.write(response, notAllowed(rule.get()));
    }

    void tooOften(HttpServletResponse response, RateLimits.Taken taken) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, taken.retryAfter());
        problems.write(response, taken.tooOften().problem());
    }

    private static Problem notAllowed(AccessRules.Rule rule) {
        String roles = rule.roles().stream().sorted().map(Enum::name).collect(Collectors.joining(" or "));
        return ProblemCode.NOT_ALLOWED.problem("This takes a credential with the role " + roles + ".");
    }
}
