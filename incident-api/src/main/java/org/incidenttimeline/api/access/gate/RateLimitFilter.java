package org.incidenttimeline.api.access.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.incidenttimeline.api.access.CurrentPrincipal;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a credential ask so often and not more often. */
final class RateLimitFilter extends OncePerRequestFilter {
    private final RateLimits limits;
    private final AccessProblems problems;

    RateLimitFilter(RateLimits limits, AccessProblems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var principal = CurrentPrincipal.ifAny();
        if (principal.isPresent()) {
            var taken = limits.request(principal.get().credential());
            taken.tell(response);
            if (!taken.allowed()) {
                problems.tooOften(response, taken);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
