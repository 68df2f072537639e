package org.incidenttimeline.api.access;

import java.util.Collection;
import java.util.Set;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.ServiceName;

/**
 * Who asks, as their credential proves.
 *
 * @param actor the name and kind under which the log keeps what they do
 * @param credential what they proved it with, never the secret itself: {@code api-key:} and its id, or {@code oidc:}, the
 *     issuer, {@code #} and the subject
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

    /** Whether all of these are services that the principal may act on. */
    public boolean mayActOn(Collection<ServiceName> all) {
        return services.isEmpty()
                || (!all.isEmpty()
                        && all.stream().allMatch(s -> services.stream().anyMatch(own -> own.covers(s))));
    }

    /** Whether one of these is a service that the principal has to do with. */
    public boolean isConcernedBy(Collection<ServiceName> any) {
        return services.isEmpty()
                || any.stream().anyMatch(s -> services.stream().anyMatch(s::covers));
    }
}
