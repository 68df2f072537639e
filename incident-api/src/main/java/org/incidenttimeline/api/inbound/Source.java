package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;

/**
 * A system that delivers to us.
 *
 * @param name under which the log keeps what it does
 * @param enabled whether its deliveries are taken
 * @param secretSetAt when the secret that holds was set
 * @param previousSecretUntil until when the secret before it is good as well
 */
record Source(
        SourceId sourceId,
        SourceKind kind,
        Person name,
        boolean enabled,
        SourceSettings settings,
        Instant createdAt,
        Instant secretSetAt,
        Optional<Instant> previousSecretUntil) {
    /** Who does what the source makes happen: a tool, whoever it speaks of. */
    Actor actor() {
        return new Actor(name, Actor.Kind.TOOL);
    }

    /** What it proves itself with, as the log names it. */
    String credential() {
        return credential(sourceId);
    }

    static String credential(SourceId source) {
        return "source:" + source;
    }
}
