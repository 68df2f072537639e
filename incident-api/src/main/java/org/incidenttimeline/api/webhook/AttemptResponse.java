package org.incidenttimeline.api.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.IncidentId;

/** One attempt, and what came of it. Neither the message nor a secret is kept. */
record AttemptResponse(
        String messageId,
        String eventType,
        OptionalLong position,
        Optional<IncidentId> incidentId,
        int attempt,
        Instant attemptedAt,
        int durationMillis,
        Attempt.Outcome outcome,
        OptionalInt status,
        Optional<String> answer,
        Optional<Instant> nextAt) {
    static AttemptResponse of(Attempt attempt) {
        var result = attempt.result();
        return new AttemptResponse(
                attempt.messageId(),
                attempt.eventType(),
                attempt.position(),
                attempt.incidentId(),
                attempt.attempt(),
                attempt.attemptedAt(),
                result.durationMillis(),
                result.outcome(),
                result.status(),
                result.answer(),
                attempt.nextAt());
    }
}
