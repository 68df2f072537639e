package org.incidenttimeline.api.access;

import java.util.Set;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.ServiceName;

/**
 * Who asks, as their credential proves.
 *
 * @param actor the name and kind under which the log keeps what they do
 * @param credential what they proved it with, never the secret itself
 * @param roles what they may do
 * @param services the services that they are confined to; empty for all
 */
public record Principal(Actor actor, String credential, Set<AccessRole> roles, Set<ServiceName> services) {
    public Principal {
        roles = Set.copyOf(roles);
        services = Set.copyOf(services);
    }

    public boolean has(AccessRole role) {
        return roles.contains(role);
    }
}
