package org.incidenttimeline.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.CurrentPrincipal.Authenticated;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stands in for authentication: every request is of this principal, who may do everything. */
final class StandInPrincipal extends OncePerRequestFilter {
    private volatile Principal principal = of("ada", Actor.Kind.HUMAN);

    private static Principal of(String name, Actor.Kind kind) {
        return new Principal(
                new Actor(new Person(name), kind), "api-key:" + name, EnumSet.allOf(AccessRole.class), Set.of());
    }

    void is(String name, Actor.Kind kind) {
        principal = of(name, kind);
    }

    void reset() {
        is("ada", Actor.Kind.HUMAN);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContextHolder.getContext().setAuthentication(new Authenticated(principal, Optional.empty()));
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
