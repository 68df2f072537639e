package org.incidenttimeline.api.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only to names that are meant for this service: those of the loopback address, and what
 * {@code incident.allowed-hosts} lists. A web page whose name is made to point here (DNS rebinding) is thereby refused,
 * which matters as long as whoever reaches the port is believed. Nothing that is answered may be taken for another type.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class HostFilter extends OncePerRequestFilter {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ProblemWriter problems;
    private final Set<String> allowed = new HashSet<>(LOOPBACK);

    HostFilter(ProblemWriter problems, @Value("${incident.allowed-hosts:}") List<String> allowedHosts) {
        this.problems = problems;
        allowedHosts.forEach(host -> allowed.add(host.toLowerCase(Locale.ROOT)));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!allowed.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
            problems.write(
                    response,
                    ProblemCode.HOST_NOT_ALLOWED.problem(
                            "This service does not answer to the name in the Host header; incident.allowed-hosts adds one."));
            return;
        }
        chain.doFilter(request, response);
    }
}
