package org.incidenttimeline.api.access.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.incidenttimeline.api.access.Denial;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.access.denial.DeniedRequest.Source;
import org.incidenttimeline.api.access.denial.DeniedRequest.Target;
import org.incidenttimeline.api.access.denial.DeniedRequests;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has a request recorded on which a {@link Denial} was noted, wherever that was. */
final class DenialFilter extends OncePerRequestFilter {
    private static final int PATH_LENGTH = 500;
    private static final int METHOD_LENGTH = 16;
    private static final String BEARER = "Bearer ";

    private final DeniedRequests denied;

    DenialFilter(DeniedRequests denied) {
        this.denied = denied;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            Denial.of(request).ifPresent(denial -> record(request, denial));
        }
    }

    private void record(HttpServletRequest request, Denial denial) {
        var principal = denial.principal();
        var source = new Source(
                principal.isPresent(),
                principal.map(Principal::credential).or(() -> claimed(request)),
                principal.map(p -> p.actor().name()),
                request.getRemoteAddr());
        denied.record(
                source,
                new Target(cut(request.getMethod(), METHOD_LENGTH), cut(request.getRequestURI(), PATH_LENGTH)),
                denial.code());
    }

    /** The id of the key that the caller meant to have, where it has the form of one; it is no secret. */
    private static Optional<String> claimed(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(header -> ApiKeys.idIn(header.substring(BEARER.length())))
                .map(id -> "api-key:" + id);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
