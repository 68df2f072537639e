package org.incidenttimeline.api.access.key;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;

/**
 * An API key, without its secret.
 *
 * @param id what names it; it is no secret
 * @param grant what it is good for
 * @param created by whom and when
 * @param formerUntil until when the secret before the last rotation is good too
 */
public record ApiKey(
        String id,
        Grant grant,
        Deed created,
        Optional<Deed> rotated,
        Optional<Instant> formerUntil,
        Optional<Deed> revoked,
        Optional<Instant> lastUsedAt) {
    static final String CREDENTIAL_PREFIX = "api-key:";

    /**
     * What a key is good for.
     *
     * @param actor under which name the log keeps what is done with it
     * @param services the services that it is confined to; empty for all
     * @param expiresAt when it ends by itself
     */
    public record Grant(Actor actor, Set<AccessRole> roles, Set<ServiceName> services, Optional<Instant> expiresAt) {
        public Grant {
            roles = Set.copyOf(roles);
            services = Set.copyOf(services);
        }
    }

    /** Who did something to a key, and when. */
    public record Deed(Person by, Instant at) {}

    public boolean isGood(Instant now) {
        return revoked.isEmpty()
                && grant.expiresAt().filter(end -> !now.isBefore(end)).isEmpty();
    }

    public Principal principal() {
        return new Principal(grant.actor(), CREDENTIAL_PREFIX + id, grant.roles(), grant.services());
    }
}
