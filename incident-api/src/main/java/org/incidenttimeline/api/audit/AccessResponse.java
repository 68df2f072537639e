package org.incidenttimeline.api.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;

/**
 * One read of the log.
 *
 * @param position the end of the log when it began, beyond which nothing was sent
 * @param sent how many events of the log, or incidents of the register or the pack; null where the answer was cut off, or is still
 *     being sent
 * @param lastPosition the position of the last event sent; of a register, the one as of which it was made
 */
public record AccessResponse(
        long number,
        Instant begunAt,
        LogAccess.What what,
        Person actor,
        Actor.Kind actorKind,
        String credential,
        String address,
        String path,
        Optional<String> query,
        long position,
        OptionalLong sent,
        OptionalLong lastPosition,
        Optional<Instant> endedAt) {
    static AccessResponse of(LogAccess access) {
        return new AccessResponse(
                access.number(),
                access.begunAt(),
                access.what(),
                access.actor().name(),
                access.actor().kind(),
                access.credential(),
                access.address(),
                access.path(),
                access.query(),
                access.position(),
                access.sent().map(s -> OptionalLong.of(s.count())).orElse(OptionalLong.empty()),
                access.sent().map(s -> OptionalLong.of(s.lastPosition())).orElse(OptionalLong.empty()),
                access.sent().map(LogAccess.Sent::endedAt));
    }
}
