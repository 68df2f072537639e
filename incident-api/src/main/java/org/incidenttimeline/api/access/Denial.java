package org.incidenttimeline.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * That a request is refused for want of a right, noted on the request itself, so that it is recorded for the auditors.
 *
 * @param code under which code
 * @param principal who asked, if their credential was good
 */
public record Denial(String code, Optional<Principal> principal) {
    private static final String ATTRIBUTE = Denial.class.getName();

    /** Ends the request of this thread, which its principal may not make. */
    public static ProblemException because(ProblemCode code, String detail) {
        var request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(
                    ATTRIBUTE, new Denial(code.code(), CurrentPrincipal.ifAny()), RequestAttributes.SCOPE_REQUEST);
        }
        return code.because(detail);
    }

    /** Notes it on the request, whatever the caller is told. */
    public static void note(HttpServletRequest request, String code) {
        request.setAttribute(ATTRIBUTE, new Denial(code, CurrentPrincipal.ifAny()));
    }

    /** What was noted on the request. */
    public static Optional<Denial> of(HttpServletRequest request) {
        return Optional.ofNullable((Denial) request.getAttribute(ATTRIBUTE));
    }
}
