package org.incidenttimeline.api.access.key;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;

/** A key as it is shown. */
public record KeyResponse(
        String id,
        String prefix,
        Person actor,
        Actor.Kind kind,
        List<AccessRole> roles,
        List<ServiceName> services,
        Person createdBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<DeedResponse> rotated,
        Optional<Instant> formerSecretUntil,
        Optional<DeedResponse> revoked) {
    static KeyResponse of(ApiKey key) {
        return new KeyResponse(
                key.id(),
                KeySecret.shown(key.id()),
                key.grant().actor().name(),
                key.grant().actor().kind(),
                key.grant().roles().stream().sorted().toList(),
                key.grant().services().stream()
                        .sorted(Comparator.comparing(ServiceName::value))
                        .toList(),
                key.created().by(),
                key.created().at(),
                key.grant().expiresAt(),
                key.lastUsedAt(),
                key.rotated().map(DeedResponse::of),
                key.formerUntil(),
                key.revoked().map(DeedResponse::of));
    }
}
