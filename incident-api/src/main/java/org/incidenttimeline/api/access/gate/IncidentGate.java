package org.incidenttimeline.api.access.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.incidenttimeline.api.access.CurrentPrincipal;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InvalidValue;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Asks of every address with {@code {incident}} in it whether the principal may see that incident, before the controller,
 * the body or a filter of the query is looked at. One that is hidden and one that does not exist end here alike.
 */
@Component
class IncidentGate implements HandlerInterceptor {
    private final IncidentAccess access;

    IncidentGate(IncidentAccess access) {
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("incident") instanceof String id) {
            pass(request, id);
        }
        return true;
    }

    private void pass(HttpServletRequest request, String id) {
        IncidentId incident;
        try {
            incident = new IncidentId(id);
        } catch (InvalidValue _) {
            // It can name nothing, and the controller's own reading of the path says why.
            return;
        }
        access.requireSeen(CurrentPrincipal.get(), incident, request);
    }
}
