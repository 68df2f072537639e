package org.incidenttimeline.api.exercise;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Text;

/**
 * A script.
 *
 * @param startsAt when the exercise starts, from which {@code after} counts; now, unless told
 */
record PlanInjectsRequest(Optional<OccurredAt> occurredAt, Optional<Instant> startsAt, List<Planned> injects) {
    /** One fact of it, delivered so long after the start or at a time. */
    record Planned(Optional<Duration> after, Optional<Instant> at, InjectKind kind, Text what) {
        Planned {
            if (after.isPresent() == at.isPresent()) {
                throw new InvalidValue("must have either after or at");
            }
            after.filter(delay -> delay.isNegative() || delay.compareTo(Limits.INJECT_DELAY) > 0)
                    .ifPresent(_ -> {
                        throw new InvalidValue(
                                "must have an after between PT0S and P" + Limits.INJECT_DELAY.toDays() + "D");
                    });
        }

        Instant dueAt(Instant start) {
            return at.orElseGet(() -> start.plus(after.orElse(Duration.ZERO)));
        }

        private String words() {
            return after.map(Duration::toString).orElse("")
                    + ' '
                    + at.map(Instant::toString).orElse("")
                    + ' '
                    + kind
                    + ' '
                    + what.value().length()
                    + ' '
                    + what.value()
                    + '\n';
        }
    }

    PlanInjectsRequest {
        injects = List.copyOf(injects);
    }

    /** What the script says, in short: the same script sent again is the same. */
    Sha256 digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((startsAt.map(Instant::toString).orElse("") + '\n').getBytes(StandardCharsets.UTF_8));
            injects.forEach(inject -> digest.update(inject.words().getBytes(StandardCharsets.UTF_8)));
            return new Sha256(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
