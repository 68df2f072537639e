package org.incidenttimeline.api.access.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a credential in the address, which proxies write down and people pass on, so that nobody gets used to it. */
final class QueryCredentialFilter extends OncePerRequestFilter {
    private static final Pattern CREDENTIAL = Pattern.compile("(?:^|&)access_token=|itl_[a-z2-7]{12}_");

    private final ProblemWriter problems;

    QueryCredentialFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (query != null && CREDENTIAL.matcher(query).find()) {
            problems.write(
                    response,
                    ProblemCode.CREDENTIAL_IN_QUERY.problem(
                            "Send a credential in the header Authorization: Bearer …, never"
                                    + " in the address. This one may have been written down on its way: rotate it."));
            return;
        }
        chain.doFilter(request, response);
    }
}
